"""Level 3 of a class or a course: how work changed, as participants and supervisors rate it,
what helps and what stands in the way, and who has not answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from bot.context import Ctx
from bot.evaluation import behaviours, behaviours_asked, follow_up_pairs
from bot.evaluation.follow_up_pairs import ALIKE, TIMINGS, Beside, Pair, Timing
from bot.evaluation.stages import LEVEL_CHECK, PARTICIPANT_FORM, Stage
from bot.forms import versions
from bot.i18n import Words
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.people import Person, Unit

STEPS = 5
REASONS = ("support", "accountability", "obstacles")
"""The questions on required drivers (support, accountability) and on obstacles."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How many chose each step of a scale, the lowest first."""

    counts: tuple[int, ...] = (0,) * STEPS

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        total = sum(step * count for step, count in enumerate(self.counts, 1))
        return total / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Item:
    """One rating over many people; `difference` is own less supervisor, of `both` rated by both.

    `before` is what participants said of a behaviour before the class.
    """

    key: str | int
    label: Words
    own: Rated
    supervisor: Rated
    before: Rated
    both: int
    difference: float | None

    @property
    def is_behaviour(self) -> bool:
        return isinstance(self.key, int)


@dataclass(frozen=True, slots=True)
class Reason:
    """How many participants and supervisors named one driver or obstacle."""

    question: str
    code: str
    label: Words
    own: int
    supervisor: int


@dataclass(frozen=True, slots=True)
class Side:
    """Those asked on one side: `cannot` said that they cannot judge, or are not the one."""

    asked: int = 0
    answered: int = 0
    cannot: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """All that one round of follow-ups says; `lacking` is who has not answered, by office."""

    timing: Timing
    own: Side
    supervisor: Side
    items: tuple[Item, ...]
    reasons: tuple[Reason, ...]
    lacking: tuple[tuple[str, int], ...]
    people: int


def rounds(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> tuple[Round, ...]:
    """The rounds that somebody was asked in about some classes, of officers for whom `whom`, a
    condition on Person, holds; whoever asks.
    """
    found = follow_up_pairs.pairs(ctx, class_ids, whom)
    sides = _sides(ctx, class_ids, whom)
    before = _before(ctx, class_ids, whom)
    return tuple(
        _round(ctx, timing, [pair for pair in found if pair.timing is timing], sides, before)
        for timing in TIMINGS
        if timing.own.name in sides or timing.supervisor.name in sides
    )


def before_class(ctx: Ctx, class_id: int) -> tuple[Item, ...]:
    """How often each behaviour was done before a class, as `before` of each; whoever asks."""
    found = _before(ctx, [class_id], true())
    words = behaviours.wordings(ctx, set(found))
    said = {number: [Beside(number, words[number], None, None)] for number in found}
    return tuple(_item(number, lines, found) for number, lines in said.items())


def items_of(
    ctx: Ctx, found: Sequence[Pair], before: Mapping[int, Counter[int]]
) -> tuple[Item, ...]:
    """Each rating summed up over these pairs, behaviours last."""
    given = [pair for pair in found if pair.own or pair.supervisor]
    numbers = {number for pair in given for number in _numbers(pair)}
    words = behaviours.wordings(ctx, numbers)
    lines: dict[str | int, list[Beside]] = {name: [] for name in ALIKE}
    for pair in given:
        for line in follow_up_pairs.beside(pair, words):
            lines.setdefault(line.key, []).append(line)
    return tuple(_item(key, said, before) for key, said in lines.items() if said)


def _round(
    ctx: Ctx,
    timing: Timing,
    found: Sequence[Pair],
    sides: Mapping[str, Counter[tuple[AssignmentState, str]]],
    before: Mapping[int, Counter[int]],
) -> Round:
    own = sides.get(timing.own.name, Counter())
    supervisor = sides.get(timing.supervisor.name, Counter())
    return Round(
        timing,
        _side(own),
        _side(supervisor),
        items_of(ctx, found, before),
        tuple(_reasons(ctx, found)),
        _lacking(own + supervisor),
        len(found),
    )


def _item(key: str | int, said: Sequence[Beside], before: Mapping[int, Counter[int]]) -> Item:
    pairs = [
        (one.own, one.supervisor)
        for one in said
        if one.own is not None and one.supervisor is not None
    ]
    earlier = before.get(key, Counter()) if isinstance(key, int) else Counter()
    return Item(
        key=key,
        label=said[0].label,
        own=_rated(one.own for one in said),
        supervisor=_rated(one.supervisor for one in said),
        before=_rated(earlier.elements()),
        both=len(pairs),
        difference=sum(own - other for own, other in pairs) / len(pairs) if pairs else None,
    )


def _rated(steps: Iterable[int | None]) -> Rated:
    counts = Counter(step for step in steps if step is not None)
    return Rated(tuple(counts[step] for step in range(1, STEPS + 1)))


def _numbers(pair: Pair) -> set[int]:
    sides = (answers for answers in (pair.own, pair.supervisor) if answers)
    return {number for answers in sides for number in behaviours_asked.ratings(answers)}


def _reasons(ctx: Ctx, found: Sequence[Pair]) -> Iterator[Reason]:
    """Drivers and obstacles in the form's order, those nobody named left out."""
    own = [pair.own for pair in found if pair.own]
    other = [pair.supervisor for pair in found if pair.supervisor]
    form = versions.definition(ctx, versions.current_version(ctx, PARTICIPANT_FORM))
    for name in REASONS:
        by_own, by_other = _named(own, name), _named(other, name)
        question = form.question(name)
        known = {one.code: one.label for one in question.choices} if question else {}
        for code in dict.fromkeys((*known, *sorted(by_own | by_other))):
            if by_own[code] or by_other[code]:
                label: Words = known.get(code) or code
                yield Reason(name, code, label, by_own[code], by_other[code])


def _named(given: Sequence[Mapping[str, Any]], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for answers in given:
        value = answers.get(name) or []
        counts.update(value.split() if isinstance(value, str) else map(str, value))
    return counts


def _sides(
    ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]
) -> dict[str, Counter[tuple[AssignmentState, str]]]:
    """By stage: how many assignments are in which state, at which office of who was asked."""
    officer = func.coalesce(Assignment.about_id, Assignment.person_id)
    asked = (
        select(Assignment.stage, Assignment.state, Assignment.person_id)
        .join(Person, Person.id == officer)
        .where(
            Assignment.class_id.in_(class_ids),
            Assignment.stage.in_(follow_up_pairs.BY_STAGE),
            Assignment.state != AssignmentState.RECALLED,
            whom,
        )
        .subquery()
    )
    rows = ctx.session.execute(
        select(asked.c.stage, asked.c.state, Unit.path, func.count())
        .join(Person, Person.id == asked.c.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .group_by(asked.c.stage, asked.c.state, Unit.path)
    )
    found: dict[str, Counter[tuple[AssignmentState, str]]] = {}
    for stage, state, office, count in rows:
        found.setdefault(stage, Counter())[state, office] += count
    return found


def _side(counts: Counter[tuple[AssignmentState, str]]) -> Side:
    by_state: Counter[AssignmentState] = Counter()
    for (state, _office), count in counts.items():
        by_state[state] += count
    return Side(
        by_state.total(), by_state[AssignmentState.ANSWERED], by_state[AssignmentState.DECLINED]
    )


def _lacking(counts: Counter[tuple[AssignmentState, str]]) -> tuple[tuple[str, int], ...]:
    offices: Counter[str] = Counter()
    for (state, office), count in counts.items():
        if state in (AssignmentState.OPEN, AssignmentState.CLOSED):
            offices[office] += count
    return tuple(sorted(offices.items()))


def _before(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> dict[int, Counter[int]]:
    """What participants said of each behaviour before the class."""
    rows = ctx.session.scalars(_answers(class_ids, LEVEL_CHECK, whom))
    found: dict[int, Counter[int]] = {}
    for answers in rows:
        for number, step in behaviours_asked.ratings(answers).items():
            found.setdefault(number, Counter())[step] += 1
    return found


def _answers(class_ids: Any, stage: Stage, whom: ColumnElement[bool]) -> Any:
    return (
        select(Response.answers)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == Response.person_id)
        .where(Response.class_id.in_(class_ids), Assignment.stage == stage.name, whom)
    )
