"""Free wishes put to topics: what waits, what a wish is like, many at once, and undone again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, desc, func, select, update

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, Words, _
from bot.models.needs import Channel, Need
from bot.models.people import Person, Unit
from bot.needs import analysis, topics
from bot.needs.similarity import Likeness
from bot.needs.topics import TopicCard
from bot.people import access, directory
from bot.people.access_table import Action

FAINT, CLEAR = 0.25, 0.5
"""Below the first a topic is not suggested; from the second on a wish is put to it with others."""
SUGGESTED, EXAMPLES, AT_ONCE, MOST_SAID = 3, 40, 500, 200
UNSORTED = (Need.topic_id.is_(None), ~Need.management)
NOTHING_TO_UNDO = _("There is nothing to undo: the wish waits, or is gone.")
CHANNEL_WORDS: Mapping[Channel, Text] = {
    Channel.OFFICER: _("an officer, for themselves"),
    Channel.SUPERVISOR: _("a supervisor, for the team"),
    Channel.HEAD: _("the head of an office"),
    Channel.TRAINER: _("a trainer"),
    Channel.MEETING: _("a meeting with heads"),
    Channel.RELAYED: _("an office, asked for a donor"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One need in somebody's words; `who` is the person or office whose need it is."""

    id: int
    words: str
    channel: Text
    who: Words
    people: int
    importance: int | None
    topic_id: int | None
    management: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """A topic that a wish is like, from 0 to 1."""

    topic: TopicCard
    likeness: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Wishes that are clearly like one topic."""

    topic: TopicCard
    wishes: tuple[Wish, ...]


def waiting(ctx: Ctx, round_id: int, start: int = 0, most: int = AT_ONCE) -> list[Wish]:
    """The wishes of a round that nobody has put anywhere, as they came, from `start` on."""
    access.require(ctx, Action.RUN_NEEDS)
    query = _of_round(round_id).where(*UNSORTED).order_by(Need.id)
    return _wishes(ctx, query.offset(start).limit(most))


def waiting_count(ctx: Ctx, round_id: int) -> int:
    """How many wishes of a round wait."""
    found = select(func.count()).where(Need.round_id == round_id, Need.words != "", *UNSORTED)
    return int(ctx.session.execute(found).scalar_one())


def of_topic(ctx: Ctx, round_id: int, topic_id: int) -> list[Wish]:
    """What was put to a topic in a round, the newest of it, within the actor's reach."""
    access.require(ctx, Action.READ_NEEDS)
    query = _of_round(round_id).where(
        Need.topic_id == topic_id, ~Need.management, analysis.needs_within(ctx)
    )
    return _wishes(ctx, query.order_by(desc(Need.id)).limit(MOST_SAID))


def management(ctx: Ctx, round_id: int) -> list[Wish]:
    """What no training would help, the newest of it, within the actor's reach."""
    access.require(ctx, Action.READ_NEEDS)
    query = _of_round(round_id).where(Need.management, analysis.needs_within(ctx))
    return _wishes(ctx, query.order_by(desc(Need.id)).limit(MOST_SAID))


def suggestions(ctx: Ctx, wish: Wish) -> list[Suggested]:
    """The topics that a wish is most like: by their names, and by what was put to them before."""
    cards, likeness = _spelt(ctx)
    likely = [(of, topic_id) for topic_id, of in likeness.to(wish.words).items() if of >= FAINT]
    likely.sort(key=lambda one: (-one[0], one[1]))
    return [Suggested(cards[topic_id], of) for of, topic_id in likely[:SUGGESTED]]


def batches(ctx: Ctx, round_id: int, start: int = 0) -> list[Batch]:
    """Of `AT_ONCE` wishes that wait, from `start` on, those which are clearly like one topic, by
    topic, the largest batch first.
    """
    cards, likeness = _spelt(ctx)
    by_topic: dict[int, list[Wish]] = defaultdict(list)
    for wish in waiting(ctx, round_id, start):
        found = likeness.to(wish.words)
        nearest = max(found, key=lambda topic_id: (found[topic_id], -topic_id), default=0)
        if found.get(nearest, 0.0) >= CLEAR:
            by_topic[nearest].append(wish)
    batches = [Batch(cards[topic_id], tuple(wishes)) for topic_id, wishes in by_topic.items()]
    return sorted(batches, key=lambda one: (-len(one.wishes), one.topic.id))


def put(ctx: Ctx, round_id: int, need_ids: Collection[int], topic_id: int) -> int:
    """Put wishes that wait to a topic; how many there were. Those put elsewhere meanwhile stay.

    Refuses who does not run the survey, and a topic that is not in use.
    """
    access.require(ctx, Action.RUN_NEEDS)
    found = topics.card(ctx, topic_id)
    if not found.active:
        raise Refusal(_("This topic is not in use any more. Choose another."))
    changed = _sort(ctx, round_id, need_ids, topic_id=topic_id)
    audit.record(ctx, "needs.sorted", "topic", topic_id, count=changed, round_id=round_id)
    return changed


def mark_management(ctx: Ctx, round_id: int, need_id: int) -> None:
    """Say of a wish that waits that no training would help; it is shown to those who manage."""
    access.require(ctx, Action.RUN_NEEDS)
    changed = _sort(ctx, round_id, [need_id], management=True)
    audit.record(ctx, "needs.for_management", "need", need_id, count=changed)


def call_training(ctx: Ctx, round_id: int, need_id: int) -> None:
    """Say of what stands with those who manage that training would help after all: it waits to be
    put to a topic. Refuses what does not stand there.
    """
    access.require(ctx, Action.RUN_NEEDS)
    found = ctx.session.scalars(
        update(Need)
        .where(Need.id == need_id, Need.round_id == round_id, Need.management)
        .values(management=False, sorted_by=None, sorted_at=None)
        .returning(Need.id)
    ).all()
    if not found:
        raise Refusal(NOTHING_TO_UNDO)
    ctx.session.expire_all()
    audit.record(ctx, "needs.for_training", "need", need_id)


def undo(ctx: Ctx, round_id: int, need_id: int) -> int:
    """Let everything wait again that was put somewhere together with this wish; how many."""
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.get(Need, need_id)
    if row is None or row.round_id != round_id or row.sorted_at is None:
        raise Refusal(NOTHING_TO_UNDO)
    found = ctx.session.scalars(
        update(Need)
        .where(
            Need.round_id == round_id,
            Need.sorted_by == row.sorted_by,
            Need.sorted_at == row.sorted_at,
        )
        .values(topic_id=None, management=False, sorted_by=None, sorted_at=None)
        .returning(Need.id)
    ).all()
    ctx.session.expire_all()
    audit.record(ctx, "needs.unsorted", "need", need_id, count=len(found))
    return len(found)


def last_sorted(ctx: Ctx, round_id: int) -> int | None:
    """One of the wishes that the actor put somewhere last; None if there are none."""
    return ctx.session.scalars(
        select(Need.id)
        .where(
            Need.round_id == round_id,
            Need.sorted_by == ctx.actor.person_id,
            Need.sorted_at.is_not(None),
        )
        .order_by(desc(Need.sorted_at), Need.id)
        .limit(1)
    ).first()


def _sort(
    ctx: Ctx,
    round_id: int,
    need_ids: Collection[int],
    *,
    topic_id: int | None = None,
    management: bool = False,
) -> int:
    found = ctx.session.scalars(
        update(Need)
        .where(Need.id.in_(need_ids), Need.round_id == round_id, *UNSORTED)
        .values(
            topic_id=topic_id,
            management=management,
            sorted_by=ctx.actor.person_id,
            sorted_at=ctx.now(),
        )
        .returning(Need.id)
    ).all()
    ctx.session.expire_all()
    return len(found)


def _of_round(round_id: int) -> Select[Need, Person, str]:
    return (
        select(Need, Person, Unit.name)
        .outerjoin(Person, Person.id == Need.person_id)
        .outerjoin(Unit, Unit.id == Need.unit_id)
        .where(Need.round_id == round_id, Need.words != "")
    )


def _wishes(ctx: Ctx, query: Select[Need, Person, str]) -> list[Wish]:
    return [_wish(*row) for row in ctx.session.execute(query)]


def _wish(row: Need, person: Person | None, unit: str | None) -> Wish:
    assert row.id is not None
    return Wish(
        id=row.id,
        words=row.words,
        channel=CHANNEL_WORDS[row.channel],
        who=directory.names_of(person) if person is not None else unit or "",
        people=row.people,
        importance=row.importance,
        topic_id=row.topic_id,
        management=row.management,
    )


def _spelt(ctx: Ctx) -> tuple[dict[int, TopicCard], Likeness[int]]:
    """The topics in use, and all their spellings: names, and wishes that were put to them."""
    cards = topics.everything(ctx, active=True)
    examples: dict[int, list[str]] = defaultdict(list)
    rows = ctx.session.execute(
        select(Need.topic_id, Need.words)
        .where(Need.topic_id.in_([card.id for card in cards]), Need.words != "")
        .order_by(desc(Need.id))
        .limit(EXAMPLES * max(1, len(cards)))
    )
    for topic_id, words in rows:
        if len(examples[topic_id]) < EXAMPLES:
            examples[topic_id].append(words)
    spelt = [(card.id, (*_names(card), *examples[card.id])) for card in cards]
    return {card.id: card for card in cards}, Likeness(spelt)


def _names(card: TopicCard) -> tuple[str, ...]:
    """What a topic, its competency and its course are called, in every language."""
    about = (card.name, card.competency, card.course)
    return tuple(
        words for one in about if isinstance(one, Texts) for _language, words in one.by_language
    )
