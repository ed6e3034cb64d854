"""The list of a class: who would leave first, who waits where, who moves to another class."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.training import enrolling, enrolments, fewer_seats, switching
from tests.integration.training.conftest import School


def test_fewer_seats__last_approved_leaves_first__and_nobody_takes_the_seat(
    school: School,
) -> None:
    held = school.hold(seats=3)
    for key in ("dara", "rith"):
        school.approved(key, held)
        school.pass_days(0.1)
    enrolling.order(school.ctx, held.id, school.ids["maly"])
    school.approved("bopha", held)
    unit = school.acting("unit")
    before = fewer_seats.seats_of(unit, held.id)
    assert [render(one.name, "en") for one in before.first] == [
        "Nhem Rith",
        "Sok Dara",
        "Ouk Maly",
    ]
    assert (before.free, before.waiting) == (0, 1)
    after = fewer_seats.leave_with_seat(unit, before.first[0].enrolment_id)
    assert (after.seats, after.free, school.enrolled(held)) == (2, 0, {"dara", "maly"})
    assert school.told_states("rith")[-1] == "cancelled"


def test_fewer_seats__the_last_one__refused(school: School) -> None:
    held = school.hold(seats=1)
    row = school.approved("dara", held)
    with pytest.raises(Refusal):
        fewer_seats.leave_with_seat(school.acting("unit"), row.id)
    assert row.state == "enrolled"


def test_list__who_waits__stands_in_the_order_of_waiting(school: School) -> None:
    held = school.hold(seats=1)
    for key in ("rith", "maly", "dara"):
        school.approved(key, held)
        school.pass_days(0.1)
    school.request("ayesha", held)
    enrolling.order(school.ctx, held.id, school.ids["bopha"])
    listed = enrolments.members(school.acting("unit"), held.id).members
    assert [(render(one.name, "en"), one.state.value, one.place) for one in listed] == [
        ("Nhem Rith", "enrolled", 0),
        ("Chea Bopha", "approved", 1),
        ("Ouk Maly", "approved", 2),
        ("Sok Dara", "approved", 3),
        ("Ayesha Khan", "requested", 0),
    ]
    assert listed[4].request == school.approval(school.enrolment("ayesha", held)).id


def test_switch__to_a_class_with_a_seat__frees_the_seat_here(school: School) -> None:
    here, there = school.hold(seats=1), school.hold(seats=1, begins_in=30)
    full = school.hold(seats=1, begins_in=40)
    school.approved("bopha", full)
    first = school.approved("dara", here)
    school.approved("rith", here)
    unit = school.acting("unit")
    assert [card.id for card in switching.others(unit, first.id)] == [there.id]
    switching.switch(unit, first.id, there.id)
    assert (school.enrolled(here), school.enrolled(there)) == ({"rith"}, {"dara"})
    assert school.told_states("dara") == ["enrolled", "enrolled", "cancelled"]


def test_switch__where_it_cannot_be__refused_and_nothing_moves(school: School) -> None:
    here, begun = school.hold(seats=1), school.hold(begins_in=-1)
    full, other = school.hold(seats=1, begins_in=40), school.hold(course="HS")
    school.approved("bopha", full)
    row = school.approved("dara", here)
    asked = school.request("rith", here)
    unit = school.acting("unit")
    for moved, target in ((row, begun), (row, full), (row, other), (row, here), (asked, full)):
        with pytest.raises(Refusal):
            switching.switch(unit, moved.id, target.id)
    assert school.enrolled(here) == {"dara"}
