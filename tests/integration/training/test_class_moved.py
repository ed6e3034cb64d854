"""A class that moves: who is told, what their calendar does, and what is told of two moves."""

from __future__ import annotations

import datetime as dt

from bot.models.training import TrainingClass
from bot.training import enrolling, telling
from tests.integration.training.conftest import School
from tests.integration.training.post import delivered


def move(school: School, held: TrainingClass, *, days: int = 0, place: str = "") -> int:
    """Move a class by so many days, or to another place, as the unit does."""
    before = telling.timetable(held)
    if days and held.starts_on and held.ends_on:
        held.starts_on += dt.timedelta(days=days)
        held.ends_on += dt.timedelta(days=days)
    held.place = place or held.place
    return telling.class_moved(school.acting("unit"), held, before)


def test_move__of_a_class__moves_the_entry_of_who_has_a_place(school: School) -> None:
    held = school.hold(seats=1)
    school.approved("dara", held)
    school.approved("rith", held)
    before = delivered(school)["dara"][0].event
    assert move(school, held, days=7) == 2
    letters = delivered(school)
    (dara,), (rith,) = letters["dara"], letters["rith"]
    assert dara.title == rith.title == "A class has moved"
    assert "From Mar 23, 2026 to Mar 27, 2026" in dara.text
    assert "Before: from Mar 16, 2026 to Mar 20, 2026" in dara.text
    assert rith.file is None
    assert dara.starts_on == held.starts_on
    assert dara.event["UID"] == before["UID"]
    assert dara.event["SEQUENCE"] > before["SEQUENCE"]


def test_move__twice_before_it_is_sent__tells_the_final_dates_once(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    delivered(school)
    move(school, held, days=7)
    move(school, held, days=14)
    (letter,) = delivered(school)["dara"]
    assert "From Apr 6, 2026 to Apr 10, 2026" in letter.text
    assert "Before: from Mar 16, 2026 to Mar 20, 2026" in letter.text
    assert "23" not in letter.text


def test_move__and_back_before_it_is_sent__is_not_told(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    delivered(school)
    move(school, held, days=7)
    move(school, held, days=-7)
    assert delivered(school) == {}


def test_move__of_two_classes__is_one_message_and_one_file(school: School) -> None:
    first, second = school.hold(), school.hold(course="RKC", begins_in=30)
    for held in (first, second):
        school.approved("dara", held)
    delivered(school)
    for held in (first, second):
        move(school, held, days=1)
    (letter,) = delivered(school)["dara"]
    assert letter.title == "2 classes have moved"
    days = [event["DTSTART"].dt.date() for event in letter.calendar.walk("VEVENT")]
    assert days == [first.starts_on, second.starts_on]


def test_move__to_another_place__says_the_place_before(school: School) -> None:
    held = school.hold(place="Room 2", trainer_id=school.trainer().id)
    assert move(school, held, place="Room 7") == 1
    (letter,) = delivered(school)["trainer"]
    assert "Place: Room 7" in letter.text
    assert "Before: Room 2" in letter.text
    assert letter.buttons == (f"myclass:{held.id}",)


def test_move__that_changes_nothing__tells_nobody(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    assert move(school, held) == 0


def test_move__of_a_class_that_is_over__is_a_correction_that_nobody_is_told(
    school: School,
) -> None:
    held = school.hold(begins_in=3)
    school.approved("dara", held)
    school.pass_days(10)
    assert move(school, held, place="Room 7") == 0


def test_move__told_to_who_left_meanwhile__is_dropped(school: School) -> None:
    held = school.hold()
    row = school.approved("dara", held)
    delivered(school)
    move(school, held, days=7)
    enrolling.withdraw(school.acting("dara"), row.id)
    assert delivered(school) == {}


def test_dates__given_to_a_class_without_any__are_told_to_who_is_interested(
    school: School,
) -> None:
    held = school.hold(begins_in=None)
    enrolling.show_interest(school.acting("dara"), held.id)
    before = telling.timetable(held)
    held.starts_on, held.ends_on = dt.date(2026, 5, 4), dt.date(2026, 5, 8)
    telling.class_moved(school.acting("unit"), held, before)
    (letter,) = delivered(school)["dara"]
    assert letter.title == "A class has dates now"
    assert "From May 4, 2026 to May 8, 2026" in letter.text
    assert letter.file is None


def test_cancelled__class__is_told_to_who_holds_it(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id, coordinator_id=school.ids["unit"])
    held.cancelled_at = school.ctx.now()
    assert telling.class_cancelled(school.acting("unit"), held, "No room") == 1
    (letter,) = delivered(school)["trainer"]
    assert letter.title == "The class is cancelled"
    assert "Reason: No room" in letter.text


def test_cancelled__and_brought_back_before_it_is_sent__is_not_told(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id)
    held.cancelled_at = school.ctx.now()
    telling.class_cancelled(school.ctx, held)
    held.cancelled_at = None
    telling.class_brought_back(school.ctx, held)
    assert delivered(school) == {}


def test_brought_back__after_it_was_told__is_told(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id)
    held.cancelled_at = school.ctx.now()
    telling.class_cancelled(school.ctx, held)
    delivered(school)
    held.cancelled_at = None
    telling.class_brought_back(school.ctx, held)
    assert [one.title for one in delivered(school)["trainer"]] == ["The class is held after all"]
