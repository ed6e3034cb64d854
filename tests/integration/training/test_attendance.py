"""Attendance by day: noted, corrected with a trace, and the states that follow."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.i18n import render
from bot.models.people import Role
from bot.models.records import Attendance, Presence
from bot.models.system import AuditEntry
from bot.models.training import EnrolmentChange, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.training import attendance, enrolling
from tests.integration.training.conftest import School

P, S = Presence, EnrolmentState
MONDAY = dt.date(2026, 3, 16)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


@pytest.fixture
def held(school: School) -> TrainingClass:
    """Three trainees, from Monday to Friday; it is noon of the first day."""
    made = school.hold(seats=5, trainer_id=school.trainer().id)
    for key in ("dara", "bopha", "rith"):
        enrolling.admit(school.ctx, made.id, school.ids[key])
    assert made.starts_on == MONDAY
    school.pass_days(14 + 3 / 24)
    return made


def note(school: School, held: TrainingClass, key: str, on: int, presence: Presence) -> None:
    row = school.enrolment(key, held)
    attendance.note(school.acting("trainer"), row.id, day(on), presence)


def refused(school: School, held: TrainingClass, key: str, on: int) -> str:
    with pytest.raises(Refusal) as refusal:
        note(school, held, key, on, P.PRESENT)
    return render(refusal.value.sentence, "en")


def test_all_present__then_an_exception__stays_when_pressed_again(
    school: School, held: TrainingClass
) -> None:
    trainer = school.acting("trainer")
    assert attendance.note_all_present(trainer, held.id, MONDAY) == 3
    note(school, held, "rith", 0, P.ABSENT)
    assert attendance.note_all_present(trainer, held.id, MONDAY) == 0
    found = {
        one.name.best("en"): one.presence for one in attendance.people_on(trainer, held.id, MONDAY)
    }
    assert found == {"Chea Bopha": P.PRESENT, "Nhem Rith": P.ABSENT, "Sok Dara": P.PRESENT}
    first = attendance.days(trainer, held.id)[0]
    assert (first.noted, first.people, first.away, first.to_come) == (3, 3, 1, False)


def test_correction__is_kept_with_what_stood_there_and_who_changed_it(
    school: School, held: TrainingClass
) -> None:
    note(school, held, "dara", 0, P.ABSENT)
    row = school.enrolment("dara", held)
    school.pass_days(2)
    attendance.note(school.acting("unit"), row.id, MONDAY, P.EXCUSED)
    attendance.note(school.acting("unit"), row.id, MONDAY, P.EXCUSED)
    found = school.ctx.session.exec(
        select(AuditEntry).where(AuditEntry.action == "attendance.noted").order_by(AuditEntry.id)
    ).all()
    kept = [(entry.actor_id, entry.details["old"], entry.details["new"]) for entry in found]
    ids = school.ids
    assert kept == [(ids["trainer"], "", "absent"), (ids["unit"], "absent", "excused")]
    stored = school.ctx.session.get_one(Attendance, (row.id, MONDAY))
    assert (stored.presence, stored.noted_by) == (P.EXCUSED, ids["unit"])


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(1, "This day is still to come."), (5, "The class is not held on this day.")],
)
def test_day__to_come_or_not_of_the_class__is_refused(
    school: School, held: TrainingClass, on: int, sentence: str
) -> None:
    assert refused(school, held, "dara", on) == sentence


def test_closed_class__is_not_noted_any_more(school: School, held: TrainingClass) -> None:
    held.closed_at = school.ctx.now()
    school.ctx.session.flush()
    assert refused(school, held, "dara", 0).startswith("The class has been closed.")


def test_somebody_elses_class__is_out_of_reach(school: School, held: TrainingClass) -> None:
    with pytest.raises(OutOfReach):
        attendance.note_all_present(school.acting("sokha"), held.id, MONDAY)
    row = school.enrolment("dara", held)
    with pytest.raises(OutOfReach):
        attendance.note(school.acting("dara"), row.id, MONDAY, P.PRESENT)


def test_member_of_one_part__notes_only_its_own_people(
    school: School, held: TrainingClass
) -> None:
    far = school.add_unit("Coral")
    school.person("rith").unit_id = far.id
    school.add_person("coral_desk", unit_id=far.id)
    school.grant("coral_desk", Role.UNIT, far)
    ctx = school.acting("coral_desk")
    assert attendance.note_all_present(ctx, held.id, MONDAY) == 1
    with pytest.raises(OutOfReach):
        attendance.note(ctx, school.enrolment("dara", held).id, MONDAY, P.ABSENT)


def test_states__follow_once_the_last_day_is_noted(school: School, held: TrainingClass) -> None:
    school.pass_days(4)
    trainer = school.acting("trainer")
    for number in range(4):
        attendance.note_all_present(trainer, held.id, day(number))
    note(school, held, "bopha", 0, P.ABSENT)
    note(school, held, "bopha", 1, P.ABSENT)
    for number in range(4):
        note(school, held, "rith", number, P.EXCUSED)
    assert school.enrolled(held) == {"dara", "bopha", "rith"}
    note(school, held, "rith", 4, P.ABSENT)
    attendance.note_all_present(trainer, held.id, day(4))
    states = {key: school.state(key, held) for key in ("dara", "bopha", "rith")}
    assert states == {"dara": S.ATTENDED, "bopha": S.PARTLY_ATTENDED, "rith": S.NO_SHOW}
    change = school.changes(school.enrolment("dara", held))[-1]
    assert (change.rule, change.actor_id) == ("the attendance that was noted", None)


def test_states__of_a_class_that_is_over__follow_a_late_correction(
    school: School, held: TrainingClass
) -> None:
    school.pass_days(10)
    note(school, held, "dara", 0, P.ABSENT)
    assert school.state("dara", held) is S.NO_SHOW
    note(school, held, "dara", 0, P.PRESENT)
    assert school.state("dara", held) is S.ATTENDED
    changes = school.ctx.session.exec(
        select(EnrolmentChange.new).where(
            EnrolmentChange.enrolment_id == school.enrolment("dara", held).id,
            EnrolmentChange.act == "note attendance",
        )
    ).all()
    assert changes == ["no-show", "attended"]


def test_always_present__fills_every_day_that_has_begun(
    school: School, held: TrainingClass
) -> None:
    school.pass_days(2)
    trainer = school.acting("trainer")
    note(school, held, "dara", 1, P.LATE)
    assert attendance.note_always_present(trainer, held.id) == 3
    found = attendance.days(trainer, held.id)
    assert [(one.noted, one.to_come) for one in found] == [
        (3, False),
        (3, False),
        (3, False),
        (0, True),
        (0, True),
    ]


def test_moved_class__days_it_is_not_held_on_any_more__do_not_count(
    school: School, held: TrainingClass
) -> None:
    note(school, held, "dara", 0, P.ABSENT)
    held.starts_on, held.ends_on = day(7), day(8)
    school.ctx.session.flush()
    school.pass_days(8)
    note(school, held, "dara", 8, P.PRESENT)
    assert school.state("dara", held) is S.ATTENDED


def test_person__taken_off_the_list__is_refused(school: School, held: TrainingClass) -> None:
    enrolling.cancel(school.ctx, school.enrolment("dara", held).id)
    assert refused(school, held, "dara", 0) == "This person has no place in the class."
