"""The list of what is asked about a class: its dates, and what the unit may lay over it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import DAY
from bot.campaigns.evaluation_rules import BY_NAME, MOVABLE, RULES, Anchor, Who, as_chosen
from bot.campaigns.rules import RULES as REMINDERS
from bot.evaluation.rule_settings import Chosen
from bot.evaluation.stages import STAGES

days = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
PLAIN = BY_NAME["follow_up_participant"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule__its_stage__is_declared_and_its_own(rule) -> None:
    assert STAGES[rule.name] is rule.stage
    assert [one.name for one in RULES].count(rule.name) == 1


@pytest.mark.parametrize("rule", MOVABLE, ids=lambda rule: rule.name)
def test_rule__before_a_class__is_counted_from_its_first_day(rule) -> None:
    assert (rule.anchor is Anchor.STARTS) == rule.stage.name.startswith(("level", "pre"))
    assert rule.days <= 0 or rule.anchor is Anchor.ENDS


def test_reminders__of_all_rules_about_supervisors__are_there() -> None:
    reminded = {stage.name for rule in REMINDERS for stage in rule.stages}
    assert {rule.name for rule in RULES if rule.who is Who.SUPERVISORS} <= reminded


@given(days, st.integers(0, 24), st.integers(-60, 60))
def test_latest_anchor__of_any_day__is_the_last_one_asked_by_then(day, months, shift) -> None:
    rule = replace(PLAIN, months=months, days=shift)
    anchor = rule.latest_anchor(day)
    assert rule.day(anchor) <= day < rule.day(anchor + DAY)


@given(days, days, st.integers(0, 24))
def test_day__of_a_later_date__is_never_earlier(one, other, months) -> None:
    rule = replace(PLAIN, months=months)
    first, second = sorted((one, other))
    assert rule.day(first) <= rule.day(second)


def test_as_chosen__what_is_not_set__stays_as_it_comes() -> None:
    assert as_chosen(PLAIN, Chosen(switched_on=True)) == PLAIN
    assert as_chosen(PLAIN, Chosen(months=0, days=5)) == replace(PLAIN, months=0, days=5)
    fixed = BY_NAME["reaction_trainee"]
    assert as_chosen(fixed, Chosen(days=5)) == fixed


def test_chosen__over_what_is_set_for_all__keeps_its_own() -> None:
    wider = Chosen(switched_on=True, months=2, days=3, open_days=4)
    assert Chosen(False, months=0).over(wider) == Chosen(False, 0, 3, 4)
