"""What a round found: gaps by competency, and by position, office or cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, desc, func, or_, select, true

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, Words, _
from bot.models.needs import (
    Competency,
    CompetencyKind,
    CompetencyRating,
    Need,
    NeedsRound,
    PerformanceFigure,
    PositionLevel,
    RatedBy,
    RoundState,
)
from bot.models.people import Person, Unit
from bot.needs import positions, years
from bot.needs.tallies import Tally, added
from bot.people import access, reach
from bot.people.access_table import Action

NO_POST = _("without a post")
MOST_AT_ONCE = 5_000
"""The figures of more people than this are made as a report, beside the chat."""


class Cut(StrEnum):
    """By what a round's gaps are told apart."""

    POSITION = "position"
    UNIT = "unit"
    CLUSTER = "cluster"


CUT_WORDS: Mapping[Cut, Text] = {
    Cut.POSITION: _("by position"),
    Cut.UNIT: _("by office"),
    Cut.CLUSTER: _("by cluster"),
}


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round as those see it who read what it found."""

    id: int
    year: str
    state: RoundState
    row: NeedsRound


@dataclass(frozen=True, slots=True)
class GapRow:
    """One competency: all together, and column by column; None where nobody was rated."""

    competency_id: int
    code: str
    name: Texts
    kind: CompetencyKind
    field: str
    whole: Tally
    cells: tuple[Tally | None, ...]


@dataclass(frozen=True, slots=True)
class GapTable:
    """The gaps of a round within the reader's reach, those competencies first that lack most, and
    of the columns too.
    """

    round: RoundCard
    cut: Cut
    columns: tuple[Words, ...]
    rows: tuple[GapRow, ...]
    people: int


def latest(ctx: Ctx) -> RoundCard | None:
    """The newest round that has been opened; None before the first one."""
    found = rounds(ctx)
    return found[0] if found else None


def rounds(ctx: Ctx) -> list[RoundCard]:
    """Every round that has been opened, the newest first; refuses who may not read needs."""
    access.require(ctx, Action.READ_NEEDS)
    opened = select(NeedsRound).where(NeedsRound.state != RoundState.PLANNED)
    return [_card(row) for row in ctx.session.scalars(opened.order_by(desc(NeedsRound.plan_year)))]


def round_card(ctx: Ctx, round_id: int) -> RoundCard:
    """One round; refuses one that is not there, and who may not read needs."""
    access.require(ctx, Action.READ_NEEDS)
    row = ctx.session.get(NeedsRound, round_id)
    if row is None:
        raise Refusal(_("This survey of needs is not there any more."))
    return _card(row)


def is_quick(ctx: Ctx) -> bool:
    """Whether the actor reads about so few people that nobody waits while they are added up."""
    held = select(Person.id).where(reach.within(ctx, Action.READ_NEEDS), Person.active)
    found = ctx.session.scalars(held.limit(MOST_AT_ONCE + 1)).all()
    return len(found) <= MOST_AT_ONCE


def gaps(ctx: Ctx, round_id: int, cut: Cut = Cut.POSITION) -> GapTable:
    """The gaps of a round within the actor's reach: supervisors' ratings against what the post
    requires now, people's own beside them. Level 0, which could not be judged, is left out.
    """
    card = round_card(ctx, round_id)
    found = _by_key(ctx, round_id, cut)
    wholes = {competency: added(cells.values()) for competency, cells in found.items()}
    together: dict[Any, list[Tally]] = defaultdict(list)
    for cells in found.values():
        for key, tally in cells.items():
            together[key].append(tally)
    keys = sorted(together, key=lambda key: (-added(together[key]).missing, str(key)))
    names = _names(ctx, cut)
    rows = [
        _row(row, wholes[row.id], tuple(found[row.id].get(key) for key in keys))
        for row in ctx.session.scalars(select(Competency).order_by(Competency.code))
        if row.id in found
    ]
    rows.sort(key=lambda row: -(row.whole.lack if row.whole.lack is not None else -1.0))
    columns = tuple(names.get(key, key) or NO_POST for key in keys)
    return GapTable(card, cut, columns, tuple(rows), _people(ctx, round_id))


def by_competency(ctx: Ctx, round_id: int, *, live: bool = False) -> dict[int, Tally]:
    """The gaps of a round within the actor's reach, by competency only.

    Those of very many people are as they were when they were added up last, unless `live`; see
    `bot.needs.sums`.
    """
    row = round_card(ctx, round_id).row
    if not live and not is_quick(ctx):
        is_whole = reach.units_within(ctx, Action.READ_NEEDS) is None
        return {int(one): Tally(*sums) for one, sums in row.sums.items()} if is_whole else {}
    query = _tallies(ctx, row.id, positions.as_required(ctx.session))
    return {found[0]: Tally(*found[1:]) for found in ctx.session.execute(query)}


def needs_within(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on Need that it is of people or offices of whom the actor may read."""
    return about_within(ctx, Need, Action.READ_NEEDS)


def about_within(
    ctx: Ctx, told: type[Need] | type[PerformanceFigure], action: Action
) -> ColumnElement[bool]:
    """The same for whatever is about a person or an office, and for any action."""
    units = reach.units_within(ctx, action)
    if units is None:
        return true()
    people = select(Person.id).where(reach.within(ctx, action))
    return or_(told.person_id.in_(people), told.unit_id.in_(units))


def people_of_needs() -> ColumnElement[int]:
    """How many people grouped needs are about: each person once, and those of whole offices."""
    of_offices = func.sum(case((Need.person_id.is_(None), Need.people), else_=0))
    return func.count(Need.person_id.distinct()) + of_offices


def clusters(ctx: Ctx) -> dict[int, int]:
    """The topmost unit of every unit, by id."""
    parents = dict(ctx.session.execute(select(Unit.id, Unit.parent_id)).all())
    found: dict[int, int] = {}
    for unit_id in parents:
        top, seen = unit_id, {unit_id}
        while (above := parents.get(top)) is not None and above not in seen:
            top = above
            seen.add(above)
        found[unit_id] = top
    return found


def ratings_within(ctx: Ctx, round_id: int | None) -> ColumnElement[bool]:
    """The condition on ratings joined with their people that the actor may read them."""
    return and_(
        CompetencyRating.round_id == round_id,
        Person.active,
        ~Person.guest,
        reach.within(ctx, Action.READ_NEEDS),
    )


def _by_key(ctx: Ctx, round_id: int, cut: Cut) -> dict[int, dict[Any, Tally]]:
    post = positions.as_required(ctx.session)
    query = _tallies(ctx, round_id, post, post if cut is Cut.POSITION else Person.unit_id)
    found: dict[int, dict[Any, Tally]] = defaultdict(dict)
    top = clusters(ctx) if cut is Cut.CLUSTER else {}
    for competency, value, *sums in ctx.session.execute(query):
        where = top.get(value, value)
        known = found[competency].get(where)
        tally = Tally(*sums)
        found[competency][where] = added((known, tally)) if known else tally
    return found


def _tallies(
    ctx: Ctx, round_id: int | None, post: ColumnElement[str], key: Any = None
) -> Select[Any]:
    """Sums by competency and `key` in one pass over the ratings; `post` is what people's posts are
    called where something is required of them.
    """
    level, required = CompetencyRating.level, PositionLevel.level
    by_supervisor = CompetencyRating.source == RatedBy.SUPERVISOR
    is_below = and_(by_supervisor, level < required)

    def total(when: Any, value: Any) -> Any:
        return func.sum(case((when, value), else_=0))

    grouped = [CompetencyRating.competency_id, *([key] if key is not None else [])]
    return (
        select(
            *grouped,
            total(by_supervisor, 1),
            total(by_supervisor, level),
            total(by_supervisor, required),
            total(is_below, required - level),
            total(is_below, 1),
            total(~by_supervisor, 1),
            total(~by_supervisor, level),
        )
        .join(Person, Person.id == CompetencyRating.person_id)
        .join(
            PositionLevel,
            and_(
                PositionLevel.position == post,
                PositionLevel.competency_id == CompetencyRating.competency_id,
            ),
        )
        .where(ratings_within(ctx, round_id), level > 0)
        .group_by(*grouped)
    )


def _people(ctx: Ctx, round_id: int) -> int:
    query = (
        select(func.count(CompetencyRating.person_id.distinct()))
        .join(Person, Person.id == CompetencyRating.person_id)
        .where(
            ratings_within(ctx, round_id),
            CompetencyRating.source == RatedBy.SUPERVISOR,
            CompetencyRating.level > 0,
        )
    )
    return int(ctx.session.execute(query).scalar_one())


def _names(ctx: Ctx, cut: Cut) -> dict[Any, str]:
    if cut is Cut.POSITION:
        return {}
    return dict(ctx.session.execute(select(Unit.id, Unit.name)).all())


def _row(row: Competency, whole: Tally, cells: tuple[Tally | None, ...]) -> GapRow:
    assert row.id is not None
    return GapRow(row.id, row.code, name_of(row), row.kind, row.field, whole, cells)


def name_of(row: Competency) -> Texts:
    """What a competency is called."""
    return Texts.of({"en": row.name, **row.names})


def _card(row: NeedsRound) -> RoundCard:
    assert row.id is not None
    return RoundCard(row.id, years.label(row.plan_year), row.state, row)
