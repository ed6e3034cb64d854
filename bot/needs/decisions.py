"""How a topic is met: by our own trainers, a partner, a donor, those who manage, or later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import LONGEST_TEXT, line_in
from bot.i18n import Text, Texts, Words, _
from bot.models.needs import TopicDecision, Way
from bot.models.people import Person
from bot.models.training import Course, Trainer, TrainingClass
from bot.needs import analysis, topics
from bot.needs.similarity import most_alike
from bot.needs.topics import TopicCard
from bot.people import access
from bot.people.access_table import Action
from bot.training import trainers
from bot.training.catalogue import title_of

ALIKE = 0.45
"""How alike a course must be to a topic for its trainers to count as able."""
WITH_A_NAME = frozenset({Way.PARTNER, Way.DONOR})
WAY_WORDS: Mapping[Way, Text] = {
    Way.IN_HOUSE: _("by our own trainers"),
    Way.PARTNER: _("with a partner"),
    Way.DONOR: _("asked of a donor"),
    Way.MANAGEMENT: _("by those who manage, without training"),
    Way.LATER: _("later"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """How a topic of a round is met; `by` is the trainer, the partner or the donor."""

    topic_id: int
    way: Way
    trainer_id: int | None
    by: Words
    partner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Able:
    """A trainer of the pool who has led classes like a topic, how many, and of which course."""

    trainer_id: int
    code: str
    name: Words
    classes: int
    course: Texts


def of_round(ctx: Ctx, round_id: int) -> dict[int, Decision]:
    """What was decided in a round, by topic; refuses who may not read needs."""
    access.require(ctx, Action.READ_NEEDS)
    rows = ctx.session.scalars(select(TopicDecision).where(TopicDecision.round_id == round_id))
    return {row.topic_id: _decision(ctx, row) for row in rows}


def able(ctx: Ctx, topic_id: int) -> list[Able]:
    """The trainers of the pool who have led classes of the topic's course, or of courses like it;
    those who did so most often first. None means that the topic needs somebody from outside.
    """
    card = topics.card(ctx, topic_id)
    courses = _courses_like(ctx, card)
    rows = ctx.session.execute(
        select(Trainer.id, Trainer.code, TrainingClass.course_id, func.count())
        .join(Trainer, Trainer.id == TrainingClass.trainer_id)
        .where(TrainingClass.course_id.in_(courses), TrainingClass.cancelled_at.is_(None))
        .where(TrainingClass.starts_on <= ctx.today(), in_pool())
        .group_by(Trainer.id, Trainer.code, TrainingClass.course_id)
    )
    by_trainer: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for trainer_id, code, course_id, count in rows:
        by_trainer[trainer_id, code].append((count, course_id))
    found = [
        Able(
            trainer_id=trainer_id,
            code=code,
            name=trainers.name_of(ctx.session, trainer_id),
            classes=sum(count for count, _course in led),
            course=courses[max(led)[1]],
        )
        for (trainer_id, code), led in by_trainer.items()
    ]
    return sorted(found, key=lambda one: (-one.classes, one.code))


def in_pool() -> ColumnElement[bool]:
    """The condition on Trainer that they are from outside, or of the roster and still serve."""
    serving = select(Person.id).where(Person.active)
    return or_(Trainer.person_id.is_(None), Trainer.person_id.in_(serving))


def decide(ctx: Ctx, round_id: int, topic_id: int, typed: Mapping[str, Any]) -> Decision:
    """Say how a topic is met, or say it anew.

    Refuses who does not run the survey, our own trainers without one of them named, and a partner
    or donor without a name.
    """
    access.require(ctx, Action.RUN_NEEDS)
    analysis.round_card(ctx, round_id)
    topics.card(ctx, topic_id)
    way = _way(typed)
    row = ctx.session.get(TopicDecision, (round_id, topic_id))
    if row is None:
        row = TopicDecision(round_id=round_id, topic_id=topic_id, way=way, decided_at=ctx.now())
        ctx.session.add(row)
    row.way = way
    row.trainer_id = _trainer(ctx, typed) if way is Way.IN_HOUSE else None
    row.partner = _partner(typed) if way in WITH_A_NAME else ""
    row.reason = line_in(typed, "reason", LONGEST_TEXT)
    row.decided_by, row.decided_at = ctx.actor.person_id, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "topic.decided", "topic", topic_id, way=way.value, round_id=round_id)
    return _decision(ctx, row)


def partners(ctx: Ctx, round_id: int) -> list[tuple[str, Way, int]]:
    """The partners and donors of a round by name, and how many topics are asked of each."""
    access.require(ctx, Action.READ_NEEDS)
    rows = ctx.session.execute(
        select(TopicDecision.partner, TopicDecision.way, func.count())
        .where(TopicDecision.round_id == round_id, TopicDecision.way.in_(WITH_A_NAME))
        .group_by(TopicDecision.partner, TopicDecision.way)
        .order_by(TopicDecision.partner, TopicDecision.way)
    )
    return [(name, way, count) for name, way, count in rows]


def as_typed(ctx: Ctx, round_id: int, topic_id: int) -> dict[str, str]:
    """What was decided, to fill the form beforehand; before that, what the pool suggests."""
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.get(TopicDecision, (round_id, topic_id))
    if row is None:
        return {}
    trainer = ctx.session.get(Trainer, row.trainer_id) if row.trainer_id else None
    shown = {
        "way": row.way.value,
        "trainer": trainer.code if trainer is not None else "",
        "partner": row.partner,
        "reason": row.reason,
    }
    return {name: value for name, value in shown.items() if value}


def _courses_like(ctx: Ctx, card: TopicCard) -> dict[int, Texts]:
    """The topic's own course, else those whose titles are like it."""
    rows = ctx.session.scalars(select(Course))
    if card.course_id is not None:
        return {row.id: title_of(row) for row in rows if row.id == card.course_id}
    names = [words for _language, words in card.name.by_language]
    return {
        row.id: title_of(row)
        for row in rows
        if row.id is not None
        and max(most_alike(title, names) for title in (row.title, *row.titles.values())) >= ALIKE
    }


def _way(typed: Mapping[str, Any]) -> Way:
    way = str(typed.get("way") or "")
    if way not in set(Way):
        raise Refusal(_("Choose how the topic is met."))
    return Way(way)


def _trainer(ctx: Ctx, typed: Mapping[str, Any]) -> int:
    code = line_in(typed, "trainer")
    found = ctx.session.scalars(select(Trainer.id).where(Trainer.code == code, in_pool())).first()
    if found is None:
        raise Refusal(_("Name the trainer of the pool who can do this, or choose another way."))
    return found


def _partner(typed: Mapping[str, Any]) -> str:
    name = line_in(typed, "partner")
    if not name:
        raise Refusal(_("Name the partner or the donor who is asked."))
    return name


def _decision(ctx: Ctx, row: TopicDecision) -> Decision:
    by: Words = row.partner
    if row.way is Way.IN_HOUSE:
        by = trainers.name_of(ctx.session, row.trainer_id)
    return Decision(row.topic_id, row.way, row.trainer_id, by, row.partner, row.reason)
