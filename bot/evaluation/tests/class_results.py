"""What the tests of a class say: who reached what, what was gained, what nobody learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import asking
from bot.evaluation.stages import POST_TEST, PRE_TEST, STAGES, Stage
from bot.evaluation.tests import attempts, conditions, gain, people_rows, question_rows
from bot.evaluation.tests.gain import ClassGain, Pair
from bot.evaluation.tests.items import Item
from bot.evaluation.tests.people_rows import PersonRow, Tries
from bot.evaluation.tests.question_rows import QuestionRow
from bot.i18n import _
from bot.models.evaluation import Assignment
from bot.models.tests import TestAttempt
from bot.training import catalogue, class_reach
from bot.training.catalogue import ClassCard


@dataclass(frozen=True, slots=True)
class StageResults:
    """One test of a class: the best attempts, and what the first ones say of its questions.

    `mean` is a share from 0 to 1; `passed` None where there is no pass mark, in percent.
    """

    stage: Stage
    asked: int
    taken: int
    mean: float
    passed: int | None
    pass_mark: int | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ClassTests:
    """All of it; `people` only for who keeps the class, and within their reach."""

    held: ClassCard
    stages: tuple[StageResults, ...]
    gain: ClassGain | None
    questions: tuple[QuestionRow, ...]
    people: tuple[PersonRow, ...]

    @property
    def not_learned(self) -> tuple[QuestionRow, ...]:
        """Questions that few knew before and hardly more after."""
        return tuple(row for row in self.questions if row.was_not_learned)


def read(ctx: Ctx, class_id: int) -> ClassTests:
    """The tests of a class; names only for its trainers, its coordinator and the training unit.

    Refuses readers without reach, and a class in which nobody has taken a test yet.
    """
    class_reach.require_reader(ctx, class_id)
    tries = {stage.name: tries_of(ctx, class_id, stage) for stage in (PRE_TEST, POST_TEST)}
    if not any(tries.values()):
        raise Refusal(_("Nobody in this class has taken a test yet."))
    firsts = {name: [own[0] for own in found.values()] for name, found in tries.items()}
    items = {name: question_rows.items_of(ctx, found) for name, found in firsts.items()}
    stages = tuple(
        _stage(ctx, class_id, STAGES[name], found, items[name])
        for name, found in tries.items()
        if found
    )
    return ClassTests(
        catalogue.card(ctx, class_id),
        stages,
        gain.of_class(pairs_of(tries[PRE_TEST.name], tries[POST_TEST.name])),
        question_rows.rows(ctx, firsts, items),
        people_rows.rows(ctx, class_id, tries),
    )


def tries_of(ctx: Ctx, class_id: int, stage: Stage) -> Tries:
    """Every attempt of a class at one test, by person, the first first."""
    people: dict[int, list[TestAttempt]] = defaultdict(list)
    for attempt in attempts.of_class(ctx, class_id, stage.name):
        people[attempt.person_id].append(attempt)
    return dict(people)


def pairs_of(before: Tries, after: Tries) -> list[Pair]:
    """Both results of those who took both tests, the best of each."""
    return [
        Pair(people_rows.best(before[person]).share, people_rows.best(after[person]).share)
        for person in before
        if person in after
    ]


def _stage(
    ctx: Ctx, class_id: int, stage: Stage, tries: Mapping[int, Sequence[TestAttempt]],
    items: tuple[Item, ...],
) -> StageResults:  # fmt: skip
    results = [people_rows.best(own) for own in tries.values()]
    first = next(iter(tries.values()))[0]
    assignment = ctx.session.get_one(Assignment, first.assignment_id)
    pass_mark = conditions.of_assignment(ctx, assignment).pass_mark
    return StageResults(
        stage,
        asking.count_asked(ctx, class_id, stage.name),
        len(results),
        fmean(one.share for one in results),
        None if pass_mark is None else sum(one.passes(pass_mark) for one in results),
        pass_mark,
        items,
    )
