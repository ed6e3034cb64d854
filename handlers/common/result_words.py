"""What somebody is told about their answers to a test, as far as the form allows it."""

from __future__ import annotations

from decimal import Decimal

from bot.context import Ctx
from bot.evaluation.tests import conditions, points, taking
from bot.forms import engine, scoring, service
from bot.forms.definition import Question
from bot.forms.engine import State
from bot.forms.question_types.choosing import label_of
from bot.forms.question_types.contract import type_of
from bot.forms.question_types.range import plain
from bot.forms.rules import ShowResult, rules_of
from bot.forms.scoring import Mark, Score
from bot.forms.service import OpenDraft
from bot.i18n import Joined, Text, Words, _
from handlers.common.question_screen import words_of

MOST_WRONG = 20


def mark_words(draft: OpenDraft, before: State, after: State) -> Words | None:
    """Right or not, said as soon as a question has been answered; None where nothing is said."""
    name = before.open
    if rules_of(draft.form).show_result is not ShowResult.EACH or name is None:
        return None
    if name in before.visited or not engine.is_final(draft.form, after, name):
        return None
    question = draft.form.by_name[name]
    if scoring.is_right(question, after.answers[name]):
        return _("Right.")
    return _("Not right. The right answer: {answer}.", answer=right_answer(question))


def result_lines(ctx: Ctx, draft: OpenDraft) -> list[Words]:
    """Points, whether that is enough, and what would have been right; nothing unless shown.

    Of an attempt at a test the service says the points, and what was right waits for the last.
    """
    rules = rules_of(draft.form)
    if rules.show_result is ShowResult.NEVER or not scoring.is_test(draft.form):
        return []
    now = service.moment(ctx)
    attempt = conditions.of_draft(draft.purpose)
    answers = engine.as_it_stands(draft.form, draft.state, now)
    found = scoring.score(draft.form, answers, now)
    lines: list[Words] = []
    if attempt is None:
        lines.append(_points(found))
        if rules.pass_mark is not None:
            lines.append(_passed(found, rules.pass_mark))
    elif not (attempt[1].tells and taking.is_last(points.of_score(found), *attempt)):
        return []
    wrong = [mark for mark in found.marks if not mark.right]
    return [*lines, *(_wrong(ctx, draft, mark) for mark in wrong[:MOST_WRONG])]


def _points(found: Score) -> Text:
    return _(
        "You have {points} of {maximum} points: {percent} %.",
        points=plain(found.points),
        maximum=plain(found.maximum),
        percent=plain(found.percent),
    )


def _passed(found: Score, pass_mark: int) -> Text:
    if found.passes(pass_mark):
        return _("You have passed.")
    return _("You have not passed: {percent} % are needed.", percent=pass_mark)


def _wrong(ctx: Ctx, draft: OpenDraft, mark: Mark) -> Text:
    question = draft.form.by_name[mark.name]
    return _(
        "“{question}” The right answer: {answer}.",
        question=words_of(question.label, ctx),
        answer=right_answer(question),
    )


def right_answer(question: Question) -> Words:
    """What would have been right, as a reader sees it."""
    if question.choices:
        codes = scoring.right_codes(question)
        right = [label_of(choice) for choice in question.choices if choice.code in codes]
        return Text("{right}", (("right", Joined(tuple(right))),))
    if question.type in scoring.NUMBERS:
        return _number(question)
    if question.type == "text":
        return next(scoring.right_wordings(question), "")
    return type_of(question).format(question.correct, question, "en")


def _number(question: Question) -> Words:
    span = scoring.right_number(question.correct)
    value = plain(span.value if span else Decimal(0))
    if span is None or not span.tolerance:
        return Text("{value}", (("value", value),))
    return Text("{value} ± {off}", (("value", value), ("off", plain(span.tolerance))))
