"""The plan in its year: cohorts become classes, lines come and go, what was held is counted."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.models.needs import FrameworkCourse
from bot.models.planning import PlanLine, PlanState
from bot.models.training import Course, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.planning import cover, from_plan, pdca, publishing, reading, spending, unscheduled
from bot.planning.cohorts import month_of_year, months_of, quarter_of_day, quarter_of_month
from bot.training import calling_off
from tests.integration.plan_life.conftest import School

ADDED = {"title": "New tariff", "category": "technical", "month": "9", "cohorts": "2",
         "trainees": "30", "hours": "6", "reason": "The law was changed."}  # fmt: skip


@pytest.mark.parametrize(
    ("months", "cohorts", "expected"),
    [
        ([2, 5], 4, (2, 2, 5, 5)),
        ([1, 2, 3], 2, (1, 2)),
        ([7], 1, (7,)),
        ([], 2, (None, None)),
    ],
)
def test_months__of_cohorts__spread_evenly(
    months: list[int], cohorts: int, expected: tuple[int | None, ...]
) -> None:
    assert months_of(months, cohorts) == expected


@pytest.mark.parametrize(
    ("first", "month", "day", "quarter"),
    [
        (dt.date(2027, 1, 1), 12, dt.date(2027, 12, 1), 4),
        (dt.date(2027, 4, 1), 3, dt.date(2028, 3, 1), 4),
        (dt.date(2027, 4, 1), 4, dt.date(2027, 4, 1), 1),
        (dt.date(2026, 7, 16), 7, dt.date(2026, 7, 1), 1),
        (dt.date(2026, 7, 16), 6, dt.date(2027, 6, 1), 4),
    ],
)
def test_month__of_a_plan_year__lies_in_it(
    first: dt.date, month: int, day: dt.date, quarter: int
) -> None:
    assert month_of_year(first, month) == day
    assert quarter_of_month(first, month) == quarter


def test_quarter__of_a_year_that_begins_mid_month__counts_months_as_the_plan_does() -> None:
    first = dt.date(2026, 7, 16)
    days = [dt.date(2026, 7, 15), first, dt.date(2026, 9, 30), dt.date(2026, 10, 1),
            dt.date(2027, 7, 15), dt.date(2027, 7, 16)]  # fmt: skip
    assert [quarter_of_day(first, day) for day in days] == [None, 1, 1, 2, 4, None]
    assert quarter_of_month(first, 10) == 2


def test_quarter__year_from_the_end_of_february__holds_its_last_day_in_a_leap_year() -> None:
    assert quarter_of_day(dt.date(2027, 2, 28), dt.date(2028, 2, 28)) == 4
    assert quarter_of_day(dt.date(2028, 2, 29), dt.date(2029, 2, 28)) is None


def test_cohort__becomes_a_class__in_its_month_and_week(school: School) -> None:
    school.approve()
    unit = school.acting("unit")
    made = [from_plan.make_class(unit, school.valuation.id, number) for number in (1, 2, 3)]
    starts = [school.ctx.session.get_one(TrainingClass, one.card.id).starts_on for one in made]
    assert starts == [dt.date(2027, 2, 1), dt.date(2027, 2, 8), dt.date(2027, 5, 3)]
    held = school.ctx.session.get_one(TrainingClass, made[0].card.id)
    assert (held.code, held.ends_on, held.seats) == ("12-27-01", dt.date(2027, 2, 5), 20)
    assert (held.cohort, held.coordinator_id) == ("1/4", school.ids["unit"])


def test_cohort__year_from_mid_july__is_held_within_the_year(school: School) -> None:
    school.plan.plan_year = dt.date(2026, 7, 16)
    line = school.line("20", title="Seals", cohorts=3, months=[7], days=2)
    days = [from_plan.dates_of(school.ctx, school.plan, line, number)[0] for number in (1, 2, 3)]
    assert days == [dt.date(2026, 7, 20), dt.date(2026, 7, 27), dt.date(2026, 7, 20)]


def test_cohort__twice__refused_until_its_class_is_cancelled(school: School) -> None:
    school.approve()
    unit = school.acting("unit")
    done = from_plan.make_class(unit, school.valuation.id, 1)
    with pytest.raises(Refusal, match="class already"):
        from_plan.make_class(unit, school.valuation.id, 1)
    calling_off.cancel(unit, done.card.id, "no trainer")
    again = from_plan.make_class(unit, school.valuation.id, 1)
    assert again.card.code == "12-27-01-2"


def test_cohort__of_a_line_without_course__makes_the_course(school: School) -> None:
    school.approve()
    done = from_plan.make_class(school.acting("unit"), school.rkc.id, 1)
    course = school.ctx.session.get_one(Course, school.rkc.course_id)
    assert (course.code, course.title) == ("13", "Knowledge of RKC")
    assert done.card.title.best("en") == "Knowledge of RKC"


def test_cohort__of_all_officials__has_no_seats_without_a_place(school: School) -> None:
    school.approve()
    done = from_plan.make_class(school.acting("unit"), school.maccs.id, 1)
    assert school.ctx.session.get_one(TrainingClass, done.card.id).seats == 0


def test_cohort__not_approved_or_dropped__refused(school: School) -> None:
    unit = school.acting("unit")
    with pytest.raises(Refusal, match="once the plan"):
        from_plan.make_class(unit, school.rkc.id, 1)
    school.approve()
    unscheduled.drop(unit, school.rkc.id, {"reason": "no budget"})
    with pytest.raises(Refusal, match="dropped"):
        from_plan.make_class(unit, school.rkc.id, 1)
    with pytest.raises(Refusal, match="fewer cohorts"):
        from_plan.make_class(unit, school.valuation.id, 5)
    with pytest.raises(OutOfReach):
        from_plan.make_class(school.acting("director"), school.valuation.id, 1)


def test_unscheduled__after_the_approval__stands_last_with_its_reason(school: School) -> None:
    unit = school.acting("unit")
    with pytest.raises(Refusal, match="not been approved"):
        unscheduled.add(unit, school.plan.id, ADDED)
    school.approve()
    row = unscheduled.add(unit, school.plan.id, ADDED)
    line = reading.line_of(school.ctx.session, row)
    assert (line.code, line.unscheduled, line.added_for) == ("U1", True, ADDED["reason"])
    assert reading.lines(school.ctx.session, school.plan.id)[-1].code == "U1"
    with pytest.raises(Refusal, match="course, or give"):
        unscheduled.add(unit, school.plan.id, ADDED | {"title": ""})


def test_dropped__held_after_all__is_in_the_plan_again(school: School) -> None:
    school.approve()
    unit = school.acting("unit")
    unscheduled.drop(unit, school.rkc.id, {"reason": "no budget"})
    assert [one.code for one in reading.lines(school.ctx.session, school.plan.id)][-1] == "13"
    unscheduled.take_up(unit, school.rkc.id)
    assert school.rkc.dropped_for == ""


def test_progress__planned_against_held__by_quarter(school: School) -> None:
    school.approve()
    unit = school.acting("unit")
    first = from_plan.make_class(unit, school.valuation.id, 1)
    held = school.ctx.session.get_one(TrainingClass, first.card.id)
    for who, state in (("dara", EnrolmentState.COMPLETED), ("rith", EnrolmentState.NO_SHOW)):
        school.enrolment_of(held, who, state)
    beside = school.hold(course="HS", begins_in=None, starts_on=dt.date(2027, 3, 1),
                         ends_on=dt.date(2027, 3, 2))  # fmt: skip
    school.enrolment_of(beside, "maly", EnrolmentState.ATTENDED)
    school.pass_days(400)
    spending.note(unit, school.valuation.id, {"spent_on": "2027-02-05", "amount": "350"})
    found = pdca.of_plan(unit, school.plan.id)
    one = found.quarters[0]
    assert (one.planned.classes, one.planned.trainees, one.planned.money) == (3, 100, 800)
    assert (one.held.classes, one.held.trainees) == (1, 1)
    assert (one.held.hours, one.held.money) == (20, 350)
    assert (found.planned.classes, found.planned.money) == (6, 1600)
    assert (found.beside.classes, found.beside.trainees) == (1, 1)
    assert [quarter.planned.classes for quarter in found.quarters] == [3, 2, 1, 0]


def test_spending__day_to_come_and_foreign_reader__refused(school: School) -> None:
    school.approve()
    unit = school.acting("unit")
    with pytest.raises(Refusal, match="day to come"):
        spending.note(unit, school.rkc.id, {"spent_on": "2027-02-05", "amount": "350"})
    spent = spending.note(unit, school.rkc.id, {"spent_on": "2026-02-05", "amount": "350"})
    with pytest.raises(OutOfReach):
        spending.of_line(school.acting("dara"), school.rkc.id)
    assert spending.strike(unit, spent.id) == school.rkc.id
    assert spending.of_line(unit, school.rkc.id) == []


def test_cover__by_framework__is_spread_over_offices_and_months(school: School) -> None:
    bavet = school.add_unit("Bavet")
    for number in range(6):
        school.add_person(f"p{number}", unit_id=bavet.id, position="Valuer")
    school.add_person("rany", position="Valuer")
    school.add(FrameworkCourse(position="Valuer", course_id=school.valuation.course_id))
    school.valuation.trainees = 1
    plan = school.publish()
    totals = cover.totals(school.ctx.session, plan)
    assert totals == {school.valuation.id: 7}
    found = cover.of_office(school.acting("unit"), plan, bavet.id, totals)
    by_month = {one.month: {line.line_id: line.people for line in one.lines} for one in found}
    assert by_month == {
        dt.date(2027, 2, 1): {school.valuation.id: 2},
        dt.date(2027, 5, 1): {school.valuation.id: 2},
        dt.date(2027, 7, 1): {school.maccs.id: 6},
    }


def test_publish__heads_of_offices__are_told_once(school: School) -> None:
    plan = school.publish()
    assert plan.state is PlanState.PUBLISHED
    unit, units = school.acting("unit"), publishing.all_units(school.ctx)
    totals = cover.totals(school.ctx.session, plan)
    offices = publishing.needing_cover(unit, plan.id, units, totals)
    assert publishing.tell_heads(unit, plan.id, offices, totals) == 1
    assert publishing.tell_heads(unit, plan.id, offices, totals) == 0
    assert len(school.told("director", "plan_cover")) == 1


def test_fits__my_post_and_all_officials(school: School) -> None:
    school.add(FrameworkCourse(position="Officer", course_id=school.valuation.course_id))
    plan = school.publish()
    assert cover.fits(school.acting("dara"), plan) == {school.valuation.id, school.maccs.id}


def test_line__of_another_plan__is_not_in_this_one(school: School) -> None:
    other = school.make_plan(dt.date(2028, 1, 1))
    school.add(PlanLine(plan_id=other.id, code="12", title="Other"))
    assert [line.code for line in reading.lines(school.ctx.session, school.plan.id)] == [
        "12",
        "13",
        "14",
    ]
