"""What trainers, keepers of classes and supervisors are told by themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import policy
from bot.models.approvals import Deputy
from bot.scheduler.jobs import classes_soon
from bot.training import enrolling
from tests.integration.training.conftest import School
from tests.integration.training.post import Letter, delivered
from tests.integration.training.test_class_reminders import days_on, play

PEOPLE = ("dara", "rith", "maly", "bopha", "bilal")


def admit(school: School, class_id: int, *keys: str) -> None:
    for key in keys:
        enrolling.admit(school.ctx, class_id, school.ids[key])


def to(who: str, read: list[tuple[dt.date, str, Letter]]) -> list[tuple[dt.date, Letter]]:
    return [(day, letter) for day, receiver, letter in read if receiver == who]


# Trainers ---------------------------------------------------------------------


def test_roster__two_days_before__names_people_units_and_what_they_lack(school: School) -> None:
    school.course("RKC", title="Revised Kyoto Convention")
    school.course("VAL", prerequisites="RKC")
    held = school.hold(trainer_id=school.trainer().id)
    admit(school, held.id, "dara", "maly")
    ((day, letter),) = to("trainer", play(school, days_on(school, 30)))
    assert (day, letter.title) == (dt.date(2026, 3, 14), "2 trainees come to your class")
    assert "Ouk Maly, Poipet\nSok Dara, Poipet\n" in letter.text
    assert "Not all prerequisites are met:" in letter.text
    assert "Revised Kyoto Convention" in letter.text
    assert letter.buttons == (f"myclass:{held.id}",)


def test_roster__of_a_trainer_who_was_replaced__goes_to_the_new_one(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id)
    admit(school, held.id, "dara")
    play(school, days_on(school, 5))
    held.trainer_id = school.trainer("sokha").id
    read = play(school, days_on(school, 30))
    assert to("trainer", read) == []
    assert "1 trainee comes to your class" in [one.title for _day, one in to("sokha", read)]


def test_roster__of_many__shows_what_a_message_holds(school: School) -> None:
    held = school.hold(seats=50, trainer_id=school.trainer().id)
    for number in range(45):
        school.add_person(f"p{number}")
        admit(school, held.id, f"p{number}")
    ((_day, letter),) = to("trainer", play(school, days_on(school, 30)))
    assert letter.title == "45 trainees come to your class"
    assert "… and 15 more." in letter.text


# Too few ----------------------------------------------------------------------


def test_minimum__not_reached_five_days_before__is_reported_to_the_coordinator(
    school: School,
) -> None:
    held = school.hold(seats=20, least_trainees=3, coordinator_id=school.ids["sokha"])
    admit(school, held.id, "dara")
    told = [
        (day, letter)
        for day, letter in to("sokha", play(school, days_on(school, 30)))
        if "too few" in letter.title
    ]
    ((day, letter),) = told
    assert day == dt.date(2026, 3, 11)
    assert "1 person has a place; at least 3 are needed." in letter.text
    assert letter.buttons == (f"myclass:{held.id}",)


def test_minimum__of_the_course__not_reached_as_enrolment_ends__is_reported_to_the_unit(
    school: School,
) -> None:
    school.course("VAL", min_seats=4)
    held = school.hold(seats=20, enrol_by=dt.date(2026, 3, 6))
    admit(school, held.id, "dara")
    told = to("unit", play(school, days_on(school, 30)))
    assert [day for day, _letter in told] == [dt.date(2026, 3, 6), dt.date(2026, 3, 11)]
    assert {letter.title for _day, letter in told} == {"A class has too few trainees"}
    assert told[0][1].buttons == (f"class:{held.id}",)


def test_minimum__reached_before_it_was_sent__is_not_reported(school: School) -> None:
    held = school.hold(seats=20, least_trainees=1, coordinator_id=school.ids["unit"])
    school.clock.set(dt.datetime(2026, 3, 11, 2, 1, tzinfo=dt.UTC))
    classes_soon.run(school.ctx)
    admit(school, held.id, "dara")
    assert "unit" not in delivered(school)


def test_minimum__of_a_class_that_needs_none__is_not_reported(school: School) -> None:
    school.hold(seats=20, coordinator_id=school.ids["unit"])
    assert to("unit", play(school, days_on(school, 30))) == []


# Filling ----------------------------------------------------------------------


def test_filling__each_share__is_told_the_first_time_only(school: School) -> None:
    held = school.hold(seats=5, coordinator_id=school.ids["unit"])
    titles = []
    for step in ("dara", "rith", "maly", "bopha", "-bopha", "bopha", "bilal", "-bilal", "bilal"):
        if step.startswith("-"):
            enrolling.cancel(school.ctx, school.enrolment(step[1:], held).id)
        else:
            admit(school, held.id, step)
        classes_soon.run(school.ctx)
        titles += [letter.title for letter in delivered(school).get("unit", [])]
    assert titles == ["A class is filling up", "A class is full"]


def test_filling__full_at_once__is_told_as_full_alone(school: School) -> None:
    held = school.hold(seats=1, coordinator_id=school.ids["unit"])
    school.approved("dara", held)
    school.approved("rith", held)
    classes_soon.run(school.ctx)
    (letter,) = delivered(school)["unit"]
    assert letter.title == "A class is full"
    assert "1 seat of 1 is taken." in letter.text
    assert "1 person waits for a seat." in letter.text
    row = school.enrolment("rith", held)
    enrolling.cancel(school.ctx, row.id)
    classes_soon.run(school.ctx)
    assert "unit" not in delivered(school)


def test_filling__two_classes_at_once__are_one_message(school: School) -> None:
    for course, who in (("VAL", "dara"), ("RKC", "rith")):
        held = school.hold(seats=1, course=course, coordinator_id=school.ids["unit"])
        admit(school, held.id, who)
    classes_soon.run(school.ctx)
    (letter,) = delivered(school)["unit"]
    assert letter.title == "2 classes are filling up"


# The week to come -------------------------------------------------------------


def test_week__told_on_its_eve__is_one_message_for_all_classes(school: School) -> None:
    for who, days in (("dara", 14), ("rith", 16), ("maly", 28)):
        admit(school, school.hold(course=f"C{days}", begins_in=days).id, who)
    read = to("sokha", play(school, days_on(school, 20)))
    ((day, letter),) = read
    assert (day, letter.title) == (
        dt.date(2026, 3, 13),
        "2 of your people are in class in the week to come",
    )
    assert "Who: Sok Dara" in letter.text
    assert "Who: Nhem Rith" in letter.text
    assert "Ouk Maly" not in letter.text


@pytest.mark.parametrize(
    ("week", "eve"), [("Mon-Fri", 13), ("Sun-Thu", 12), ("Sat-Wed", 11), ("Mon-Sun", 15)]
)
def test_week__of_another_country__ends_when_people_stop_working(
    school: School, week: str, eve: int
) -> None:
    policy.change(school.ctx, "working_week", week)
    admit(school, school.hold().id, "dara")
    ((day, _letter),) = to("sokha", play(school, days_on(school, 30)))
    assert day == dt.date(2026, 3, eve)


def test_week__supervisor_away__goes_to_the_deputy(school: School) -> None:
    admit(school, school.hold().id, "dara")
    until = dt.date(2026, 4, 1)
    school.add(
        Deputy(person_id=school.ids["sokha"], deputy_id=school.ids["director"], until_on=until)
    )
    read = play(school, days_on(school, 30))
    assert to("sokha", read) == []
    assert len(to("director", read)) == 1


def test_week__everybody_left_before_it_was_sent__is_not_told(school: School) -> None:
    held = school.hold()
    admit(school, held.id, "dara")
    play(school, dt.datetime(2026, 3, 13, 1, 59, tzinfo=dt.UTC))
    school.pass_days(0.01)
    classes_soon.run(school.ctx)
    enrolling.cancel(school.ctx, school.enrolment("dara", held).id)
    assert "sokha" not in delivered(school)


def test_week__after_an_outage_into_the_class__is_not_told(school: School) -> None:
    admit(school, school.hold().id, "dara")
    delivered(school)
    school.clock.set(dt.datetime(2026, 3, 18, 2, 0, tzinfo=dt.UTC))
    assert to("sokha", play(school, days_on(school, 30))) == []
