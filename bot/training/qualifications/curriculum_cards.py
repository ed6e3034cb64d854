"""Curricula as small frozen cards: what has to be completed, and for how long it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person
from bot.models.qualifications import Curriculum, CurriculumItem, ExpiryRule, Qualification
from bot.models.training import Course
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import catalogue

MANY = 10_000
"""So many rows at most are counted while somebody waits for a page."""
NOT_THERE = _("This qualification is not there any more.")


@dataclass(frozen=True, slots=True)
class CurriculumLine:
    """A curriculum in a list; one that is not `active` was retired."""

    id: int
    code: str
    title: Texts
    active: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A course of a curriculum."""

    course_id: int
    code: str
    title: Texts
    optional: bool


@dataclass(frozen=True, slots=True)
class CurriculumCard:
    """A curriculum with everything that is said of it. Without `valid_months` and a fixed day it
    never ends; `holders` counts those who have earned it and are on the roster, no further than
    one above `MANY`.
    """

    id: int
    code: str
    title: Texts
    items: tuple[ItemLine, ...]
    needed: int | None
    valid_months: int | None
    expiry_rule: ExpiryRule
    fixed_day: str
    min_months: int
    window_days: int
    grace_days: int
    renewed_by: CurriculumLine | None
    active: bool
    holders: int

    @property
    def ends(self) -> bool:
        """Whether what is earned by it ends one day."""
        return self.valid_months is not None or self.expiry_rule is ExpiryRule.FIXED


def title_of(curriculum: Curriculum) -> Texts:
    """A curriculum's title for readers of every language."""
    return Texts.of({"en": curriculum.title, **curriculum.titles})


def line_of(session: Session, curriculum_id: int) -> CurriculumLine:
    """One curriculum as in a list, for services; an unknown id is a bug."""
    return _line(session.get_one(Curriculum, curriculum_id))


def lines_of(session: Session, curriculum_ids: Collection[int]) -> dict[int, CurriculumLine]:
    """The same of several, by id."""
    rows = session.scalars(select(Curriculum).where(Curriculum.id.in_(curriculum_ids)))
    return {line.id: line for line in map(_line, rows)}


def find(ctx: Ctx, search: str = "") -> list[CurriculumLine]:
    """Curricula whose code or title in any language holds every word; retired ones at the end."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    wanted = fold(search).split()
    rows = ctx.session.scalars(
        select(Curriculum).order_by(Curriculum.active.desc(), Curriculum.code)
    )
    return [_line(row) for row in rows if all(word in _words(row) for word in wanted)]


def card(ctx: Ctx, curriculum_id: int) -> CurriculumCard:
    """One curriculum; refuses one that is not there."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    row = row_of(ctx, curriculum_id)
    after = row.renewed_by_id
    return CurriculumCard(
        id=curriculum_id,
        code=row.code,
        title=title_of(row),
        items=items_of(ctx.session, curriculum_id),
        needed=row.needed,
        valid_months=row.valid_months,
        expiry_rule=row.expiry_rule,
        fixed_day=row.fixed_day,
        min_months=row.min_months,
        window_days=row.window_days,
        grace_days=row.grace_days,
        renewed_by=line_of(ctx.session, after) if after is not None else None,
        active=row.active,
        holders=_holders(ctx, curriculum_id),
    )


def items_of(session: Session, curriculum_id: int) -> tuple[ItemLine, ...]:
    """The courses of a curriculum in their order."""
    rows = session.execute(
        select(Course, CurriculumItem.optional)
        .join(CurriculumItem, CurriculumItem.course_id == Course.id)
        .where(CurriculumItem.curriculum_id == curriculum_id)
        .order_by(CurriculumItem.place, Course.id)
    )
    return tuple(
        ItemLine(course.id, course.code, catalogue.title_of(course), optional)
        for course, optional in rows
        if course.id is not None
    )


def by_code(ctx: Ctx, code: str) -> int:
    """The id of the curriculum with this code; refuses one that is not there."""
    query = select(Curriculum.id).where(Curriculum.code == code.strip())
    found = ctx.session.scalars(query).first()
    if found is None:
        raise Refusal(_("There is no qualification {code}. Choose one from the list.", code=code))
    return found


def row_of(ctx: Ctx, curriculum_id: int) -> Curriculum:
    """The row of a curriculum, for services; refuses one that is not there."""
    row = ctx.session.get(Curriculum, curriculum_id)
    if row is None:
        raise Refusal(NOT_THERE)
    return row


def _holders(ctx: Ctx, curriculum_id: int) -> int:
    held = (
        select(Qualification.id)
        .join(Person, Person.id == Qualification.person_id)
        .where(Qualification.curriculum_id == curriculum_id, Qualification.current, Person.active)
        .limit(MANY + 1)
    )
    count = select(func.count()).select_from(held.subquery())
    return int(ctx.session.execute(count).scalar_one())


def _line(row: Curriculum) -> CurriculumLine:
    assert row.id is not None
    return CurriculumLine(row.id, row.code, title_of(row), row.active)


def _words(row: Curriculum) -> str:
    return fold(" ".join((row.code, row.title, *row.titles.values())))
