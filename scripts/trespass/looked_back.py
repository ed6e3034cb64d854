"""What training brought about, lots, and what the training unit says of its own work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.evaluation.asking import Asked, ask
from bot.evaluation.own_work import matrices
from bot.evaluation.stages import COURSE_MATRIX, YEAR_REVIEW, Stage
from bot.forms import versions
from bot.models.evaluation import AssignmentState
from bot.models.forms import Response
from bot.models.impact import (
    CostKind,
    Indicator,
    IndicatorValue,
    Lottery,
    LotteryEntry,
    RoiAssumption,
    TrainingCost,
)
from bot.models.qualifications import AssignedBy, Curriculum, CurriculumAssignment
from bot.models.training import Enrolment, EnrolmentState, TrainingClass

MONTHS = (dt.date(2025, 11, 1), dt.date(2026, 1, 1))
"""The one before and the one after a class of December 2025."""


def look_back(
    ctx: Ctx, mark: str, people: Mapping[str, int], classes: Mapping[str, int], course_id: int
) -> None:
    """One class with a return and a draw, one whose seats are to be drawn, one asked by hand."""
    _measure(ctx, course_id)
    ctx.session.add_all(
        [
            TrainingCost(
                class_id=classes["old1"], kind=CostKind.PLACE, amount=100, noted_at=ctx.now()
            ),
            RoiAssumption(class_id=classes["old1"], months=1, remark=f"Agreed in {mark}"),
        ]
    )
    _draw(ctx, mark, people, classes["old1"])
    _wait(ctx, people, course_id)
    last = select(Curriculum).order_by(Curriculum.id.desc()).limit(1)
    curriculum_id = ctx.session.exec(last).one().id
    assert curriculum_id is not None
    ctx.session.add(
        CurriculumAssignment(
            person_id=people["officer4"],
            curriculum_id=curriculum_id,
            assigned_by=AssignedBy.HAND,
            from_on=ctx.today(),
            due_on=ctx.today() + 90 * DAY,
            made_by=people["unit"],
            made_at=ctx.now(),
            reason=f"Asked in {mark}",
        )
    )
    ctx.session.flush()


def own_work(ctx: Ctx, reviewer: int, colleague: int, course_id: int) -> None:
    """A course and a year are evaluated by one of headquarters; another is asked still."""
    year = ctx.today().year
    subject = matrices.subject_of(course_id, year)
    for stage, about in ((COURSE_MATRIX, subject), (YEAR_REVIEW, f"year:{year}")):
        _answered(ctx, stage, about, reviewer)
        _asked(ctx, stage, about, colleague)


def _measure(ctx: Ctx, course_id: int) -> None:
    """Indicators are the same everywhere; once is enough."""
    if ctx.session.exec(select(Indicator.id)).first() is not None:
        return
    row = Indicator(course_id=course_id, code="ERRORS", title="Errors found", worth=10.0)
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    for number, month in enumerate(MONTHS):
        ctx.session.add(
            IndicatorValue(
                indicator_id=row.id, month=month, figure=10.0 + number, noted_at=ctx.now()
            )
        )


def _draw(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    drawn = Lottery(class_id=class_id, drawn_at=ctx.now(), seed=f"Seed of {mark}", seats=1)
    ctx.session.add(drawn)
    ctx.session.flush()
    assert drawn.id is not None
    for place, key in enumerate(("officer1", "officer2"), 1):
        ctx.session.add(
            LotteryEntry(lottery_id=drawn.id, person_id=people[key], place=place, won=place == 1)
        )


def _wait(ctx: Ctx, people: Mapping[str, int], course_id: int) -> None:
    """Classes to come are in everybody's catalogue: nothing in it holds the mark."""
    day = ctx.today() + 20 * DAY
    held = TrainingClass(
        code=f"LOTS-{people['unit']}",
        course_id=course_id,
        starts_on=day,
        ends_on=day,
        seats=0,
        coordinator_id=people["unit"],
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    for key in ("officer5", "officer6"):
        ctx.session.add(
            Enrolment(
                class_id=held.id,
                person_id=people[key],
                state=EnrolmentState.APPROVED,
                approved_at=ctx.now(),
                changed_at=ctx.now(),
            )
        )


def _asked(ctx: Ctx, stage: Stage, subject: str, person_id: int) -> int:
    closes_at = ctx.now() + dt.timedelta(days=10)
    (row,) = ask(ctx, stage, [Asked(person_id, subject, ctx.today(), closes_at)])
    assert row.id is not None
    return row.id


def _answered(ctx: Ctx, stage: Stage, subject: str, person_id: int) -> None:
    closes_at = ctx.now() + dt.timedelta(days=10)
    (row,) = ask(ctx, stage, [Asked(person_id, subject, ctx.today(), closes_at)])
    row.state = AssignmentState.ANSWERED
    version_id = versions.current_version(ctx, stage.form)
    form = versions.definition(ctx, version_id)
    rated = {one.name: one.choices[0].code for one in form.questions if one.choices}
    ctx.session.add(
        Response(
            version_id=version_id,
            assignment_id=row.id,
            person_id=person_id,
            answers=rated,
            submitted_at=ctx.now(),
        )
    )
    ctx.session.flush()
