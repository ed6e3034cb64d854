"""What only the training unit sees of a class: how it is entered, who waits, what collides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.i18n import Texts, Words
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from bot.training import clashes, class_reach, foreign_offers, trainers
from bot.training.course_fields import Mode

S = EnrolmentState


@dataclass(frozen=True, slots=True)
class ClassDetails:
    """Facts beside those of the card; blank ones are empty. `undecided` have asked for a place or
    are nominated, `warnings` name classes that need the same trainer or place.
    """

    entry: Entry
    order_no: str
    enrol_by: dt.date | None
    least_trainees: int
    language: str
    cohort: str
    bring: str
    backup: Texts | str
    waiting: int
    undecided: int
    interested: int
    is_foreign: bool
    offer: Mapping[str, str]
    closed: bool
    copied_from: str
    warnings: tuple[Words, ...]


def of_class(ctx: Ctx, class_id: int) -> ClassDetails:
    """The details of a class; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    counts = _counts(ctx, class_id)
    return ClassDetails(
        entry=held.entry,
        order_no=held.order_no,
        enrol_by=held.enrol_by,
        least_trainees=held.least_trainees,
        language=held.language,
        cohort=held.cohort,
        bring=held.bring,
        backup=trainers.name_of(ctx.session, held.backup_trainer_id),
        waiting=counts.get(S.APPROVED, 0),
        undecided=counts.get(S.REQUESTED, 0) + counts.get(S.NOMINATED, 0),
        interested=counts.get(S.INTERESTED, 0),
        is_foreign=ctx.session.get_one(Course, held.course_id).mode == Mode.FOREIGN,
        offer=foreign_offers.known(held),
        closed=held.closed_at is not None,
        copied_from=_code_of(ctx, held.from_class_id),
        warnings=clashes.of_class(ctx, held),
    )


def _counts(ctx: Ctx, class_id: int) -> dict[EnrolmentState, int]:
    query = (
        select(Enrolment.state, func.count())
        .where(Enrolment.class_id == class_id)
        .group_by(Enrolment.state)
    )
    return {state: int(count) for state, count in ctx.session.execute(query)}


def _code_of(ctx: Ctx, class_id: int | None) -> str:
    held = ctx.session.get(TrainingClass, class_id) if class_id is not None else None
    return held.code if held is not None else ""
