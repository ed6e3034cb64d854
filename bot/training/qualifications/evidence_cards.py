"""Certificates that were sent, as small frozen cards: for who sent them and for the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, desc, func, select, true

from bot.context import Ctx
from bot.i18n import Text, Texts, Words, _
from bot.models.people import Person
from bot.models.qualifications import Evidence, EvidenceState
from bot.models.records import TrainingRecord
from bot.models.training import Course
from bot.people import directory, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.people.search import fold
from bot.training import catalogue
from bot.training.qualifications import early, evidence, evidence_records, own_certificates

STATE_WORDS: Mapping[EvidenceState, Text] = {
    EvidenceState.SENT: _("waits for the training unit"),
    EvidenceState.CONFIRMED: _("confirmed"),
    EvidenceState.REFUSED: _("not confirmed"),
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A certificate in a list."""

    id: int
    name: Texts
    title: str
    state: EvidenceState


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A certificate; `counts_as` and `counts_from` are the course or title it was confirmed as,
    and the day. `file` is None once the picture is kept no longer.
    """

    id: int
    person: PersonCard
    title: str
    completed_on: dt.date | None
    sent_at: dt.datetime
    state: EvidenceState
    reason: str
    counts_as: Words
    counts_from: dt.date | None
    file: int | None
    is_photo: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has decided about it yet."""
        return self.state is EvidenceState.SENT


def mine(ctx: Ctx) -> list[EvidenceLine]:
    """What the actor has sent, the newest first."""
    return _lines(ctx, Evidence.person_id == ctx.actor.person_id, desc(Evidence.id))


def waiting(ctx: Ctx) -> list[EvidenceLine]:
    """What the actor is to decide about, the oldest first."""
    return _lines(ctx, _to_decide(ctx), Evidence.id)


def is_desk(ctx: Ctx) -> bool:
    """Whether deciding is the actor's work, and not only where a certificate is left to them."""
    units = reach.units_within(ctx, Action.CONFIRM_EVIDENCE)
    return units is None or bool(units) or bool(count_waiting(ctx))


def count_waiting(ctx: Ctx) -> int:
    """How many certificates the actor is to decide about."""
    count = (
        select(func.count())
        .select_from(Evidence)
        .join(Person, Person.id == Evidence.person_id)
        .where(_to_decide(ctx))
    )
    return int(ctx.session.execute(count).scalar_one())


def card(ctx: Ctx, evidence_id: int) -> EvidenceCard:
    """One certificate, for who sent it and the members of the unit who decide about them."""
    row = evidence.require_readable(ctx, evidence_id)
    counts_as, counts_from = _counted(ctx, row.record_id)
    assert row.id is not None
    return EvidenceCard(
        id=row.id,
        person=directory.card(ctx.session, row.person_id),
        title=row.title,
        completed_on=row.completed_on,
        sent_at=row.sent_at,
        state=row.state,
        reason=row.reason,
        counts_as=counts_as,
        counts_from=counts_from,
        file=row.blob_id if evidence_records.has_file(ctx, row.blob_id) else None,
        is_photo=row.is_photo,
    )


def too_early(ctx: Ctx, evidence_id: int) -> list[Words]:
    """What a confirmed certificate does not renew yet, and from which day on it would."""
    row = evidence.require_readable(ctx, evidence_id)
    record = ctx.session.get(TrainingRecord, row.record_id) if row.record_id is not None else None
    if record is None:
        return []
    what = record.course_id if record.course_id is not None else fold(record.title)
    return early.renews_nothing(ctx, row.person_id, what, record.completed_on)


def _to_decide(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on Evidence and Person that the actor is to decide about it."""
    return and_(
        Evidence.state == EvidenceState.SENT,
        true() if _is_alone(ctx) else Evidence.person_id != ctx.actor.person_id,
        Person.active,
        reach.within(ctx, Action.CONFIRM_EVIDENCE),
    )


def _is_alone(ctx: Ctx) -> bool:
    """Whether there is nobody else to decide about the actor's own certificates."""
    own = ctx.session.get(Person, ctx.actor.person_id) if ctx.actor.person_id else None
    return own is not None and own_certificates.is_left_alone(ctx.session, own)


def _lines(ctx: Ctx, which: ColumnElement[bool], order: Any) -> list[EvidenceLine]:
    rows = ctx.session.execute(
        select(Evidence, Person)
        .join(Person, Person.id == Evidence.person_id)
        .where(which)
        .order_by(order)
    )
    return [
        EvidenceLine(row.id, directory.names_of(person), row.title, row.state)
        for row, person in rows
        if row.id is not None
    ]


def _counted(ctx: Ctx, record_id: int | None) -> tuple[Words, dt.date | None]:
    record = ctx.session.get(TrainingRecord, record_id) if record_id is not None else None
    if record is None:
        return "", None
    if record.course_id is None:
        return record.title, record.completed_on
    course = ctx.session.get_one(Course, record.course_id)
    return catalogue.title_of(course), record.completed_on
