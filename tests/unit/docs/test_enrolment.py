"""docs/enrolment.md draws the state machine that there is."""

from __future__ import annotations

import re

import pytest

from bot.models.training import EnrolmentState as S
from bot.training import states
from bot.training.states import Act
from scripts.enrolling import drawing
from tests.unit.docs.reading import DOCS

PAGE = (DOCS / "enrolment.md").read_text("utf-8")
PICTURE, LEAVING = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)[:2]
ARROW = re.compile(r"^(.+?) +── (.+?) ──▶ (\w+)", re.MULTILINE)
# What the lines of the first picture say, from left to right and from above.
DRAWN = [
    (Act.INTEREST, None, S.INTERESTED),
    (Act.REQUEST, None, S.REQUESTED),
    (Act.NOMINATE, None, S.NOMINATED),
    (Act.ORDER, None, S.APPROVED),
    (Act.ADMIT, None, S.ENROLLED),
    (Act.REQUEST, S.INTERESTED, S.REQUESTED),
    (Act.NOMINATE, S.REQUESTED, S.NOMINATED),
    (Act.APPROVE, S.REQUESTED, S.APPROVED),
    (Act.APPROVE, S.NOMINATED, S.APPROVED),
    (Act.DRAW, S.APPROVED, S.APPROVED),
    (Act.SEAT, S.APPROVED, S.ENROLLED),
    (Act.NOTE, S.ENROLLED, S.ATTENDED),
    (Act.NOTE, S.ENROLLED, S.PARTLY_ATTENDED),
    (Act.NOTE, S.ENROLLED, S.NO_SHOW),
    (Act.COMPLETE, S.ATTENDED, S.COMPLETED),
    (Act.COMPLETE, S.PARTLY_ATTENDED, S.COMPLETED),
]


@pytest.mark.parametrize("name", drawing.GENERATED)
def test_page__what_follows_from_the_code__is_as_the_code_has_it(name: str) -> None:
    assert drawing.part(PAGE, name) == drawing.GENERATED[name]()


@pytest.mark.parametrize(("act", "before", "after"), DRAWN)
def test_picture__each_of_its_lines__is_a_step(act: Act, before: S | None, after: S) -> None:
    assert states.leads(act, before, after)
    words = re.split(r"\s{2,}|[^\w\s-]+", PICTURE)
    named = {word.strip() for word in words}
    assert {act.value, drawing.name_of(before), after.value} <= named


def test_leaving__each_of_its_arrows__is_a_step() -> None:
    found = ARROW.findall(LEAVING)
    assert len(found) == len(LEAVING.strip().splitlines())
    for befores, act, after in found:
        for before in befores.split(", "):
            assert states.leads(Act(act), S(before), S(after)), (before, act, after)


def test_drawings__together__show_every_act_and_state() -> None:
    shown = {act for act, _before, _after in DRAWN} | {
        Act(act) for _before, act, _after in ARROW.findall(LEAVING)
    }
    assert shown == set(Act)
    reached = {after for _act, _before, after in DRAWN} | {
        S(after) for _before, _act, after in ARROW.findall(LEAVING)
    }
    assert reached == set(S)
