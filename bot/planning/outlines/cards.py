"""Outlines as small frozen cards, and the lists that show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.context import Ctx
from bot.i18n import Texts, Words
from bot.models.planning import (
    CourseOutline,
    OutlineReview,
    OutlineSession,
    OutlineState,
    Verdict,
)
from bot.models.training import Course, TrainingClass
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.search import fold
from bot.planning.outlines import reaching
from bot.planning.outlines.states import Act, can
from bot.training import catalogue

HANDED_IN_BY, SENT = "handed_in_by", "sent"
"""Names under which the parts keep who put the outline before the executives, and the moment at
which experts were asked: seconds, as buttons have them.
"""


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session at its place; `methods` as `words.methods_of` reads them."""

    id: int
    place: int
    title: str
    objectives: str
    methods: str
    hours: float


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """An expert, and what they found."""

    person_id: int
    name: Texts
    linked: bool
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """An outline in a list."""

    id: int
    code: str
    title: Texts
    version: int
    state: OutlineState


@dataclass(frozen=True, slots=True)
class OutlineCard:
    """Everything about an outline; `mine` if the actor may write it. `sent` to the experts and
    `handed_in` are moments by which a button knows the words that were read; 0 before.
    """

    id: int
    course_id: int
    code: str
    title: Texts
    version: int
    state: OutlineState
    parts: Mapping[str, Any]
    sessions: tuple[SessionCard, ...]
    reviews: tuple[ReviewCard, ...]
    maker: Words
    made_by: int | None
    decided_by: Words
    decided_at: dt.datetime | None
    decision: str
    sent: int
    handed_in: int
    handed_in_by: int | None
    letter_no: str
    pilot_class_id: int | None
    pilot_class: str
    pilot: Mapping[str, Any]
    review_on: dt.date | None
    mine: bool

    @property
    def hours(self) -> float:
        """The hours of all sessions."""
        return sum(session.hours for session in self.sessions)

    def can(self, act: Act) -> bool:
        """Whether the actor may do this now."""
        return self.mine and can(self.state, act)


def card(ctx: Ctx, outline_id: int) -> OutlineCard:
    """One outline; refuses everybody whom it does not concern."""
    return read(ctx, reaching.require_reader(ctx, outline_id))


def everything(ctx: Ctx, search: str = "") -> list[OutlineLine]:
    """The outlines that a member of the unit may read, by course, the newest version first.

    Only those whose code or title in any language holds every word of the search.
    """
    access.require(ctx, Action.EDIT_OUTLINES)
    return _lines(ctx, reaching.of_unit(ctx), search)


def asked(ctx: Ctx) -> list[tuple[OutlineLine, Verdict]]:
    """What the actor was asked to review, with what they found; what waits comes first."""
    rows = ctx.session.execute(
        select(CourseOutline, Course, OutlineReview.verdict)
        .join(Course, Course.id == CourseOutline.course_id)
        .join(OutlineReview, OutlineReview.outline_id == CourseOutline.id)
        .where(OutlineReview.person_id == ctx.actor.person_id, reaching.asked_of(ctx))
        .order_by(CourseOutline.id.desc())
    ).all()
    found = [(_line(row, course), verdict) for row, course, verdict in rows]
    return sorted(found, key=lambda pair: not waits(*pair))


def waits(line: OutlineLine, verdict: Verdict) -> bool:
    """Whether an expert's answer is still wanted."""
    return verdict is Verdict.ASKED and can(line.state, Act.REVIEW)


def to_decide(ctx: Ctx) -> list[OutlineLine]:
    """What waits for an executive's decision; refuses all others."""
    access.require(ctx, Action.APPROVE_OUTLINE)
    return _lines(ctx, reaching.to_decide(ctx))


def in_force(ctx: Ctx) -> list[OutlineLine]:
    """By which outlines courses are built now, for executives."""
    access.require(ctx, Action.APPROVE_OUTLINE)
    found = [OutlineState.APPROVED, OutlineState.PILOT, OutlineState.VALIDATED]
    return _lines(ctx, CourseOutline.state.in_(found))


def read(ctx: Ctx, row: CourseOutline) -> OutlineCard:
    """The card of a row, for who was asked already whether they may see it."""
    assert row.id is not None
    course = ctx.session.get_one(Course, row.course_id)
    pilot = ctx.session.get(TrainingClass, row.pilot_class_id) if row.pilot_class_id else None
    return OutlineCard(
        id=row.id,
        course_id=row.course_id,
        code=course.code,
        title=catalogue.title_of(course),
        version=row.version,
        state=row.state,
        parts=dict(row.parts),
        sessions=tuple(sessions(ctx, row.id)),
        reviews=tuple(_reviews(ctx, row.id)),
        maker=_name(ctx, row.made_by),
        made_by=row.made_by,
        decided_by=_name(ctx, row.decided_by),
        decided_at=row.decided_at,
        decision=row.decision,
        sent=row.parts.get(SENT, 0),
        handed_in=handed_in(row),
        handed_in_by=row.parts.get(HANDED_IN_BY),
        letter_no=row.letter_no,
        pilot_class_id=row.pilot_class_id,
        pilot_class=pilot.code if pilot is not None else "",
        pilot=dict(row.pilot),
        review_on=row.review_on,
        mine=reaching.may_write(ctx, row),
    )


def handed_in(row: CourseOutline) -> int:
    """The moment at which an outline was handed in, as buttons have it."""
    return int(row.submitted_at.timestamp()) if row.submitted_at is not None else 0


def sessions(ctx: Ctx, outline_id: int) -> list[SessionCard]:
    """The sessions of an outline in their order."""
    rows = ctx.session.scalars(
        select(OutlineSession)
        .where(OutlineSession.outline_id == outline_id)
        .order_by(OutlineSession.place, OutlineSession.id)
    )
    return [
        SessionCard(row.id, row.place, row.title, row.objectives, row.methods, row.hours)
        for row in rows
    ]


def _reviews(ctx: Ctx, outline_id: int) -> list[ReviewCard]:
    rows = ctx.session.scalars(
        select(OutlineReview)
        .where(OutlineReview.outline_id == outline_id)
        .order_by(OutlineReview.at, OutlineReview.person_id)
    ).all()
    people = directory.cards(ctx.session, [row.person_id for row in rows])
    return [
        ReviewCard(row.person_id, person.name, person.linked, row.verdict, row.words)
        for row, person in zip(rows, people, strict=True)
    ]


def _lines(ctx: Ctx, allowed: ColumnElement[bool], search: str = "") -> list[OutlineLine]:
    wanted = fold(search).split()
    rows = ctx.session.execute(
        select(CourseOutline, Course)
        .join(Course, Course.id == CourseOutline.course_id)
        .where(allowed)
        .order_by(Course.code, CourseOutline.version.desc())
    )
    return [
        _line(row, course)
        for row, course in rows
        if all(word in _searched(course) for word in wanted)
    ]


def _searched(course: Course) -> str:
    return fold(" ".join((course.code, course.title, *course.titles.values())))


def _line(row: CourseOutline, course: Course) -> OutlineLine:
    assert row.id is not None
    return OutlineLine(row.id, course.code, catalogue.title_of(course), row.version, row.state)


def _name(ctx: Ctx, person_id: int | None) -> Words:
    return directory.name_of(ctx.session, person_id) if person_id is not None else ""
