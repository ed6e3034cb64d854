"""Closing a class: what it decides, what follows, opening it again, closing it twice."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import certificate_condition  # noqa: F401  (holds certificates back)
from bot.i18n import render
from bot.models.people import Role
from bot.models.records import Certificate, Presence, TrainingRecord
from bot.models.training import EnrolmentState, TrainingClass
from bot.models.work import WorkItem
from bot.people.access import OutOfReach
from bot.training import (
    attendance,
    certificates,
    closing,
    closing_preview,
    enrolling,
    enrolments,
    marks,
)
from bot.work import paperwork  # noqa: F401  (makes what closing asks for)
from tests.integration.training.conftest import School

S = EnrolmentState
WHO = ("dara", "bopha", "rith")


@pytest.fixture
def held(school: School) -> TrainingClass:
    """Friday evening: Dara was always there, Bopha half the time, Rith is not noted at all."""
    made = school.hold(seats=5, trainer_id=school.trainer().id)
    for key in WHO:
        enrolling.admit(school.ctx, made.id, school.ids[key])
    school.pass_days(14 + 4.5)
    assert made.starts_on is not None
    trainer = school.acting("trainer")
    for number in range(5):
        day = made.starts_on + dt.timedelta(days=number)
        for key, there in (("dara", True), ("bopha", number % 2 == 0)):
            presence = Presence.PRESENT if there else Presence.ABSENT
            attendance.note(trainer, school.enrolment(key, made).id, day, presence)
    return made


def close(school: School, held: TrainingClass, who: str = "trainer") -> closing_preview.Preview:
    return closing.close(school.acting(who), held.id)


def refusal_of(school: School, held: TrainingClass, who: str = "trainer") -> str:
    with pytest.raises(Refusal) as refused:
        close(school, held, who)
    return render(refused.value.sentence, "en")


def work(school: School) -> list[tuple[str, int | None]]:
    items = school.ctx.session.exec(select(WorkItem).order_by(WorkItem.id)).all()
    return [(item.kind, item.requested_by) for item in items]


def records_of(school: School, key: str) -> list[dt.date]:
    query = select(TrainingRecord).where(TrainingRecord.person_id == school.ids[key])
    return [record.completed_on for record in school.ctx.session.exec(query)]


def certificate(school: School, key: str, held: TrainingClass) -> Certificate | None:
    return certificates.valid_of(school.ctx, school.enrolment(key, held).id)


def test_preview__says_of_everybody_what_closing_does(school: School, held: TrainingClass) -> None:
    school.grant("director", Role.HR)
    preview = closing_preview.of_class(school.acting("trainer"), held.id)
    said = {
        one.name.best("en"): [render(reason, "en") for reason in one.why_not]
        for one in preview.trainees
    }
    assert said == {
        "Sok Dara": [],
        "Chea Bopha": ["There on 60% of the days; 80% are needed."],
        "Nhem Rith": ["Attendance was not noted."],
    }
    assert (preview.unnoted, preview.told) == ((), 6)
    assert school.ctx.session.exec(select(Certificate)).all() == []


def test_close__completes_certifies_and_tells_each_once(
    school: School, held: TrainingClass
) -> None:
    school.grant("director", Role.HR)
    close(school, held)
    assert {key: school.state(key, held) for key in WHO} == {
        "dara": S.COMPLETED,
        "bopha": S.PARTLY_ATTENDED,
        "rith": S.ENROLLED,
    }
    assert records_of(school, "dara") == [held.ends_on]
    assert school.enrolment("dara", held).completed_on == held.ends_on
    made = certificate(school, "dara", held)
    assert made is not None
    assert made.number == "2026-0001"
    assert certificate(school, "bopha", held) is None
    assert [len(school.told(key, "training_result")) for key in WHO] == [0, 1, 1]
    assert len(school.told("trainer", "trainers_thanked")) == 1
    assert len(school.told("unit", "class_was_closed")) == 1
    ids = school.ids
    assert work(school) == [("certificate", ids["trainer"]), ("report", ids["director"])]


def test_close__twice__is_refused_and_changes_nothing(school: School, held: TrainingClass) -> None:
    close(school, held)
    assert refusal_of(school, held) == "This class has been closed already."
    assert len(school.ctx.session.exec(select(Certificate)).all()) == 1


def test_close__before_the_last_day_or_cancelled__is_refused(school: School) -> None:
    early = school.hold(trainer_id=school.trainer().id, start_time=dt.time(8))
    assert refusal_of(school, early) == "The class can be closed from Mar 20, 2026 08:00 on."
    early.cancelled_at = school.ctx.now()
    assert refusal_of(school, early) == "The class has been cancelled."
    undated = school.hold(begins_in=None, trainer_id=school.trainer().id)
    assert refusal_of(school, undated) == "This class has no dates yet."


def test_close__by_somebody_else__is_out_of_reach(school: School, held: TrainingClass) -> None:
    for key in ("dara", "sokha"):
        with pytest.raises(OutOfReach):
            close(school, held, key)


def test_pass_mark__holds_back_who_failed(school: School, held: TrainingClass) -> None:
    school.course().pass_mark = 50
    trainer = school.acting("trainer")
    marks.enter(trainer, school.enrolment("dara", held).id, {"oral": "49,5".replace(",", ".")})
    close(school, held)
    assert school.state("dara", held) is S.ATTENDED
    assert records_of(school, "dara") == []


def test_reopened__a_correction__takes_back_what_does_not_hold(
    school: School, held: TrainingClass
) -> None:
    close(school, held)
    first = certificate(school, "dara", held)
    assert first is not None
    closing.reopen(school.acting("unit"), held.id, "Two names were swapped.")
    trainer, unit = school.acting("trainer"), school.acting("unit")
    assert held.starts_on is not None
    for number in range(5):
        day = held.starts_on + dt.timedelta(days=number)
        attendance.note(unit, school.enrolment("dara", held).id, day, Presence.ABSENT)
        attendance.note(unit, school.enrolment("bopha", held).id, day, Presence.PRESENT)
    closing.close(trainer, held.id)
    assert school.state("dara", held) is S.NO_SHOW
    assert school.state("bopha", held) is S.COMPLETED
    assert (records_of(school, "dara"), records_of(school, "bopha")) == ([], [held.ends_on])
    assert school.enrolment("dara", held).completed_on is None
    assert first.revoked_at is not None
    assert len(school.told("dara", "certificate_revoked")) == 1
    second = certificate(school, "bopha", held)
    assert second is not None
    assert second.number == "2026-0002"


def test_reopened__and_closed_as_it_was__changes_nothing(
    school: School, held: TrainingClass
) -> None:
    close(school, held)
    before = certificate(school, "dara", held)
    closing.reopen(school.acting("unit"), held.id, "By mistake.")
    close(school, held)
    assert certificate(school, "dara", held) is before
    assert records_of(school, "dara") == [held.ends_on]
    assert len(school.told("bopha", "training_result")) == 1
    assert len(school.told("trainer", "trainers_thanked")) == 1


def test_reopen__by_the_trainer_or_an_open_class__is_refused(
    school: School, held: TrainingClass
) -> None:
    with pytest.raises(Refusal):
        closing.reopen(school.acting("unit"), held.id, "Nothing to open.")
    close(school, held)
    with pytest.raises(OutOfReach):
        closing.reopen(school.acting("trainer"), held.id, "I would like to.")


def test_completed_by_hand__without_a_day_noted__stays_completed(
    school: School, held: TrainingClass
) -> None:
    enrolling.note(school.ctx, school.enrolment("rith", held).id, S.COMPLETED)
    close(school, held)
    assert school.state("rith", held) is S.COMPLETED
    assert certificate(school, "rith", held) is not None


def test_record_brought_in_before__becomes_the_one_of_the_class(
    school: School, held: TrainingClass
) -> None:
    assert held.ends_on is not None
    person_id = school.ids["dara"]
    brought = school.add(
        TrainingRecord(
            person_id=person_id, course_id=held.course_id, completed_on=held.ends_on, source="HR"
        )
    )
    close(school, held)
    assert records_of(school, "dara") == [held.ends_on]
    assert brought.enrolment_id == school.enrolment("dara", held).id


def test_revoked__is_not_issued_again_by_itself(school: School, held: TrainingClass) -> None:
    close(school, held)
    made = certificate(school, "dara", held)
    assert made is not None
    certificates.revoke(school.acting("unit"), made.id or 0, "Given to the wrong person.")
    certificates.issue_due(school.ctx)
    assert certificate(school, "dara", held) is None


def test_course_without_certificate__tells_of_the_completion(
    school: School, held: TrainingClass
) -> None:
    school.course().has_certificate = False
    close(school, held)
    assert certificate(school, "dara", held) is None
    assert len(school.told("dara", "training_result")) == 1


def test_closed_class__its_list_is_not_changed_by_hand(
    school: School, held: TrainingClass
) -> None:
    close(school, held)
    row = school.enrolment("dara", held)
    with pytest.raises(Refusal) as refused:
        enrolments.set_state(school.acting("unit"), row.id or 0, S.NO_SHOW)
    said = render(refused.value.sentence, "en")
    assert said == "The class has been closed. The training unit can open it again."
    assert school.state("dara", held) is S.COMPLETED


def test_close__by_a_member_of_one_part__only_if_all_are_of_it(
    school: School, held: TrainingClass
) -> None:
    far = school.add_unit("Coral")
    school.person("rith").unit_id = far.id
    school.add_person("coral_desk", unit_id=far.id)
    school.grant("coral_desk", Role.UNIT, far)
    assert refusal_of(school, held, "coral_desk").startswith("People of other parts are in")
    for key in WHO:
        school.person(key).unit_id = far.id
    school.ctx.session.flush()
    close(school, held, "coral_desk")
    assert school.state("dara", held) is S.COMPLETED
