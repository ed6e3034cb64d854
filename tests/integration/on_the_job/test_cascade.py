"""What is to be passed on: due after which courses, reported, confirmed, doubted, reminded of."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import policy
from bot.calendar import DAY
from bot.campaigns import cascade_reminders
from bot.errors import Refusal
from bot.evaluation import cascade, cascade_cards, on_the_job
from bot.evaluation.cascade_cards import Standing
from bot.models.on_the_job import CascadeDuty
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from tests.conftest import START
from tests.integration.on_the_job.conftest import HOUR, Vessel


@pytest.fixture
def ship(vessel: Vessel) -> Vessel:
    policy.change(vessel.ctx, "go_live", "2026-01-01")
    return vessel


def completed(ship: Vessel, days_ago: int = 1, **fields: object) -> Enrolment:
    of_course = {name: fields.pop(name) for name in ("mode", "category") if name in fields}
    number = len(ship.session.exec(select(Course.id)).all()) + 1
    course = ship.add(Course(code=f"C{number}", title=f"Course {number}", **of_course))
    held = ship.add(TrainingClass(code=f"C{number}-1", course_id=course.id, **fields))
    return ship.add(
        Enrolment(
            class_id=held.id,
            person_id=ship.officer.id,
            state=EnrolmentState.COMPLETED,
            completed_on=ship.ctx.today() - days_ago * DAY,
            changed_at=START,
        )
    )


def duties(ship: Vessel) -> list[CascadeDuty]:
    cascade.arrange(ship.ctx)
    return list(ship.session.exec(select(CascadeDuty).order_by(CascadeDuty.id)))


def test_duty__after_foreign_offers_and_set_types_only__is_given_once(ship: Vessel) -> None:
    completed(ship)
    abroad = completed(ship, mode="foreign offer")
    offered = completed(ship, offer={"donor": "WCO"})
    technical = completed(ship, category="Technical")
    assert [row.enrolment_id for row in duties(ship)] == [abroad.id, offered.id]
    policy.change(ship.ctx, "cascade_types", "technical; Language")
    wanted = [abroad.id, offered.id, technical.id]
    for _round in range(2):
        assert [row.enrolment_id for row in duties(ship)] == wanted
    assert len(ship.told("cascade_due")) == 3
    today = ship.ctx.today()
    assert {row.due_on for row in duties(ship)} == {today + 29 * DAY}


@pytest.mark.parametrize(("days_ago", "left"), [(0, 30), (25, 7), (59, 7)])
def test_duty__told_late__leaves_a_week(ship: Vessel, days_ago: int, left: int) -> None:
    completed(ship, days_ago, mode="foreign offer")
    (row,) = duties(ship)
    assert row.due_on == ship.ctx.today() + left * DAY


def test_duty__switched_off_or_before_the_first_date_that_counts__is_not_given(
    ship: Vessel,
) -> None:
    completed(ship, 70, mode="foreign offer")
    completed(ship, mode="foreign offer")
    policy.change(ship.ctx, "cascade_days", "0")
    assert duties(ship) == []
    policy.change(ship.ctx, "cascade_days", "10")
    policy.change(ship.ctx, "go_live", "2026-06-01")
    assert duties(ship) == []


def test_duty__completion_withdrawn__goes_unless_it_was_reported(ship: Vessel) -> None:
    first, second = completed(ship, mode="foreign offer"), completed(ship, mode="foreign offer")
    kept = duties(ship)[1]
    own = ship.as_person(ship.officer)
    cascade.report(own, kept.id, ship.ctx.today(), 4, "A talk")
    first.state = second.state = EnrolmentState.ATTENDED
    assert [row.enrolment_id for row in duties(ship)] == [second.id]


def test_report__confirmed_or_doubted__by_who_leads_the_officer(ship: Vessel) -> None:
    completed(ship, mode="foreign offer")
    (row,) = duties(ship)
    own, boss = ship.as_person(ship.officer), ship.as_person(ship.boss)
    today = ship.ctx.today()
    for held_on, attended, words in ((today + DAY, 3, "x"), (today - 9 * DAY, 3, "x"),
                                     (today, 0, "x"), (today, 3, " ")):  # fmt: skip
        with pytest.raises(Refusal):
            cascade.report(own, row.id, held_on, attended, words)
    with pytest.raises(OutOfReach):
        cascade.report(boss, row.id, today, 3, "Not mine")
    with pytest.raises(Refusal, match="Nothing"):
        cascade.confirm(boss, row.id)
    cascade.report(own, row.id, today, 3, "A talk")
    assert [item.person_id for item in ship.told("cascade_reported")] == [ship.boss.id]
    for stranger in (ship.officer, ship.chief, ship.person("Mate")):
        with pytest.raises(OutOfReach):
            cascade.confirm(ship.as_person(stranger), row.id)
    assert [card.id for card in cascade_cards.waiting(boss)] == [row.id]
    cascade.doubt(boss, row.id, "Nobody was there.")
    assert cascade_cards.card(own, row.id).standing is Standing.DOUBTED
    ship.clock.advance(minutes=1)
    cascade.report(own, row.id, today, 5, "A talk again")
    cascade.confirm(boss, row.id)
    assert cascade_cards.card(own, row.id).standing is Standing.CONFIRMED
    with pytest.raises(Refusal, match="already"):
        cascade.report(own, row.id, today, 5, "Once more")
    assert cascade_cards.waiting(boss) == []


def test_supervisor_away__the_next_above_confirms(ship: Vessel) -> None:
    completed(ship, mode="foreign offer")
    (row,) = duties(ship)
    ship.boss.away_until = ship.ctx.today()
    cascade.report(ship.as_person(ship.officer), row.id, ship.ctx.today(), 3, "A talk")
    chief = ship.as_person(ship.chief)
    assert [card.id for card in cascade_cards.waiting(chief)] == [row.id]
    cascade.confirm(chief, row.id)
    assert row.confirmed_by == ship.chief.id


def test_reminders__a_week_before_and_the_day_after__and_overdue_is_shown(ship: Vessel) -> None:
    completed(ship, mode="foreign offer")
    (row,) = duties(ship)
    morning = dt.timedelta(hours=2)  # nine in the zone of the administration
    before = dt.datetime.combine(row.due_on - 7 * DAY, dt.time(0), dt.UTC) + morning
    assert cascade_reminders.next_reminder(ship.ctx, ship.ctx.now()) == before
    for moment, count in ((before - HOUR, 0), (before, 1), (before + 2 * HOUR, 1),
                          (before + 8 * DAY, 2), (before + 9 * DAY, 2)):  # fmt: skip
        ship.clock.set(moment)
        cascade_reminders.remind(ship.ctx)
        assert len(ship.told("cascade_nudge")) == count
    team = cascade_cards.of_team(ship.as_person(ship.boss))
    assert [one.standing for one in team] == [Standing.OVERDUE]


def test_reminders__reported_or_long_over__are_not_sent(ship: Vessel) -> None:
    completed(ship, mode="foreign offer")
    (row,) = duties(ship)
    ship.clock.set(dt.datetime.combine(row.due_on + 5 * DAY, dt.time(12), dt.UTC))
    cascade_reminders.remind(ship.ctx)
    assert ship.told("cascade_nudge") == []


def test_erasure__takes_what_was_reported_and_doubted(ship: Vessel) -> None:
    completed(ship, mode="foreign offer")
    (row,) = duties(ship)
    cascade.report(ship.as_person(ship.officer), row.id, ship.ctx.today(), 3, "A talk")
    cascade.doubt(ship.as_person(ship.boss), row.id, "Nobody was there.")
    on_the_job.forget_words(ship.session, ship.officer.id)
    ship.session.refresh(row)
    assert (row.report, row.doubt, row.attended) == ("", "", 3)
