"""Where a course requires the questionnaire, the certificate waits for it to be answered."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.evaluation import certificate_condition  # noqa: F401  (holds certificates back)
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.records import Certificate
from bot.models.training import EnrolmentState, TrainingClass
from bot.training import certificates, closing, enrolling
from tests.integration.training.conftest import School


@pytest.fixture
def held(school: School) -> TrainingClass:
    """A class of Dara alone that is over; its course requires the questionnaire."""
    made = school.hold(trainer_id=school.trainer().id)
    row = enrolling.admit(school.ctx, made.id, school.ids["dara"])
    enrolling.note(school.ctx, row.id, EnrolmentState.ATTENDED)
    school.course().reaction_required = True
    school.pass_days(20)
    return made


def close(school: School, held: TrainingClass) -> None:
    closing.close(school.acting("trainer"), held.id)


def certificate(school: School, key: str, held: TrainingClass) -> Certificate | None:
    return certificates.valid_of(school.ctx, school.enrolment(key, held).id)


def ask_about(school: School, held: TrainingClass, state: AssignmentState) -> Assignment:
    """Dara was asked about the class; so far the questionnaire stands like this."""
    assert held.ends_on is not None
    school.add(ClassClosure(class_id=held.id, occasion=held.ends_on, outcome="asked"))
    return school.add(
        Assignment(
            person_id=school.ids["dara"],
            stage="reaction_trainee",
            subject=f"class:{held.id}",
            occasion=held.ends_on,
            form="reaction_trainee",
            class_id=held.id,
            opens_at=school.ctx.now(),
            closes_at=school.ctx.now() + dt.timedelta(days=7),
            state=state,
        )
    )


def test_reaction_required__certificate_waits_for_the_answer(
    school: School, held: TrainingClass
) -> None:
    asked = ask_about(school, held, AssignmentState.OPEN)
    close(school, held)
    assert certificate(school, "dara", held) is None
    assert len(school.told("dara", "training_result")) == 1
    certificates.issue_due(school.ctx)
    assert certificate(school, "dara", held) is None
    asked.state = AssignmentState.ANSWERED
    school.ctx.session.flush()
    certificates.issue_due(school.ctx)
    certificates.issue_due(school.ctx)
    assert certificate(school, "dara", held) is not None
    assert len(school.ctx.session.exec(select(Certificate)).all()) == 1


@pytest.mark.parametrize("outcome", ["small group", "not asked", "recalled"])
def test_reaction_required__where_nobody_was_asked__holds_nothing_back(
    school: School, held: TrainingClass, outcome: str
) -> None:
    assert held.ends_on is not None
    school.add(ClassClosure(class_id=held.id, occasion=held.ends_on, outcome=outcome))
    close(school, held)
    assert certificate(school, "dara", held) is not None


def test_reaction_required__before_anybody_could_be_asked__waits(
    school: School, held: TrainingClass
) -> None:
    close(school, held)
    assert certificate(school, "dara", held) is None
