"""A round's ratings and needs as they were given, in codes, for whoever wants to reckon again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.context import Ctx
from bot.models.needs import (
    Competency,
    CompetencyRating,
    Need,
    NeedsRound,
    PositionLevel,
    RatedBy,
    Topic,
    TopicDecision,
)
from bot.models.people import Person, Unit
from bot.needs import analysis, positions, priority
from bot.needs.analysis import RoundCard

T = TypeVar("T")
NOT_RATED = 255
CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """Somebody without a name; `levels` holds two bytes for each competency, the supervisor's and
    their own, `NOT_RATED` where there is none.
    """

    unit: str
    position: str
    levels: bytearray


@dataclass(frozen=True, slots=True)
class Raw:
    """Everything that the analysis of a round is made of, within the reader's reach.

    People stand in another order each time, and have other numbers where they are rated than
    where something is needed, so that no number leads to a person.
    """

    round: RoundCard
    competencies: tuple[str, ...]
    people: tuple[RatedPerson, ...]
    required: tuple[tuple[str, str, int, int], ...]
    needs: tuple[tuple[Any, ...], ...]
    weights: dict[str, float]
    goals: tuple[tuple[str, int], ...]
    decisions: tuple[tuple[str, str], ...]

    def ratings(self) -> Iterator[tuple[object, ...]]:
        """A row a person: number, office, position, and the levels, None where there is none."""
        for number, one in enumerate(self.people, 1):
            levels = (None if level == NOT_RATED else level for level in one.levels)
            yield (number, one.unit, one.position, *levels)


def read(ctx: Ctx, round_id: int) -> Raw:
    """A round's raw figures; refuses who may not read needs."""
    card = analysis.round_card(ctx, round_id)
    codes = dict(
        ctx.session.execute(select(Competency.id, Competency.code).order_by(Competency.code)).all()
    )
    return Raw(
        round=card,
        competencies=tuple(codes.values()),
        people=_shuffled(_people(ctx, round_id, {one: place for place, one in enumerate(codes)})),
        required=_required(ctx),
        needs=_needs(ctx, round_id),
        weights=priority.weights_of(card.row),
        goals=_goals(ctx, card.row),
        decisions=_decisions(ctx, card.row),
    )


def _shuffled(found: Iterable[T]) -> tuple[T, ...]:
    listed = list(found)
    random.SystemRandom().shuffle(listed)
    return tuple(listed)


def _people(ctx: Ctx, round_id: int, places: dict[int, int]) -> Iterator[RatedPerson]:
    """Row by row in the order of the key, so that a hundred thousand people fit."""
    units = dict(ctx.session.execute(select(Unit.id, Unit.path)).all())
    query = (
        select(
            CompetencyRating.person_id,
            Person.unit_id,
            positions.as_required(ctx.session),
            CompetencyRating.competency_id,
            CompetencyRating.source,
            CompetencyRating.level,
        )
        .join(Person, Person.id == CompetencyRating.person_id)
        .where(analysis.ratings_within(ctx, round_id))
        .order_by(CompetencyRating.person_id)
        .execution_options(yield_per=CHUNK)
    )
    known, one = None, None
    for person_id, unit_id, position, competency, source, level in ctx.session.execute(query):
        if person_id != known:
            if one is not None:
                yield one
            known = person_id
            blank = bytearray([NOT_RATED]) * (2 * len(places))
            one = RatedPerson(units[unit_id], position, blank)
        assert one is not None
        one.levels[2 * places[competency] + (source is RatedBy.SELF)] = level
    if one is not None:
        yield one


def _required(ctx: Ctx) -> tuple[tuple[str, str, int, int], ...]:
    rows = ctx.session.execute(
        select(
            PositionLevel.position, Competency.code, PositionLevel.level, PositionLevel.importance
        )
        .join(Competency, Competency.id == PositionLevel.competency_id)
        .order_by(PositionLevel.position, Competency.code)
    )
    return tuple((post, code, level, importance) for post, code, level, importance in rows)


def _needs(ctx: Ctx, round_id: int) -> tuple[tuple[Any, ...], ...]:
    own, of_topic = aliased(Competency), aliased(Competency)
    rows = ctx.session.execute(
        select(Need, Unit.path, Topic.name, own.code, of_topic.code)
        .outerjoin(Person, Person.id == Need.person_id)
        .outerjoin(Unit, Unit.id == func.coalesce(Need.unit_id, Person.unit_id))
        .outerjoin(Topic, Topic.id == Need.topic_id)
        .outerjoin(own, own.id == Need.competency_id)
        .outerjoin(of_topic, of_topic.id == Topic.competency_id)
        .where(Need.round_id == round_id, analysis.needs_within(ctx))
        .order_by(Need.id)
    ).all()
    people = _shuffled({need.person_id for need, *_others in rows} - {None})
    numbers = {person_id: number for number, person_id in enumerate(people, 1)}
    return tuple(
        (
            need.id,
            numbers.get(need.person_id),
            need.channel.value,
            unit or "",
            need.people,
            need.importance,
            competency or "",
            topic or "",
            about or "",
            need.management,
            need.words,
        )
        for need, unit, topic, competency, about in rows
    )


def _goals(ctx: Ctx, row: NeedsRound) -> tuple[tuple[str, int], ...]:
    weights = priority.goals_of(ctx, row)
    rows = ctx.session.execute(
        select(Topic.id, Topic.name).where(Topic.id.in_(weights)).order_by(Topic.name)
    )
    return tuple((name, weights[topic_id]) for topic_id, name in rows)


def _decisions(ctx: Ctx, row: NeedsRound) -> tuple[tuple[str, str], ...]:
    rows = ctx.session.execute(
        select(Topic.name, TopicDecision.way)
        .join(Topic, Topic.id == TopicDecision.topic_id)
        .where(TopicDecision.round_id == row.id)
        .order_by(Topic.name)
    )
    return tuple((name, way.value) for name, way in rows)
