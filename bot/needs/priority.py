"""Which topics come first: a sum that everybody can work out again.

Each of four figures is divided by the largest of the round, counted by its weight, and added up;
the best that could be reached is 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Percent, Text, _
from bot.models.needs import Need, NeedsRound, PerformanceFigure, PerformanceKind
from bot.models.planning import Goal, GoalTopic
from bot.needs import analysis, topics
from bot.needs.tallies import Tally
from bot.needs.topics import TopicCard
from bot.people import access
from bot.people.access_table import Action

FREQUENCY, GAP, IMPORTANCE, GOALS = "frequency", "gap", "importance", "goals"
WEIGHTS: Mapping[str, float] = {FREQUENCY: 40, GAP: 30, IMPORTANCE: 20, GOALS: 10}
FIGURE_WORDS: Mapping[str, Text] = {
    FREQUENCY: _("how many people it is about"),
    GAP: _("how many levels are missing on average"),
    IMPORTANCE: _("how important it was called, 1 to 5"),
    GOALS: _("the weight of the goals it serves"),
}
MOST_WEIGHT = 100
FORMULA = _(
    "Priority = the sum of weight × figure ÷ largest figure, over the sum of weights, times 100."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a topic: wishes, people they are about, and the four figures."""

    wishes: int = 0
    people: int = 0
    importance: float | None = None
    tally: Tally = Tally()
    goals: int = 0
    appraisals: int = 0
    errors: int = 0

    def by_name(self) -> dict[str, float]:
        """The four figures; what is not known counts as nothing."""
        return {
            FREQUENCY: float(self.people),
            GAP: self.tally.lack or 0.0,
            IMPORTANCE: self.importance or 0.0,
            GOALS: float(self.goals),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a topic on its way into the sum; `points` is what it adds."""

    name: str
    weight: float
    figure: float
    largest: float
    points: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic at its place, from 1, with all that led there."""

    place: int
    topic: TopicCard
    figures: Figures
    parts: tuple[Part, ...]
    points: float


def ranking(ctx: Ctx, round_id: int, *, live: bool = False) -> list[Ranked]:
    """The topics of a round, the most urgent first; of two alike, the one that more people wish.

    Counts needs and ratings within the actor's reach; `live` is that of `by_competency`. Topics
    of which nothing is known are left out, and so is what was marked for management.
    """
    card = analysis.round_card(ctx, round_id)
    figures = _figures(ctx, card.row, live)
    cards = {one.id: one for one in topics.everything(ctx)}
    weights = weights_of(card.row)
    largest = {
        name: max((one.by_name()[name] for one in figures.values()), default=0.0)
        for name in WEIGHTS
    }
    found = []
    for topic_id, one in figures.items():
        parts = tuple(_part(name, weights, one.by_name(), largest) for name in WEIGHTS)
        found.append((cards[topic_id], one, parts, sum(part.points for part in parts)))
    found.sort(key=lambda row: (-round(row[3], 6), -row[1].people, row[0].id))
    return [Ranked(place, *row) for place, row in enumerate(found, 1)]


def weights_of(row: NeedsRound) -> dict[str, float]:
    """What each figure counts in a round; where the unit set nothing, what is usual."""
    return {name: float(row.weights.get(name, usual)) for name, usual in WEIGHTS.items()}


def set_weights(ctx: Ctx, round_id: int, typed: Mapping[str, Any]) -> dict[str, float]:
    """Say what each figure counts in a round, from 0 to 100.

    Refuses who does not run the survey, and that nothing counts.
    """
    access.require(ctx, Action.RUN_NEEDS)
    row = analysis.round_card(ctx, round_id).row
    weights = {name: _weight(typed.get(name)) for name in WEIGHTS}
    if not sum(weights.values()):
        raise Refusal(_("At least one of the four must count more than 0."))
    row.weights = weights
    ctx.session.flush()
    audit.record(ctx, "needs.weights", "needs_round", round_id, weights=weights)
    return weights


def worked(one: Ranked) -> list[Text]:
    """How a topic got its figure, line by line."""
    return [
        _(
            "{what}: {figure} of {largest}, counts {weight}: {points} points",
            what=FIGURE_WORDS[part.name],
            figure=round(part.figure, 1),
            largest=round(part.largest, 1),
            weight=Percent(part.weight),
            points=round(part.points, 1),
        )
        for part in one.parts
    ]


def _weight(value: object) -> float:
    text = str(value if value is not None else "").strip()
    if not text.isdecimal() or int(text) > MOST_WEIGHT:
        raise Refusal(_("Give whole numbers from 0 to {most}.", most=MOST_WEIGHT))
    return float(text)


def _part(
    name: str,
    weights: Mapping[str, float],
    figures: Mapping[str, float],
    largest: Mapping[str, float],
) -> Part:
    share = weights[name] / (sum(weights.values()) or 1.0)
    reached = figures[name] / largest[name] if largest[name] else 0.0
    return Part(name, share, figures[name], largest[name], 100 * share * reached)


def _figures(ctx: Ctx, row: NeedsRound, live: bool) -> dict[int, Figures]:
    """What is known of every topic that somebody wishes, or, while in use, whose competency has
    a gap or evidence of HR.
    """
    assert row.id is not None
    wished = _wished(ctx, row.id)
    tallies = analysis.by_competency(ctx, row.id, live=live)
    goals = goals_of(ctx, row)
    evidence = _evidence(ctx, row.id)
    found = {}
    for card in topics.everything(ctx):
        wishes, people, importance = wished.get(card.id, (0, 0, None))
        one = Figures(
            wishes=wishes,
            people=people,
            importance=importance,
            tally=tallies.get(card.competency_id or 0, Tally()),
            goals=goals.get(card.id, 0),
            appraisals=evidence.get((card.competency_id, PerformanceKind.APPRAISAL), 0),
            errors=evidence.get((card.competency_id, PerformanceKind.ERRORS), 0),
        )
        if wishes or (card.active and (one.tally.missing or one.appraisals or one.errors)):
            found[card.id] = one
    return found


def _wished(ctx: Ctx, round_id: int) -> dict[int, tuple[int, int, float | None]]:
    """By topic: wishes, the people they are about, each once, and their mean importance."""
    people = analysis.people_of_needs()
    rows = ctx.session.execute(
        select(Need.topic_id, func.count(), people, func.avg(Need.importance))
        .where(
            Need.round_id == round_id,
            Need.topic_id.is_not(None),
            ~Need.management,
            analysis.needs_within(ctx),
        )
        .group_by(Need.topic_id)
    )
    return {
        topic_id: (wishes, int(people), float(mean) if mean is not None else None)
        for topic_id, wishes, people, mean in rows
    }


def goals_of(ctx: Ctx, row: NeedsRound) -> dict[int, int]:
    """The weights of the goals of a round's plan year, added up by the topic that serves them."""
    rows = ctx.session.execute(
        select(GoalTopic.topic_id, func.sum(Goal.weight))
        .join(Goal, Goal.id == GoalTopic.goal_id)
        .where(Goal.plan_year == row.plan_year)
        .group_by(GoalTopic.topic_id)
    )
    return {topic_id: int(weight) for topic_id, weight in rows}


def _evidence(ctx: Ctx, round_id: int) -> dict[tuple[int | None, PerformanceKind], int]:
    """Errors and poor appraisals counted, by competency: shown beside the sum, no part of it."""
    rows = ctx.session.execute(
        select(
            PerformanceFigure.competency_id,
            PerformanceFigure.kind,
            func.sum(PerformanceFigure.count),
        )
        .where(
            PerformanceFigure.round_id == round_id,
            analysis.about_within(ctx, PerformanceFigure, Action.READ_NEEDS),
        )
        .group_by(PerformanceFigure.competency_id, PerformanceFigure.kind)
    )
    return {(competency, kind): int(count) for competency, kind, count in rows}
