"""The state before the first question: defaults, what the server knows, what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.forms.arrangement import arranged
from bot.forms.compiled import CompiledForm, Step
from bot.forms.definition import FormDefinition
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import BLANK, Value, is_blank
from bot.forms.following import opened
from bot.forms.overview import local_time
from bot.forms.state import State
from bot.i18n import Moment


def start(
    form: FormDefinition,
    moment: Moment,
    answers: Mapping[str, Value] | None = None,
    seed: int = 0,
) -> State:
    """The state before the first question, with defaults and `answers` filled in.

    What the server knows (username, deviceid, hidden values) is given in `answers` too;
    names the form does not have and values it cannot take are left out.
    """
    ready = arranged(form, seed)
    state = State(answers=_first_answers(ready, moment, answers or {}), seed=seed)
    for step in ready.steps:
        if step.default is not None and step.question.name not in state.answers:
            value = step.type.take(Evaluation(ready, state, moment).default(step), step.question)
            if value is not None:
                state = replace(state, answers={**state.answers, step.question.name: value})
    return opened(ready, state, moment, -1)


def _first_answers(
    ready: CompiledForm, moment: Moment, given: Mapping[str, Value]
) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for step in ready.steps:
        question = step.question
        value = given.get(question.name, _server_value(step, moment))
        if is_blank(value) and question.default and step.default is None:
            value = question.default
        taken = None if is_blank(value) else step.type.take(value, question)
        if taken is not None:
            answers[question.name] = taken
    return answers


def _server_value(step: Step, moment: Moment) -> Value:
    if step.question.type == "start":
        return local_time(moment)
    return local_time(moment)[:10] if step.question.type == "today" else BLANK
