"""The questions of a class's tests: what part had each right before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.context import Ctx
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import items
from bot.evaluation.tests.items import Item, Taken
from bot.forms import scoring, versions
from bot.forms.definition import FormDefinition, Question
from bot.i18n import Texts
from bot.models.tests import TestAttempt

LEARNED_LITTLE = 0.1
"""A question whose share of right answers rises by less than this was not learned."""
KNOWN_ALREADY = 0.85
"""Where so many knew it before, there was little to learn."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of either test: the share of its points before and after, from 0 to 1.

    `item` is what the test after the class says of it, else the one before.
    """

    name: str
    label: Texts
    choices: Mapping[str, Texts]
    before: float | None
    after: float | None
    item: Item

    @property
    def change(self) -> float | None:
        """By how much the share rose; None for a question of one test only."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def was_not_learned(self) -> bool:
        """Whether it was asked twice, and next to nothing was gained that could be."""
        if self.change is None or self.before is None or self.item.takers < items.LEAST_JUDGED:
            return False
        return self.change < LEARNED_LITTLE and self.before < KNOWN_ALREADY


def items_of(ctx: Ctx, found: Sequence[TestAttempt]) -> tuple[Item, ...]:
    """The statistics of one test from first attempts."""
    if not found:
        return ()
    taken = [Taken(one.marks, one.answers) for one in found]
    return tuple(items.analyse(taken, _right_codes(_form(ctx, found))))


def rows(
    ctx: Ctx, firsts: Mapping[str, Sequence[TestAttempt]], found: Mapping[str, Sequence[Item]]
) -> tuple[QuestionRow, ...]:
    """Every question of both tests, in the order of the one after the class."""
    before, after = (
        {item.name: item for item in found[stage.name]} for stage in (PRE_TEST, POST_TEST)
    )
    asked = {
        question.name: question
        for stage in (PRE_TEST, POST_TEST)
        if firsts[stage.name]
        for question in _form(ctx, firsts[stage.name]).questions
    }
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        _row(asked[name], before.get(name), after.get(name)) for name in names if name in asked
    )


def _row(question: Question, before: Item | None, after: Item | None) -> QuestionRow:
    item = after or before
    assert item is not None, "it was asked in one of the two"
    return QuestionRow(
        question.name,
        question.label,
        {choice.code: choice.label for choice in question.choices},
        before.difficulty if before is not None else None,
        after.difficulty if after is not None else None,
        item,
    )


def _form(ctx: Ctx, found: Sequence[TestAttempt]) -> FormDefinition:
    """The newest version that was answered."""
    return versions.definition(ctx, max(one.version_id for one in found))


def _right_codes(form: FormDefinition) -> dict[str, dict[str, bool]]:
    """The codes of each marked question with choices, and whether they are right."""
    return {
        question.name: {
            choice.code: choice.code in scoring.right_codes(question)
            for choice in question.choices
        }
        for question in form.questions
        if question.correct and question.choices
    }
