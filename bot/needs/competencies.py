"""Competencies: what somebody can do, and the behaviour that shows each level of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.needs import (
    Competency,
    CompetencyKind,
    CompetencyLevel,
    PositionLevel,
)
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold

MOST_LEVELS = 7
USUAL_LEVELS = 5
"""How many levels a competency has of which none is described yet."""
IN_ORDER = (Competency.active.desc(), Competency.kind, Competency.field, Competency.code)
GONE = _("This competency is not there any more.")


@dataclass(frozen=True, slots=True)
class CompetencyLine:
    """A competency in a list; levels go from 1 to `highest`."""

    id: int
    code: str
    name: Texts
    kind: CompetencyKind
    field: str
    active: bool
    highest: int


@dataclass(frozen=True, slots=True)
class CompetencyCard:
    """A competency with the behaviour that shows each level; `posts` require it."""

    line: CompetencyLine
    behaviours: tuple[Texts, ...]
    posts: int


def find(ctx: Ctx, search: str = "") -> list[CompetencyLine]:
    """Competencies whose code, field or name in any language holds every word; retired ones last.

    Refuses who reads nothing of needs.
    """
    access.require(ctx, Action.READ_NEEDS)
    return matching(ctx.session, search)


def matching(session: Session, search: str) -> list[CompetencyLine]:
    """The same for services that have asked before who may read them."""
    wanted = fold(search).split()
    rows = session.scalars(select(Competency).order_by(*IN_ORDER)).all()
    found = [row for row in rows if all(word in _words(row) for word in wanted)]
    return lines_of(session, found)


def card(ctx: Ctx, competency_id: int) -> CompetencyCard:
    """One competency; refuses one that is not there, and who reads nothing of needs."""
    access.require(ctx, Action.READ_NEEDS)
    return described(ctx.session, competency_id)


def codes(session: Session) -> dict[str, int]:
    """The id of every competency by its code."""
    return dict(session.execute(select(Competency.code, Competency.id)).all())


def row_of(session: Session, competency_id: int) -> Competency:
    """The row of a competency; refuses one that is not there."""
    row = session.get(Competency, competency_id)
    if row is None:
        raise Refusal(GONE)
    return row


def lines_of(session: Session, rows: Collection[Competency]) -> list[CompetencyLine]:
    """Competencies as in a list, in the order given."""
    highest = highest_of(session)
    return [_line(row, highest.get(id_of(row), USUAL_LEVELS)) for row in rows]


def highest_of(session: Session) -> dict[int, int]:
    """The highest level of each competency of which any is described."""
    query = select(CompetencyLevel.competency_id, func.max(CompetencyLevel.level))
    return dict(session.execute(query.group_by(CompetencyLevel.competency_id)).all())


def highest(session: Session, competency_id: int) -> int:
    """The highest level of one competency."""
    query = select(func.max(CompetencyLevel.level))
    found = session.scalars(query.where(CompetencyLevel.competency_id == competency_id)).one()
    return found or USUAL_LEVELS


def described(session: Session, competency_id: int) -> CompetencyCard:
    """One competency, for services that have asked before who may read it."""
    row = row_of(session, competency_id)
    levels = levels_of(session, [competency_id])[competency_id]
    posts = select(func.count()).where(PositionLevel.competency_id == competency_id)
    return CompetencyCard(
        _line(row, max(levels, default=USUAL_LEVELS)),
        tuple(behaviour_of(levels[level]) for level in sorted(levels)),
        int(session.execute(posts).scalar_one()),
    )


def name_of(row: Competency) -> Texts:
    """What a competency is called, for readers of every language."""
    return Texts.of({"en": row.name, **row.names})


def behaviour_of(row: CompetencyLevel) -> Texts:
    """What shows a level, for readers of every language."""
    return Texts.of({"en": row.behaviour, **row.behaviours})


def id_of(row: Competency) -> int:
    """The id of a row that is stored."""
    assert row.id is not None
    return row.id


def _line(row: Competency, highest: int) -> CompetencyLine:
    return CompetencyLine(
        id_of(row), row.code, name_of(row), row.kind, row.field, row.active, highest
    )


def levels_of(
    session: Session, competency_ids: Collection[int]
) -> dict[int, dict[int, CompetencyLevel]]:
    """The described levels of these competencies, by competency and level."""
    found: dict[int, dict[int, CompetencyLevel]] = defaultdict(dict)
    query = select(CompetencyLevel).where(CompetencyLevel.competency_id.in_(competency_ids))
    for row in session.scalars(query):
        found[row.competency_id][row.level] = row
    return found


def _words(row: Competency) -> str:
    return fold(" ".join([row.code, row.name, row.field, *row.names.values()]))
