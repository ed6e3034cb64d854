"""What somebody has to know to decide about a request: who, which class, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from bot.context import Ctx
from bot.i18n import Texts, Words, _
from bot.models.approvals import About, Approval, Decision
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import (
    approvals,
    asking_back,
    catalogue,
    last_in_line,
    prerequisites,
    roster_cost,
    taken_before,
)
from bot.training.asking_back import Exchange
from bot.training.catalogue import ClassCard
from bot.training.roster_cost import Cost
from bot.training.taken_before import Taken

LAST_TRAININGS = 3


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list."""

    id: int
    about: About
    name: Texts
    unit: str
    course: Texts
    code: str
    starts_on: dt.date | None

    @property
    def is_postponement(self) -> bool:
        """Whether it is about putting ordered training off."""
        return self.about is About.POSTPONEMENT


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request with all that bears on the decision.

    `asked` is what was written with it, `with_whom` the name of who has it, "" for the training
    unit; `is_own` if it waits for the reader, `may_overrule` if the reader may decide it from a
    letter.
    """

    id: int
    enrolment_id: int
    about: About
    person: PersonCard
    held: ClassCard
    hours: float | None
    asked_at: dt.datetime
    asked: str
    exchanges: tuple[Exchange, ...]
    cost: Cost
    unmet: tuple[Words, ...]
    last: tuple[Taken, ...]
    decision: Decision | None
    ended: bool
    with_whom: Words
    is_own: bool
    may_overrule: bool

    @property
    def is_postponement(self) -> bool:
        """Whether it is about putting ordered training off."""
        return self.about is About.POSTPONEMENT

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.decision is None and not self.ended


def card(ctx: Ctx, approval_id: int) -> RequestCard:
    """One request, for who may decide it; refuses all others alike."""
    approval = approvals.seen(ctx, approval_id)
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    held = ctx.session.get_one(TrainingClass, row.class_id)
    return RequestCard(
        id=approval_id,
        enrolment_id=approval.enrolment_id,
        about=approval.about,
        person=directory.card(ctx.session, row.person_id),
        held=catalogue.card(ctx, row.class_id),
        hours=ctx.session.get_one(Course, held.course_id).hours,
        asked_at=approval.asked_at,
        asked=approvals.asked_words(approval),
        exchanges=asking_back.exchanges(ctx, approval),
        cost=roster_cost.of(ctx, row.person_id, held),
        unmet=prerequisites.unmet(ctx, held, row.person_id),
        last=taken_before.last(ctx, row.person_id, LAST_TRAININGS),
        decision=approval.decision,
        ended=approval.ended_at is not None,
        with_whom=with_whom(ctx, approval_id),
        is_own=approvals.is_with_actor(ctx, approval_id),
        may_overrule=access.may_about(ctx, Action.OVERRULE, row.person_id),
    )


def history(ctx: Ctx, approval_id: int) -> tuple[PersonCard, tuple[Taken, ...]]:
    """Who asks, and all that they have been trained in, for who may decide the request."""
    approval = approvals.seen(ctx, approval_id)
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    return directory.card(ctx.session, row.person_id), taken_before.last(ctx, row.person_id)


def waiting(ctx: Ctx) -> list[RequestLine]:
    """The requests that the actor is to decide, the oldest first."""
    return lines(ctx, approvals.waiting(ctx))


def with_others(ctx: Ctx) -> list[RequestLine]:
    """The requests that wait for others, and that the actor may decide from a letter."""
    return lines(ctx, approvals.with_others(ctx))


def still_to_decide(ctx: Ctx, approval_ids: Sequence[int]) -> list[RequestLine]:
    """Those of these requests that the actor is still to decide."""
    return lines(ctx, approvals.waiting(ctx).where(Approval.id.in_(approval_ids)))


def line(ctx: Ctx, approval_id: int) -> RequestLine:
    """A request in a list, whatever has become of it; who may see it has been asked before."""
    return lines(ctx, select(Approval).where(Approval.id == approval_id))[0]


def lines(ctx: Ctx, requests: Select[Approval]) -> list[RequestLine]:
    """The requests that a query finds, in its order."""
    found = ctx.session.scalars(requests).all()
    enrolments = {row.id: row for row in _enrolments(ctx, found)}
    classes = _classes(ctx, [row.class_id for row in enrolments.values()])
    people = directory.cards(
        ctx.session, [enrolments[one.enrolment_id].person_id for one in found]
    )
    return [
        _line(approval, person, *classes[enrolments[approval.enrolment_id].class_id])
        for approval, person in zip(found, people, strict=True)
    ]


def _enrolments(ctx: Ctx, found: Sequence[Approval]) -> Sequence[Enrolment]:
    ids = [approval.enrolment_id for approval in found]
    return ctx.session.scalars(select(Enrolment).where(Enrolment.id.in_(ids))).all()


def _classes(ctx: Ctx, ids: Sequence[int]) -> dict[int | None, tuple[TrainingClass, Course]]:
    rows = ctx.session.execute(
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(TrainingClass.id.in_(ids))
    )
    return {held.id: (held, course) for held, course in rows}


def _line(
    approval: Approval, person: PersonCard, held: TrainingClass, course: Course
) -> RequestLine:
    assert approval.id is not None
    return RequestLine(
        id=approval.id,
        about=approval.about,
        name=person.name,
        unit=person.unit,
        course=catalogue.title_of(course),
        code=held.code,
        starts_on=held.starts_on,
    )


def with_whom(ctx: Ctx, approval_id: int) -> Words:
    """The name of who has a request now."""
    approval = ctx.session.get_one(Approval, approval_id)
    asked = last_in_line.asked_of(ctx.session, approval)
    return directory.name_of(ctx.session, asked) if asked is not None else _("the training unit")
