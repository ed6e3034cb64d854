"""Giving people a form to answer, each once per stage, subject and occasion; telling them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.evaluation.assignments import LIFTED_BY_ITSELF, due_key
from bot.evaluation.stages import Stage, class_subject
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.training import TrainingClass


@dataclass(frozen=True, slots=True)
class Asked:
    """One person to ask: about what, for which date, until when; `about_id` is the person it is
    about, `form` the one to use instead of the stage's own.
    """

    person_id: int
    subject: str
    occasion: dt.date
    closes_at: dt.datetime
    class_id: int | None = None
    about_id: int | None = None
    form: str = ""


def give(
    ctx: Ctx,
    stage: Stage,
    held: TrainingClass,
    asked: Sequence[tuple[int, dt.datetime]],
    *,
    anonymous: bool,
) -> list[Assignment]:
    """Ask people (id, closing time) about a class, once per occasion; those newly asked."""
    assert held.ends_on is not None, "a class without dates does not end"
    subject = class_subject(held.id)
    return ask(
        ctx,
        stage,
        [
            Asked(person_id, subject, held.ends_on, closes_at, held.id)
            for person_id, closes_at in asked
        ],
        anonymous=anonymous,
    )


def ask(
    ctx: Ctx, stage: Stage, wanted: Sequence[Asked], *, anonymous: bool = False
) -> list[Assignment]:
    """Ask people for a form, each once per subject and occasion; those newly asked.

    What had been lifted because the class moved, or a person left it, is opened again.
    """
    earlier = _earlier(ctx, stage, wanted)
    given: list[Assignment] = []
    for one in wanted:
        found = earlier.get((one.person_id, one.subject), [])
        if not all(may_ask_again(old, one.occasion) for old in found):
            continue
        row = next((old for old in found if old.occasion == one.occasion), None)
        row = row or _new(ctx, stage, one)
        row.state, row.reason, row.anonymous = AssignmentState.OPEN, "", anonymous
        row.form = one.form or stage.form
        row.opens_at, row.closes_at = ctx.now(), one.closes_at
        given.append(row)
    ctx.session.add_all(given)
    ctx.session.flush()
    return given


def _earlier(
    ctx: Ctx, stage: Stage, wanted: Sequence[Asked]
) -> dict[tuple[int, str], list[Assignment]]:
    """Every assignment there ever was at one stage about these subjects, by person."""
    rows: dict[tuple[int, str], list[Assignment]] = {}
    subjects, people = {one.subject for one in wanted}, {one.person_id for one in wanted}
    for row in ctx.session.scalars(
        select(Assignment).where(
            Assignment.stage == stage.name,
            Assignment.subject.in_(subjects),
            Assignment.person_id.in_(people),
        )
    ):
        rows.setdefault((row.person_id, row.subject), []).append(row)
    return rows


def _new(ctx: Ctx, stage: Stage, one: Asked) -> Assignment:
    return Assignment(
        person_id=one.person_id,
        stage=stage.name,
        subject=one.subject,
        occasion=one.occasion,
        form=one.form or stage.form,
        class_id=one.class_id,
        about_id=one.about_id,
        opens_at=ctx.now(),
        closes_at=one.closes_at,
    )


def tell(ctx: Ctx, kind: NoticeKind, given: Sequence[Assignment]) -> None:
    """Tell people what they are asked, as long as they can answer."""
    outbox.tell_all(
        ctx,
        kind,
        [
            Notice(
                row.person_id,
                {"assignment": row.id},
                due_key(row.id),
                useful_until=row.closes_at,
            )
            for row in given
        ],
    )


def count_asked(ctx: Ctx, class_id: int, *stages: str) -> int:
    """How many questionnaires of these stages were given about a class and not taken back."""
    query = select(func.count()).where(
        Assignment.class_id == class_id,
        Assignment.stage.in_(stages),
        Assignment.state != AssignmentState.RECALLED,
    )
    return int(ctx.session.execute(query).scalar_one())


def may_ask_again(old: Assignment, occasion: dt.date) -> bool:
    """Whether an earlier assignment leaves room for a new one on `occasion`."""
    if old.state is not AssignmentState.RECALLED:
        return False
    return old.reason in LIFTED_BY_ITSELF or old.occasion != occasion
