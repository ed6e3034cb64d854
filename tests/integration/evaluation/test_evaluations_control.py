"""The naive account notices what is wrong: a fault put into the product is told by some case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.calendar import DAY
from bot.campaigns import evaluation_due, evaluation_lifting, evaluation_rules, evaluations
from bot.campaigns.evaluation_due import Found
from bot.evaluation import supervising, windows
from bot.people import directory
from tests.integration.evaluation.cases import disagreement
from tests.integration.evaluation.followed import Followed
from tests.integration.evaluation.naive import HOME, Rule
from tests.integration.evaluation.plans import Case

PLAIN = Case(
    starts=dt.date(2026, 1, 26),
    length=5,
    rules=(Rule(True, 0, -7, 6), Rule(True, 1, 0, 14), Rule(True, 1, 0, 14)),
    zones=(HOME,) * 5,
    bosses=("b0", "b1"),
    since=(400, 400),
    hired=(True, True),
    events=(),
)
# The play begins on 6 January, the class ends on 31 January, and 28 February is a month later.
DUE = (dt.date(2026, 2, 28) - dt.date(2026, 1, 6)).days


def with_events(*events: tuple[int, int, tuple[Any, ...]]) -> Case:
    return replace(PLAIN, events=events)


def add_thirty_days(day: dt.date, months: int) -> dt.date:
    return day + 30 * months * DAY


TRANSFER = with_events((DUE - 30, 1, ("lead", "p0", "b1")))
MOVED = with_events((DUE + 1, 5, ("move", 20, 5)))
AWAY = with_events((DUE - 2, 5, ("go_away", "p0", 9)))
NOT_THEIRS = with_events(
    (DUE - 60, 1, ("lead", "p0", "b1")), (DUE + 1, 5, ("decline", "not_mine"))
)
NOT_THERE = with_events((DUE + 1, 5, ("leave_class", "p1", True)))
FAR = replace(PLAIN, zones=("Pacific/Apia", "Pacific/Pago_Pago", HOME, HOME, HOME))
ASKED_LATE = with_events((DUE - 3, 0, ("outage", 16)))

FAULTS = {
    "months of thirty days": (PLAIN, evaluation_rules, "add_months", add_thirty_days),
    "a day more to judge": (TRANSFER, supervising, "LEAST_DAYS", 31),
    "what was lifted is not asked again": (MOVED, evaluation_due, "LIFTED_BY_ITSELF", ()),
    "nobody is asked later": (AWAY, evaluations, "LONGEST_ABSENCE", 0 * DAY),
    "another's officer is nobody's": (NOT_THEIRS, evaluation_due, "NOT_MY_OFFICER", ""),
    "who has left the class": (NOT_THERE, evaluation_lifting, "_open", lambda *_found: []),
    "one zone for all": (FAR, directory, "zone_of", lambda *_person: HOME),
    "no time left when asked late": (ASKED_LATE, windows, "LEAST_DAYS", 0),
    "nobody is due": (PLAIN, Found, "by", lambda *_found: iter(())),
}


@pytest.fixture
def followed(school) -> Followed:
    return Followed(school)


@pytest.mark.parametrize("name", FAULTS)
def test_case__without_a_fault__is_asked_alike(followed, name) -> None:
    assert disagreement(followed, FAULTS[name][0]) == ""


@pytest.mark.parametrize("name", FAULTS)
def test_case__with_a_fault__is_told(followed, monkeypatch, name) -> None:
    case, holder, attribute, fault = FAULTS[name]
    monkeypatch.setattr(holder, attribute, fault)
    assert disagreement(followed, case) != ""
