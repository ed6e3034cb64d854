"""Reminders of classes to those who have a place: when, of what, and when not."""

from __future__ import annotations

import datetime as dt

from bot import policy
from bot.scheduler.jobs import classes_soon
from bot.training import enrolling
from tests.integration.training.conftest import School
from tests.integration.training.post import Letter, delivered
from tests.integration.training.test_class_moved import move

WEEK, TOMORROW = "Your class begins in 7 days", "Your class begins tomorrow"


def play(school: School, until: dt.datetime) -> list[tuple[dt.date, str, Letter]]:
    """Move the clock from due moment to due moment; date, receiver and letter of each message."""
    read: list[tuple[dt.date, str, Letter]] = []
    while True:
        classes_soon.run(school.ctx)
        for who, letters in delivered(school).items():
            read += [(school.ctx.now().date(), who, letter) for letter in letters]
        after = classes_soon.next_due(school.ctx, school.ctx.now())
        if after is None or after > until:
            school.clock.set(until)
            return read
        school.clock.set(after + dt.timedelta(seconds=1))


def days_on(school: School, days: float) -> dt.datetime:
    return school.ctx.now() + dt.timedelta(days=days)


def reminders(read: list[tuple[dt.date, str, Letter]]) -> list[tuple[dt.date, str, str]]:
    return [(day, who, one.title) for day, who, one in read if one.title.startswith("Your class")]


def test_reminders__of_a_class__come_a_week_and_a_day_before(school: School) -> None:
    held = school.hold(place="Room 2", bring="a pen", start_time=dt.time(8), end_time=dt.time(16))
    school.approved("dara", held)
    read = play(school, days_on(school, 30))
    assert reminders(read) == [
        (dt.date(2026, 3, 9), "dara", WEEK),
        (dt.date(2026, 3, 15), "dara", TOMORROW),
    ]
    *_first, letter = [letter for _day, who, letter in read if who == "dara"]
    for words in ("08:00 to 16:00, Asia/Phnom_Penh", "Place: Room 2", "Please bring: a pen"):
        assert words in letter.text
    assert letter.buttons == (f"c:{held.id}", f"c:{held.id}:out")


def test_reminder__of_required_training__offers_no_way_out(school: School) -> None:
    held = school.hold()
    enrolling.order(school.ctx, held.id, school.ids["dara"])
    read = play(school, days_on(school, 30))
    *_first, letter = [letter for _day, who, letter in read if who == "dara"]
    assert letter.buttons == (f"c:{held.id}",)
    assert "tell your supervisor" in letter.text


def test_reminders__class_moved__move_with_it(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    read = play(school, days_on(school, 8))
    move(school, held, days=10)
    read += play(school, days_on(school, 30))
    assert reminders(read) == [
        (dt.date(2026, 3, 9), "dara", WEEK),
        (dt.date(2026, 3, 19), "dara", WEEK),
        (dt.date(2026, 3, 25), "dara", TOMORROW),
    ]


def test_reminder__class_moved_into_the_week__does_not_follow_the_news_at_once(
    school: School,
) -> None:
    held = school.hold(begins_in=30)
    school.approved("dara", held)
    read = play(school, days_on(school, 1))
    move(school, held, days=-25)
    read += play(school, days_on(school, 20))
    assert [letter.title for _day, who, letter in read if who == "dara"] == [
        "Approved: you have a place",
        "A class has moved",
        TOMORROW,
    ]


def test_reminder__queued_and_the_place_given_back__is_dropped(school: School) -> None:
    held = school.hold()
    row = school.approved("dara", held)
    delivered(school)
    school.clock.set(dt.datetime(2026, 3, 15, 2, 1, tzinfo=dt.UTC))
    classes_soon.run(school.ctx)
    enrolling.withdraw(school.acting("dara"), row.id)
    assert delivered(school) == {}


def test_reminder__queued_and_the_class_moved__is_dropped(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    delivered(school)
    school.clock.set(dt.datetime(2026, 3, 15, 2, 1, tzinfo=dt.UTC))
    classes_soon.run(school.ctx)
    move(school, held, days=7)
    (letter,) = delivered(school)["dara"]
    assert letter.title == "A class has moved"


def test_reminder__after_a_long_outage__is_one(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    delivered(school)
    school.clock.set(dt.datetime(2026, 3, 15, 9, 0, tzinfo=dt.UTC))
    read = play(school, days_on(school, 30))
    assert reminders(read) == [(dt.date(2026, 3, 15), "dara", TOMORROW)]


def test_reminder__after_the_class_has_begun__is_not_sent(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    delivered(school)
    school.clock.set(dt.datetime(2026, 3, 16, 9, 0, tzinfo=dt.UTC))
    assert reminders(play(school, days_on(school, 30))) == []


def test_reminder__of_a_place_got_the_evening_before__is_not_sent(school: School) -> None:
    held = school.hold(begins_in=2)
    school.clock.set(dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC))
    school.approved("dara", held)
    assert reminders(play(school, days_on(school, 30))) == []


def test_reminder__of_a_class_before_the_first_day_that_counts__is_not_sent(
    school: School,
) -> None:
    policy.change(school.ctx, "go_live", "2026-03-17")
    school.approved("dara", school.hold())
    assert reminders(play(school, days_on(school, 30))) == []


def test_reminder__to_a_reader_elsewhere__comes_on_their_morning(school: School) -> None:
    school.person("dara").timezone = "Pacific/Fiji"
    held = school.hold(start_time=dt.time(8), end_time=dt.time(16))
    school.approved("dara", held)
    play(school, dt.datetime(2026, 3, 14, 20, 0, tzinfo=dt.UTC))
    assert classes_soon.next_due(school.ctx, school.ctx.now()) == dt.datetime(
        2026, 3, 14, 21, 0, tzinfo=dt.UTC
    )
    *_rest, (_day, _who, letter) = play(school, days_on(school, 1))
    assert letter.title == TOMORROW
    assert "08:00 to 16:00, Asia/Phnom_Penh" in letter.text


def test_reminders__of_two_classes_on_one_day__are_one_message(school: School) -> None:
    for course in ("VAL", "RKC"):
        school.approved("dara", school.hold(course=course, begins_in=14 + (course == "RKC") * 6))
    delivered(school)
    read = play(school, days_on(school, 30))
    titles = [letter.title for _day, who, letter in read if who == "dara"]
    assert titles == [WEEK, "2 classes of yours begin soon", TOMORROW]


def test_days__set_by_the_unit__are_those_that_count(school: School) -> None:
    policy.change(school.ctx, "class_days", "3")
    school.approved("dara", school.hold())
    read = play(school, days_on(school, 30))
    assert reminders(read) == [(dt.date(2026, 3, 13), "dara", "Your class begins in 3 days")]
