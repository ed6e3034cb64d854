"""A condition as a form describes it, and the live data that the form chooses from."""

from __future__ import annotations

import pytest

from bot.campaigns.audiences import forms, saved
from bot.campaigns.audiences.rule import write
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import SOURCES
from bot.i18n import render
from bot.models.people import Role
from tests.integration.audiences.conftest import Crowd

LONG = "Senior inspector of the examination of goods in transit"


@pytest.fixture
def unit(crowd: Crowd) -> Ctx:
    crowd.person("bilal").position = LONG
    crowd.person("maly").position = 'The "old" post'
    saved.create(crowd.acting("unit"), "Border posts", "unit Bavet")
    return crowd.acting("unit")


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"kind": "everybody"}, "everybody"),
        ({"kind": "unit", "unit": "Gate"}, 'unit "Mekong/Bavet/Gate"'),
        ({"kind": "position", "position": "Inspector"}, 'position "Inspector"'),
        ({"kind": "position", "position": 'The "old" post'}, 'position "The ""old"" post"'),
        ({"kind": "grade", "grade": "B 2"}, 'grade "B 2"'),
        ({"kind": "gender", "gender": "F"}, 'gender "F"'),
        ({"kind": "language", "language": "km"}, "language km"),
        ({"kind": "staff", "staff": "1011, 1012;1013 1011"}, "staff 1011, 1012, 1013"),
        ({"kind": "holds", "qualification": "VAL-Q"}, "holds VAL-Q"),
        ({"kind": "lacks", "qualification": "VAL-Q"}, "lacks VAL-Q"),
        ({"kind": "expiring", "qualification": "VAL-Q"}, "expiring VAL-Q within 90 days"),
        (
            {"kind": "expiring", "qualification": "VAL-Q", "days": 7},
            "expiring VAL-Q within 7 days",
        ),
        ({"kind": "completed", "course": "HS"}, "completed HS"),
        ({"kind": "completed", "course": "HS", "years": 3}, "completed HS within 3 years"),
        ({"kind": "meets", "class": "HS-3"}, "meets HS-3"),
        ({"kind": "in_class", "class": "HS-3"}, "in class HS-3"),
        (
            {"kind": "in_class", "class": "HS-3", "state": "partly_attended"},
            "in class HS-3 partly attended",
        ),
        ({"kind": "in_class", "class": "HS-3", "state": "no-show"}, "in class HS-3 no-show"),
        ({"kind": "answered", "form": "needs"}, "answered needs"),
        (
            {"kind": "answered", "form": "needs", "question": "topic", "answer": "hs"},
            "answered needs topic = hs",
        ),
        ({"kind": "audience", "audience": "Border posts"}, 'audience "Border posts"'),
    ],
)
def test_condition__described_by_a_form__is_the_rule(
    unit: Ctx, answers: dict[str, object], rule: str
) -> None:
    assert write(forms.leaf_of(unit, answers)) == rule
    made = saved.create(unit, "A")
    assert saved.add_condition(unit, made.id, forms.leaf_of(unit, answers)).rule == rule


@pytest.mark.parametrize(
    "answers",
    [
        {"kind": "unit", "unit": "Nowhere"},
        {"kind": "position", "position": "Gone"},
        {"kind": "meets", "class": "GONE-1"},
        {"kind": "answered", "form": "needs", "question": "topic"},
        {"kind": "staff", "staff": " "},
        {"kind": "audience", "audience": "Gone"},
    ],
)
def test_condition__of_what_is_not_there__is_refused(
    unit: Ctx, answers: dict[str, object]
) -> None:
    with pytest.raises(Refusal):
        forms.leaf_of(unit, answers)


@pytest.mark.parametrize(
    ("source", "typed", "labels"),
    [
        ("audience_positions", "inspector", {"INSPECTOR", "Inspector", LONG}),
        ("audience_grades", "", {"A", "B 2"}),
        ("audience_classes", "hs", {"HS-3 Course HS"}),
        ("audience_forms", "need", {"Needs"}),
        ("audiences", "post", {"Border posts"}),
    ],
)
def test_source__typed_part__finds_what_a_button_can_carry(
    unit: Ctx, source: str, typed: str, labels: set[str]
) -> None:
    found = SOURCES[source](unit, {}, typed)
    assert {render(label, "en") for _code, label in found} == labels
    assert all(len(code.encode()) <= 36 for code, _label in found)


def test_source__long_position__is_chosen_by_its_short_code(unit: Ctx) -> None:
    ((code, _label),) = SOURCES["audience_positions"](unit, {}, "senior")
    assert code.startswith("#")
    leaf = forms.leaf_of(unit, {"kind": "position", "position": code})
    assert write(leaf) == f'position "{LONG}"'


def test_source__who_may_not_send_to_many__is_refused(crowd: Crowd) -> None:
    crowd.grant("dara", Role.HR)
    for source in ("audience_positions", "audience_grades", "audience_forms", "audiences"):
        with pytest.raises(Refusal):
            SOURCES[source](crowd.acting("dara"), {}, "a")
