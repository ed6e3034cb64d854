"""What a participant and their supervisor say of the same work, side by side.

Ratings only: what helps or hinders a participant, and words, are not for their supervisor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from bot import audit
from bot.context import Ctx
from bot.evaluation import behaviours, behaviours_asked
from bot.evaluation.follow_ups import ASKED_ALIKE, REPORTS
from bot.evaluation.stages import (
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_SUPERVISOR,
    Stage,
)
from bot.i18n import Text, Texts, Words, _
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import catalogue


@dataclass(frozen=True, slots=True)
class Timing:
    """One round of follow-ups: `months` after the class, and who is asked at which stage."""

    months: int
    own: Stage
    supervisor: Stage
    title: Text


TIMINGS = (
    Timing(1, FOLLOW_UP_PARTICIPANT, FOLLOW_UP_SUPERVISOR, _("One month after the class")),
    Timing(3, FOLLOW_UP_3_PARTICIPANT, FOLLOW_UP_3_SUPERVISOR, _("Three months after the class")),
    Timing(6, FOLLOW_UP_6_PARTICIPANT, FOLLOW_UP_6_SUPERVISOR, _("Six months after the class")),
)
ALIKE: dict[str, Text] = {
    "content_relevance": _("The content matters for the work"),
    "work_performance": _("The work has become better"),
    "confidence": _("What was learned is used with confidence"),
}
OWN_SIDE = frozenset(timing.own.name for timing in TIMINGS)
READABLE = (*OWN_SIDE, *(stage.name for stage in REPORTS))
BY_STAGE = {stage.name: timing for timing in TIMINGS for stage in (timing.own, timing.supervisor)}


@dataclass(slots=True)
class Pair:
    """One officer after one class: the answers of both, None where one is lacking."""

    class_id: int
    person_id: int
    timing: Timing
    own: dict[str, Any] | None = None
    supervisor: dict[str, Any] | None = None
    latest: dt.datetime | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """One rating of both, 1 to 5; `key` is a question's name or a behaviour's number."""

    key: str | int
    label: Words
    own: int | None
    supervisor: int | None


@dataclass(frozen=True, slots=True)
class PersonPair:
    """One officer after one class, for a reader: ratings side by side."""

    person: PersonCard
    title: Texts
    class_code: str
    timing: Timing
    own_answered: bool
    supervisor_answered: bool
    lines: tuple[Beside, ...]


def pairs(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> list[Pair]:
    """The answers about some classes (ids or a query of them), of officers for whom `whom`, a
    condition on Person, holds; whoever asks. Of two answers at one stage the later one counts.
    """
    officer = func.coalesce(Response.about_id, Response.person_id)
    rows = ctx.session.execute(
        select(
            Assignment.stage, Response.class_id, Person.id, Response.answers, Response.submitted_at
        )
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == officer)
        .where(Response.class_id.in_(class_ids), Assignment.stage.in_(BY_STAGE), whom)
        .order_by(Response.submitted_at, Response.id)
    )
    found: dict[tuple[int, int, int], Pair] = {}
    for stage, class_id, person_id, answers, submitted_at in rows:
        timing = BY_STAGE[stage]
        key = (class_id, person_id, timing.months)
        pair = found.setdefault(key, Pair(class_id, person_id, timing))
        if stage in OWN_SIDE:
            pair.own = answers
        else:
            pair.supervisor = answers
        pair.latest = submitted_at
    return list(found.values())


def team(ctx: Ctx) -> list[tuple[PersonCard, int]]:
    """Whom of their own team a supervisor can read follow-ups about, by name: with how many."""
    access.require(ctx, Action.SEE_TEAM)
    led = reach.within(ctx, Action.SEE_TEAM)
    officer = func.coalesce(Response.about_id, Response.person_id)
    rows = ctx.session.execute(
        select(Person.id, func.count())
        .join(Response, officer == Person.id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(led, Person.active, Assignment.stage.in_(READABLE))
        .group_by(Person.id, Person.full_name)
        .order_by(Person.full_name, Person.id)
    ).all()
    cards = directory.cards(ctx.session, [person_id for person_id, _count in rows])
    return [(card, count) for card, (_person_id, count) in zip(cards, rows, strict=True)]


def of_person(ctx: Ctx, person_id: int) -> list[PersonPair]:
    """Every follow-up of one officer, the newest first; refuses readers out of reach."""
    directory.require_card(ctx, person_id, Action.READ_FOLLOW_UPS)
    classes = select(Response.class_id).where(
        or_(Response.about_id == person_id, Response.person_id == person_id)
    )
    found = pairs(ctx, classes, Person.id == person_id)
    if found and person_id != ctx.actor.person_id:
        audit.record(ctx, "follow_ups.compared", "person", person_id)
    return described(ctx, sorted(found, key=_newest))


def of_class(ctx: Ctx, class_id: int) -> list[PersonPair]:
    """The officers of a class within the actor's reach, by name and time since the class."""
    access.require(ctx, Action.READ_FOLLOW_UPS)
    found = pairs(ctx, [class_id], reach.within(ctx, Action.READ_FOLLOW_UPS))
    shown = described(ctx, found)
    if shown:
        audit.record(ctx, "follow_ups.compared", "class", class_id)
    return sorted(shown, key=lambda one: (one.person.name.best("en"), one.timing.months))


def described(ctx: Ctx, found: Iterable[Pair]) -> list[PersonPair]:
    """Pairs with the words that they are shown with."""
    given = list(found)
    titles = _titles(ctx, {pair.class_id for pair in given})
    cards = directory.cards(ctx.session, [pair.person_id for pair in given])
    words = behaviours.wordings(ctx, {key for pair in given for key in _behaviours(pair)})
    return [
        PersonPair(
            card,
            *titles[pair.class_id],
            pair.timing,
            pair.own is not None,
            pair.supervisor is not None,
            tuple(beside(pair, words)),
        )
        for pair, card in zip(given, cards, strict=True)
    ]


def beside(pair: Pair, words: dict[int, Texts]) -> list[Beside]:
    """The ratings of one pair: first what all are asked, then the behaviours."""
    own, other = pair.own or {}, pair.supervisor or {}
    lines = [
        Beside(name, ALIKE[name], _step(own, name), _step(other, name)) for name in ASKED_ALIKE
    ]
    of_own, of_other = behaviours_asked.ratings(own), behaviours_asked.ratings(other)
    lines += [
        Beside(number, words.get(number, "—"), of_own.get(number), of_other.get(number))
        for number in _behaviours(pair)
    ]
    return lines


def _behaviours(pair: Pair) -> list[int]:
    """The behaviours that either was asked about and rated, in the order they were asked in."""
    asked = [
        behaviours_asked.ratings(answers) for answers in (pair.own, pair.supervisor) if answers
    ]
    return list(dict.fromkeys(number for ratings in asked for number in ratings))


def _step(answers: dict[str, Any], name: str) -> int | None:
    code = str(answers.get(name) or "")
    return int(code) if code in behaviours_asked.SCALE else None


def _newest(pair: Pair) -> float:
    return -pair.latest.timestamp() if pair.latest is not None else 0.0


def _titles(ctx: Ctx, class_ids: set[int]) -> dict[int, tuple[Texts, str]]:
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(TrainingClass.id.in_(class_ids))
    )
    return {class_id: (catalogue.title_of(course), code) for class_id, code, course in rows}
