"""What a typed question about qualifications is about: which one, and at which offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Unit
from bot.models.qualifications import Curriculum
from bot.models.training import Course
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.training import catalogue
from bot.training.qualifications import question
from bot.training.qualifications.curriculum_cards import title_of
from bot.training.qualifications.question import Named

MOST_OFFICES = MOST_PEOPLE = 4
GONE = _("This is not in the catalogue any more.")


class Kind(StrEnum):
    """What somebody may be qualified in; the value stands in buttons."""

    CURRICULUM = "k"
    COURSE = "c"


@dataclass(frozen=True, slots=True)
class Subject:
    """A curriculum, or a course that counts as completed or not."""

    kind: Kind
    id: int
    code: str
    title: Texts


Where: TypeAlias = tuple[int, ...]
"""Offices by id, with what belongs to them; none means wherever the actor may see."""
People: TypeAlias = tuple[int, ...]
"""People by id who are asked about; none means everybody."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question asks: one subject, or several of which one has to be chosen; where or, if
    people are named, about whom; and the words that nothing is known of. `is_question` if it
    surely asks for this.
    """

    subjects: tuple[Subject, ...]
    where: Where
    people: People
    unknown: tuple[str, ...]
    is_question: bool


def understand(ctx: Ctx, typed: str) -> Understood:
    """What typed words ask about; people are looked for within the actor's reach only."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    subjects, offices = _subjects(ctx), _offices(ctx)
    names = [name for one in subjects for name in one.names]
    asked = question.read(typed, [*names, *(name for one in offices for name in one.names)])
    about = question.best(asked.words, subjects)
    left = [word for word in asked.words if word not in about.words]
    where = question.best(left, offices)
    unknown = tuple(word for word in left if word not in where.words)
    people = _people(ctx, unknown, where.keys)
    means_some = bool(about.keys or people)
    return Understood(
        subjects=_preferred(about.keys),
        where=() if people else where.keys[:MOST_OFFICES],
        people=people,
        unknown=() if people else unknown,
        is_question=(asked.says_qualified and (asked.says_who or means_some))
        or (asked.says_who and bool(about.keys)),
    )


def overheard(ctx: Ctx, typed: str) -> Understood | None:
    """What words that nobody asked for ask about; None where they surely do not.

    Most of them say nothing that such a question says: for those nothing is read.
    """
    if not question.may_ask(typed):
        return None
    found = understand(ctx, typed)
    return found if found.is_question else None


def subject(ctx: Ctx, kind: Kind, about: int) -> Subject:
    """What a button names; refuses what is gone."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    if kind is Kind.CURRICULUM:
        row = ctx.session.get(Curriculum, about)
        if row is not None:
            return Subject(kind, about, row.code, title_of(row))
    else:
        course = ctx.session.get(Course, about)
        if course is not None:
            return Subject(kind, about, course.code, catalogue.title_of(course))
    raise Refusal(GONE)


def _subjects(ctx: Ctx) -> list[Named[Subject]]:
    curricula = ctx.session.scalars(
        select(Curriculum).where(Curriculum.active).order_by(Curriculum.code)
    )
    courses = ctx.session.scalars(select(Course).order_by(Course.code))
    return [
        *(
            _named(Subject(Kind.CURRICULUM, row.id, row.code, title_of(row)), row.titles)
            for row in curricula
            if row.id is not None
        ),
        *(
            _named(Subject(Kind.COURSE, row.id, row.code, catalogue.title_of(row)), row.titles)
            for row in courses
            if row.id is not None
        ),
    ]


def _named(one: Subject, titles: Mapping[str, str]) -> Named[Subject]:
    return Named(one, (one.code, one.title.best("en"), *titles.values()))


def _offices(ctx: Ctx) -> list[Named[int]]:
    rows = ctx.session.execute(select(Unit.id, Unit.name).order_by(Unit.path))
    return [Named(unit_id, (name,)) for unit_id, name in rows]


def _people(ctx: Ctx, words: Sequence[str], where: Where) -> People:
    """Those whom the words name, at these offices if any of them is there, if they are few."""
    if not words:
        return ()
    found = directory.find(ctx, " ".join(words), Action.SEE_QUALIFICATIONS)
    offices = reach.units_below(ctx.session, where)
    there = [card for card in found if card.unit_id in offices] or found
    return tuple(card.id for card in there) if len(there) <= MOST_PEOPLE else ()


def _preferred(found: Sequence[Subject]) -> tuple[Subject, ...]:
    """A curriculum says until when, so it comes before a course that is called the same."""
    curricula = tuple(one for one in found if one.kind is Kind.CURRICULUM)
    return curricula or tuple(found)
