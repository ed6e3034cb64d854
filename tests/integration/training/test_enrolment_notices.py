"""What is read about each step of an enrolment, and what the calendar file does then."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.i18n import render
from bot.models.training import EnrolmentState
from bot.training import enrolling, standing, telling
from bot.training.states import TRANSITIONS
from tests.integration.training.conftest import School
from tests.integration.training.post import Letter, delivered

HOURS = {"start_time": dt.time(8), "end_time": dt.time(16, 30)}


def only(letters: dict[str, list[Letter]], who: str) -> Letter:
    (letter,) = letters[who]
    return letter


def test_enrolled__at_once__says_when_where_and_what_to_bring(school: School) -> None:
    held = school.hold(place="Room 2, Poipet", bring="a pen", **HOURS)
    school.approved("dara", held)
    letter = only(delivered(school), "dara")
    assert letter.text.splitlines() == [
        "Approved: you have a place",
        "",
        "Course VAL, class VAL-1",
        "From Mar 16, 2026 to Mar 20, 2026",
        "08:00 to 16:30, Asia/Phnom_Penh",
        "Place: Room 2, Poipet",
        "Please bring: a pen",
        "Please read the training charter and accept it.",
        "",
        "Open the file to put the class into your calendar.",
    ]
    assert letter.buttons == (f"c:{held.id}", f"c:{held.id}:ask")
    assert (letter.calendar["METHOD"], letter.starts_on) == ("PUBLISH", held.starts_on)


def test_wait_list__then_a_free_place__each_told_with_its_own_words(school: School) -> None:
    held = school.hold(seats=1)
    first = school.approved("dara", held)
    school.approved("rith", held)
    waits = only(delivered(school), "rith")
    assert waits.title == "Approved: you are on the wait list"
    assert "Place on the wait list: 1." in waits.text
    assert waits.file is None
    school.pass_days(1)
    enrolling.withdraw(school.acting("dara"), first.id)
    letters = delivered(school)
    assert "dara" not in letters
    assert only(letters, "rith").title == "A place has become free, and it is yours"
    assert only(letters, "rith").starts_on == held.starts_on


def test_place__given_and_taken_before_it_was_told__only_the_end_is_told(school: School) -> None:
    held = school.hold()
    row = school.approved("dara", held)
    enrolling.cancel(school.ctx, row.id, "The room is closed")
    letter = only(delivered(school), "dara")
    assert letter.title == "You are not on the list any more"
    assert "Reason: The room is closed" in letter.text


def test_place__taken_away__comes_out_of_the_calendar(school: School) -> None:
    held = school.hold()
    row = school.approved("dara", held)
    before = only(delivered(school), "dara").event
    enrolling.cancel(school.ctx, row.id)
    letter = only(delivered(school), "dara")
    assert (letter.calendar["METHOD"], letter.event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert letter.event["UID"] == before["UID"]
    assert letter.event["SEQUENCE"] > before["SEQUENCE"]
    assert letter.buttons == (f"c:{held.id}", f"why:{row.id}")


def test_place__told_only_after_an_outage_longer_than_the_class__is_dropped(
    school: School,
) -> None:
    school.approved("dara", school.hold())
    school.pass_days(30)
    assert "dara" not in delivered(school)


def test_place__of_who_accepted_the_charter__does_not_ask_for_it_again(school: School) -> None:
    held = school.hold()
    standing.ask(school.acting("dara"), held.id, accepts=True)
    enrolling.approve(school.ctx, school.enrolment("dara", held).id)
    letter = only(delivered(school), "dara")
    assert "charter" not in letter.text
    assert letter.buttons == (f"c:{held.id}",)


def test_request__declined__says_why(school: School) -> None:
    row = school.request("dara", school.hold())
    enrolling.decline(school.ctx, row.id, "Too many are away that week")
    letter = only(delivered(school), "dara")
    assert letter.title == "Your request has been declined"
    assert "Reason: Too many are away that week" in letter.text
    assert letter.file is None


def test_order__with_a_free_seat__is_no_wait_list(school: School) -> None:
    held = school.hold(seats=1)
    enrolling.order(school.ctx, held.id, school.ids["dara"], "117/2026")
    enrolling.order(school.ctx, held.id, school.ids["rith"], "117/2026")
    letters = delivered(school)
    assert only(letters, "dara").title == "You are ordered to attend, and you have a place"
    assert only(letters, "rith").title == (
        "You are ordered to attend, and you are on the wait list"
    )
    for who in ("dara", "rith"):
        assert "This training is required." in only(letters, who).text
    assert "Order number 117/2026" in only(letters, "rith").text


def test_order__put_off__says_so(school: School) -> None:
    held = school.hold()
    row = enrolling.order(school.ctx, held.id, school.ids["dara"])
    delivered(school)
    enrolling.postpone(school.ctx, row.id, "Audit at the port")
    letter = only(delivered(school), "dara")
    assert letter.title == "Your training has been put off"
    assert letter.calendar["METHOD"] == "CANCEL"


def test_course_without_approval__asked_for__says_place_or_wait_list(school: School) -> None:
    school.course("RKC", needs_approval=False)
    held = school.hold(seats=1, course="RKC")
    school.request("dara", held)
    school.request("rith", held)
    letters = delivered(school)
    assert only(letters, "dara").title == "You have a place"
    assert only(letters, "rith").title == "You are on the wait list"


def test_admitted__by_the_unit__says_who_did_it(school: School) -> None:
    held = school.hold()
    enrolling.admit(school.acting("unit"), held.id, school.ids["dara"])
    letter = only(delivered(school), "dara")
    assert letter.title == "You have a place"
    assert "The training unit has put you on the list." in letter.text


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        (telling.CLASS_IS_CANCELLED, "The class is cancelled"),
        (enrolling.STARTED, "The class has begun, and you had no place in it"),
    ],
)
def test_list__ended_by_rule__is_called_after_the_rule(
    school: School, rule: str, title: str
) -> None:
    row = school.approved("dara", school.hold())
    enrolling.cancel(school.ctx, row.id, rule=rule)
    assert only(delivered(school), "dara").title == title


def test_every_step__has_words() -> None:
    from bot.delivery.notices.enrolment_words import BY_STATE, BY_STEP

    reached = {state for one in TRANSITIONS.values() for state in one.after}
    assert reached <= set(BY_STATE)
    assert {state for _act, state in BY_STEP} <= reached
    assert all(render(BY_STATE[state], "en") for state in EnrolmentState)
