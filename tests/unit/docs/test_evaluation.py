"""docs/evaluation.md lists the rules that there are, with their days."""

from __future__ import annotations

import re

import pytest

from bot.campaigns.evaluation_rules import RULES, EvaluationRule, OnFor, Who
from bot.i18n import render
from tests.unit.docs.reading import DOCS

PAGE = (DOCS / "evaluation.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.partition("## When people move")[0].splitlines()
    if line.startswith("| ")
]
BY_TITLE = {row[0]: row[1:] for row in ROWS if len(row) == 5}
ASKED = {Who.TRAINEES: "trainees", Who.SUPERVISORS: "supervisors", Who.TRAINER: "lead trainer"}
TYPES = {OnFor.EVERY_TYPE: "every type", OnFor.RECRUITS: "recruits", OnFor.NO_TYPE: "no type"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_guide__each_rule__stands_there_as_it_is(rule: EvaluationRule) -> None:
    day, who, open_for, types = BY_TITLE[render(rule.stage.title, "en")]
    assert who == ASKED[rule.who]
    assert types.startswith(TYPES[rule.on_for])
    assert [int(number) for number in re.findall(r"\d+", day)] == distance(rule)
    assert ("before" in day) == (rule.days < 0)
    if rule.movable:
        assert int(open_for.split()[0]) == rule.open_days


def distance(rule: EvaluationRule) -> list[int]:
    """The numbers that say when it is asked; none on the day itself."""
    return [number for number in (rule.months, abs(rule.days)) if number]


def test_guide__its_list__has_no_rule_too_many() -> None:
    titles = {render(rule.stage.title, "en") for rule in RULES}
    assert BY_TITLE.keys() - {"what", "---"} == titles
