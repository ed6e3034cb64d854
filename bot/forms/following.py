"""Which question is open after an answer: the next that is asked, or the summary."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.forms.compiled import CompiledForm, Step
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import BLANK, Value, is_blank
from bot.forms.overview import problem_of
from bot.forms.state import State
from bot.i18n import Moment, Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: the state after it, and a problem if nothing was taken."""

    state: State
    problem: Words | None = None


def with_answer(state: State, name: str, value: Value) -> State:
    return replace(state, answers={**state.answers, name: value})


def without(state: State, name: str) -> State:
    if name not in state.answers:
        return state
    return replace(
        state, answers={key: value for key, value in state.answers.items() if key != name}
    )


def settled(
    ready: CompiledForm, before: State, after: State, step: Step, moment: Moment
) -> Outcome:
    problem = None
    if step.takes_answer:
        problem = problem_of(ready, Evaluation(ready, after, moment), step)
    if problem:
        return Outcome(before, problem)
    return Outcome(opened(ready, after, moment, step.index))


def opened(ready: CompiledForm, state: State, moment: Moment, index: int) -> State:
    evaluation = Evaluation(ready, state, moment)
    if ready.kept:
        kept = {step.question.name: evaluation[step.question.name] for step in ready.kept}
        state = replace(state, kept={key: value for key, value in kept.items() if value != BLANK})
    following = _lacking(ready, evaluation) if state.editing else _next(ready, evaluation, index)
    if following is None:
        return replace(state, open=None, editing=False)
    return replace(state, open=following.question.name)


def _next(ready: CompiledForm, evaluation: Evaluation, index: int) -> Step | None:
    for step in ready.steps[index + 1 :]:
        if step.is_asked and evaluation.is_relevant(step):
            return step
    return None


def _lacking(ready: CompiledForm, evaluation: Evaluation) -> Step | None:
    """The first required question that a change on the summary has opened."""
    for step in ready.steps:
        if step.is_asked and step.takes_answer and evaluation.is_relevant(step):
            blank = is_blank(evaluation[step.question.name])
            if blank and evaluation.is_required(step):
                return step
    return None
