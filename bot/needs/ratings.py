"""At which level people work: as their supervisor rates them in a round, and as they do.

A gap is the level that the post requires less the level the supervisor gave. Level 0 says that
it could not be judged, and makes no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.db import insert_missing
from bot.errors import Refusal
from bot.i18n import _
from bot.models.needs import (
    Competency,
    CompetencyRating,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
)
from bot.models.people import Person
from bot.needs import competencies, positions, rounds
from bot.needs.matrix import Cell, Matrix
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard

NOT_OPEN = _("The survey of needs is not open now, so nobody is rated.")
NOT_ASKED = _("The post does not require this competency. Open the list again.")


def require_open_round(session: Session) -> NeedsRound:
    """The round in which people are rated now; refuses while none is open."""
    row = rounds.open_round(session)
    if row is None:
        raise Refusal(NOT_OPEN)
    return row


def matrix(ctx: Ctx, round_id: int, supervisor: int | None = None) -> Matrix:
    """The team of a supervisor, by default the actor's own, as a round has it.

    Refuses the team of somebody about whom the actor may read no needs.
    """
    if supervisor is None or supervisor == ctx.actor.person_id:
        access.require(ctx, Action.RATE)
        supervisor = ctx.actor.person_id
    else:
        access.require(ctx, Action.READ_NEEDS, supervisor)
    whose = _led_by(ctx, supervisor)
    cells = _cells(ctx.session, round_id, whose)
    wanted = {competency_id for _person, competency_id in cells}
    rows = ctx.session.scalars(
        select(Competency).where(Competency.id.in_(wanted)).order_by(*competencies.IN_ORDER)
    ).all()
    return Matrix(
        round_id,
        tuple(_people(ctx.session, whose, {person_id for person_id, _competency in cells})),
        tuple(competencies.lines_of(ctx.session, rows)),
        cells,
    )


def left_to_rate(ctx: Ctx) -> int:
    """How many ratings the actor's team still lacks in the round that is open; 0 without one."""
    row = rounds.open_round(ctx.session)
    if row is None:
        return 0
    rated = (
        (CompetencyRating.round_id == row.id)
        & (CompetencyRating.person_id == Person.id)
        & (CompetencyRating.competency_id == PositionLevel.competency_id)
        & (CompetencyRating.source == RatedBy.SUPERVISOR)
    )
    whose = _led_by(ctx, ctx.actor.person_id)
    post = positions.as_required(ctx.session, whose)
    query = (
        select(func.count())
        .select_from(Person)
        .join(PositionLevel, PositionLevel.position == post)
        .join(Competency, Competency.id == PositionLevel.competency_id)
        .outerjoin(CompetencyRating, rated)
        .where(
            whose,
            Competency.active,
            CompetencyRating.person_id.is_(None),
        )
    )
    return int(ctx.session.execute(query).scalar_one())


def rate(ctx: Ctx, round_id: int, person_id: int, competency_id: int, level: int) -> None:
    """Say at which level one of the actor's people works; saying it again replaces it.

    Refuses people of others, a round that is not open, a competency that the post does not
    require, and a level that it does not have; level 0 is “cannot be judged”.
    """
    access.require(ctx, Action.RATE, person_id)
    _require_open(ctx.session, round_id)
    if competency_id not in asked_of(ctx.session, person_id):
        raise Refusal(NOT_ASKED)
    _require_level(ctx.session, competency_id, level)
    _keep(ctx, round_id, person_id, {competency_id: level}, RatedBy.SUPERVISOR)


def rate_self(ctx: Ctx, round_id: int, person_id: int, levels: Mapping[int, int]) -> int:
    """Keep at which levels somebody sees themself, by competency, in place of what they said
    before in this round; how many were kept.

    For services that know whose answers these are. Refuses a round that is not open; leaves out
    what the post does not require, and refuses levels that there are not.
    """
    _require_open(ctx.session, round_id)
    asked = asked_of(ctx.session, person_id)
    kept = {one: level for one, level in levels.items() if one in asked}
    for competency_id, level in kept.items():
        _require_level(ctx.session, competency_id, level)
    ctx.session.execute(
        delete(CompetencyRating).where(
            CompetencyRating.round_id == round_id,
            CompetencyRating.person_id == person_id,
            CompetencyRating.source == RatedBy.SELF,
        )
    )
    _keep(ctx, round_id, person_id, kept, RatedBy.SELF)
    return len(kept)


def asked_of(session: Session, person_id: int) -> dict[int, int]:
    """The level of each competency in use that somebody's post requires."""
    position = session.scalars(select(Person.position).where(Person.id == person_id)).one()
    return {one.competency.id: one.level for one in positions.required(session, position)}


def _cells(
    session: Session, round_id: int, whose: ColumnElement[bool]
) -> dict[tuple[int, int], Cell]:
    rated = _ratings(session, round_id, whose)
    post = positions.as_required(session, whose)
    rows = session.execute(
        select(Person.id, PositionLevel.competency_id, PositionLevel.level,
               PositionLevel.importance)
        .join(PositionLevel, PositionLevel.position == post)
        .join(Competency, Competency.id == PositionLevel.competency_id)
        .where(whose, Competency.active)
    )  # fmt: skip
    return {
        (person_id, competency_id): Cell(
            level,
            importance,
            rated.get((person_id, competency_id, RatedBy.SELF)),
            rated.get((person_id, competency_id, RatedBy.SUPERVISOR)),
        )
        for person_id, competency_id, level, importance in rows
    }


def _ratings(
    session: Session, round_id: int, whose: ColumnElement[bool]
) -> dict[tuple[int, int, RatedBy], int]:
    rows = session.execute(
        select(
            CompetencyRating.person_id,
            CompetencyRating.competency_id,
            CompetencyRating.source,
            CompetencyRating.level,
        )
        .join(Person, Person.id == CompetencyRating.person_id)
        .where(CompetencyRating.round_id == round_id, whose)
    )
    return {(person, competency, source): level for person, competency, source, level in rows}


def _people(
    session: Session, whose: ColumnElement[bool], wanted: Iterable[int]
) -> list[PersonCard]:
    rows = session.scalars(select(Person.id).where(whose).order_by(Person.full_name, Person.id))
    shown = set(wanted)
    return directory.cards(session, [one for one in rows if one in shown])


def _led_by(ctx: Ctx, supervisor: int | None) -> ColumnElement[bool]:
    """Whom a supervisor leads today, as `Reach.TEAM` has it."""
    today = ctx.today()
    acting, until = Person.acting_supervisor_id, Person.acting_until
    regular = (Person.supervisor_id == supervisor) & or_(acting.is_(None), until < today)
    acts = (acting == supervisor) & or_(until.is_(None), until >= today)
    return or_(regular, acts) & Person.active & ~Person.guest


def _require_open(session: Session, round_id: int) -> None:
    row = session.get(NeedsRound, round_id)
    if row is None or row.state is not RoundState.OPEN:
        raise Refusal(NOT_OPEN)


def _require_level(session: Session, competency_id: int, level: int) -> None:
    highest = competencies.highest(session, competency_id)
    if not 0 <= level <= highest:
        raise Refusal(_("There is no such level. Choose one from 0 to {high}.", high=highest))


def _keep(
    ctx: Ctx, round_id: int, person_id: int, levels: Mapping[int, int], source: RatedBy
) -> None:
    rated_by, now = ctx.actor.person_id, ctx.now()
    rows = [
        {
            "round_id": round_id,
            "person_id": person_id,
            "competency_id": competency_id,
            "source": source,
            "level": level,
            "rated_by": rated_by,
            "rated_at": now,
        }
        for competency_id, level in levels.items()
    ]
    if insert_missing(ctx.session, CompetencyRating, rows) == len(rows):
        return
    for competency_id, level in levels.items():
        key = (round_id, person_id, competency_id, source)
        known = ctx.session.get_one(CompetencyRating, key, populate_existing=True)
        known.level, known.rated_by, known.rated_at = level, rated_by, now
    ctx.session.flush()
