"""What a half-filled form amounts to: progress, summary, what is missing, the final answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.forms.arrangement import arranged
from bot.forms.compiled import CompiledForm, Step
from bot.forms.definition import FormDefinition, Question
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import Value, is_blank
from bot.forms.state import State
from bot.forms.wording import filled
from bot.i18n import Moment, Words, _


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands in the way of submitting, and why."""

    question: Question
    problem: Words


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A question with its choices worded as it was put, its value, and whether it counts."""

    question: Question
    value: Value
    relevant: bool


class Progress(NamedTuple):
    """The `number`th question of `total`; not `exact` while answers may still change the total."""

    number: int
    total: int
    exact: bool


def progress(form: FormDefinition, state: State, moment: Moment) -> Progress:
    """Where the open question stands among the questions that are asked as things are."""
    ready = arranged(form, state.seed)
    evaluation = Evaluation(ready, state, moment)
    here = ready.by_name[state.open].index if state.open else len(ready.steps)
    asked = [step for step in ready.steps if step.is_asked and evaluation.is_relevant(step)]
    number = sum(step.index <= here for step in asked)
    later = {step.question.name for step in ready.steps[here:] if step.is_asked}
    exact = all(later.isdisjoint(step.needs) for step in ready.steps[here:] if step.is_asked)
    return Progress(number, len(asked), exact)


def summary(form: FormDefinition, state: State, moment: Moment) -> list[SummaryLine]:
    """Every question that takes an answer, with its value, and whether it counts now."""
    ready = arranged(form, state.seed)
    evaluation = Evaluation(ready, state, moment)
    return [
        SummaryLine(
            evaluation.worded(step), evaluation[step.question.name], evaluation.is_relevant(step)
        )
        for step in ready.steps
        if step.is_asked and step.takes_answer
    ]


def missing(form: FormDefinition, state: State, moment: Moment) -> tuple[Missing, ...]:
    """What stands in the way of submitting: blank required answers, broken constraints."""
    ready = arranged(form, state.seed)
    evaluation = Evaluation(ready, state, moment)
    found = (
        (step, problem_of(ready, evaluation, step))
        for step in ready.steps
        if step.is_asked and step.takes_answer and evaluation.is_relevant(step)
    )
    return tuple(Missing(step.question, problem) for step, problem in found if problem)


def complete(
    form: FormDefinition, state: State, moment: Moment
) -> dict[str, Value] | tuple[Missing, ...]:
    """The answers to hand over, by name and in codes, without blanks and irrelevant ones.

    Gives what is missing instead where the form cannot be submitted yet.
    """
    lacking = missing(form, state, moment)
    if lacking:
        return lacking
    return _given(form, state, moment)


def as_it_stands(form: FormDefinition, state: State, moment: Moment) -> dict[str, Value]:
    """The answers to hand over when time is up: what is missing is missing."""
    impossible = {one.question.name for one in missing(form, state, moment)}
    given = _given(form, state, moment)
    return {name: value for name, value in given.items() if name not in impossible}


def place_in_group(
    form: FormDefinition, state: State, name: str, moment: Moment
) -> tuple[int, int]:
    """Which item of its group a question is, and of how many that are asked as things are.

    The question itself counts, also where one looks at it before it is asked.
    """
    ready = arranged(form, state.seed)
    evaluation = Evaluation(ready, state, moment)
    group = ready.by_name[name].question.groups
    items = [
        step.question.name
        for step in ready.steps
        if step.question.groups == group
        and step.is_asked
        and step.takes_answer
        and (step.question.name == name or evaluation.is_relevant(step))
    ]
    return items.index(name) + 1, len(items)


def _given(form: FormDefinition, state: State, moment: Moment) -> dict[str, Value]:
    ready = arranged(form, state.seed)
    state = _with_end(ready, state, moment)
    evaluation = Evaluation(ready, state, moment)
    values = {
        step.question.name: evaluation[step.question.name]
        for step in ready.steps
        if step.question.type != "note"
    }
    return {name: value for name, value in values.items() if not is_blank(value)}


def problem_of(ready: CompiledForm, evaluation: Evaluation, step: Step) -> Words | None:
    """Why an answer cannot stand: blank though required, or against its constraint."""
    question = step.question
    if is_blank(evaluation[question.name]):
        if not evaluation.is_required(step):
            return None
        said = filled(question.required_message, ready, lambda: evaluation)
        return said or _("This question needs an answer.")
    if evaluation.is_allowed(step):
        return None
    said = filled(question.constraint_message, ready, lambda: evaluation)
    return said or _("This answer is not possible here. Please check it.")


def _with_end(ready: CompiledForm, state: State, moment: Moment) -> State:
    for step in ready.steps:
        if step.question.type == "end":
            at = local_time(moment)
            state = replace(state, answers={**state.answers, step.question.name: at})
    return state


def local_time(moment: Moment) -> str:
    """Date and time on the wall, in ISO form with the zone's offset."""
    return moment.at.astimezone(ZoneInfo(moment.zone)).isoformat(timespec="seconds")
