"""Asking a form: state and input give the next state. No database, no chat, no clock.

The meaning is ODK's: an irrelevant question is skipped and blank for every expression, a
constraint is not held against a blank answer, groups pass their relevance on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.events import SentFile
from bot.forms.compiled import CompiledForm, Step, compiled
from bot.forms.definition import FormDefinition, Question
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import BLANK, Value, is_blank
from bot.forms.overview import (
    Missing,
    Progress,
    SummaryLine,
    complete,
    local_time,
    missing,
    problem_of,
    progress,
    summary,
)
from bot.forms.question_types import choosing
from bot.forms.question_types.contract import Offer, OfferKind, Option
from bot.forms.state import State, state_from_json, state_to_json
from bot.forms.wording import filled
from bot.i18n import Moment, Text, Texts, Words, _

__all__ = [
    "Missing", "Moment", "Outcome", "Progress", "State", "SummaryLine", "Value", "answer",
    "back", "complete", "done", "is_required", "jump", "missing", "offer", "open_question",
    "progress",
    "search", "sent", "set_choice", "skip", "start", "state_from_json", "state_to_json", "summary",
    "typed", "wording",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: the state after it, and a problem if nothing was taken."""

    state: State
    problem: Words | None = None


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
    ready = compiled(form)
    state = State(answers=_first_answers(ready, moment, answers or {}), seed=seed)
    for step in ready.steps:
        if step.default is not None and step.question.name not in state.answers:
            value = step.type.take(Evaluation(ready, state, moment).default(step), step.question)
            if value is not None:
                state = replace(state, answers={**state.answers, step.question.name: value})
    return _opened(ready, state, moment, -1)


def open_question(form: FormDefinition, state: State) -> Question | None:
    """The question being asked, None on the summary."""
    return form.question(state.open) if state.open else None


def offer(form: FormDefinition, state: State, name: str, moment: Moment) -> Offer:
    """How a question is put now: its kind and the choices that are open."""
    ready = compiled(form)
    step = ready.by_name[name]
    if step.question.read_only:
        return Offer(OfferKind.NOTE)
    return step.type.offer(Evaluation(ready, state, moment).question(step))


def search(
    form: FormDefinition, state: State, name: str, words: str, moment: Moment
) -> tuple[Option, ...]:
    """The open choices of a question of its own list that match the words typed."""
    ready = compiled(form)
    step = ready.by_name[name]
    return choosing.search(words, Evaluation(ready, state, moment).question(step))


def wording(form: FormDefinition, state: State, texts: Texts, moment: Moment) -> Texts:
    """A label, hint or message with its ${names} filled in, in every language."""
    return filled(texts, compiled(form), lambda: Evaluation(compiled(form), state, moment))


def is_required(form: FormDefinition, state: State, name: str, moment: Moment) -> bool:
    """Whether the question may not be left blank now."""
    ready = compiled(form)
    return Evaluation(ready, state, moment).is_required(ready.by_name[name])


def answer(form: FormDefinition, state: State, name: str, value: Value, moment: Moment) -> Outcome:
    """Take an answer to the open question and go on; says why not where it cannot be taken."""
    ready = compiled(form)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if not step.takes_answer:
        return done(form, state, name, moment)
    if is_blank(value):
        return skip(form, state, name, moment)
    taken = step.type.take(value, Evaluation(ready, state, moment).question(step))
    if taken is None:
        return Outcome(state, _("This is not one of the answers. Please choose again."))
    return _settled(ready, state, _with_answer(state, name, taken), step, moment)


def typed(
    form: FormDefinition, state: State, name: str, text: str, *, language: str, moment: Moment
) -> Outcome:
    """Take typed words as the answer to the open question, read as `language` writes them."""
    ready = compiled(form)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if not step.takes_answer:
        return Outcome(state, _("There is nothing to answer here. Please go on with the button."))
    question = Evaluation(ready, state, moment).question(step)
    value = step.type.parse(text, question, language)
    if isinstance(value, Text):
        return Outcome(state, value)
    return _settled(ready, state, _with_answer(state, name, value), step, moment)


def sent(form: FormDefinition, state: State, name: str, file: SentFile, moment: Moment) -> Outcome:
    """Take a file as the answer to the open question; says why not where it cannot be taken."""
    ready = compiled(form)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if not (step.takes_answer and step.type.takes_file):
        return Outcome(state, _("A file is no answer to this question."))
    value = step.type.receive(file, Evaluation(ready, state, moment).question(step))
    if isinstance(value, Text):
        return Outcome(state, value)
    return _settled(ready, state, _with_answer(state, name, value), step, moment)


def set_choice(
    form: FormDefinition, state: State, name: str, code: str, on: bool, *, moment: Moment
) -> Outcome:
    """Put one choice of the open question on or off; saying so twice changes nothing."""
    ready = compiled(form)
    step = ready.by_name.get(name)
    if step is None or state.open != name or not step.takes_answer:
        return Outcome(state, _not_open())
    question = Evaluation(ready, state, moment).question(step)
    if question.choice(code) is None:
        return Outcome(state, _("This is not one of the answers. Please choose again."))
    stored = state.answers.get(name, ())
    codes = set(stored.split() if isinstance(stored, str) else stored)  # type: ignore[arg-type]
    codes = codes | {code} if on else codes - {code}
    in_order = [choice.code for choice in step.question.choices if choice.code in codes]
    return Outcome(_with_answer(state, name, in_order) if codes else _without(state, name))


def skip(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Leave the open question blank and go on; refused where an answer is required."""
    step = compiled(form).by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    return _settled(compiled(form), state, _without(state, name), step, moment)


def done(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Go on with the open question as it stands: a note read, choices made, a default kept."""
    step = compiled(form).by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    seen = state
    if not step.takes_answer and name not in state.visited:
        seen = replace(state, visited=(*state.visited, name))
    return _settled(compiled(form), state, seen, step, moment)


def back(form: FormDefinition, state: State, moment: Moment) -> State:
    """The question before the open one; the summary where the question was opened from it."""
    ready = compiled(form)
    if state.editing:
        return replace(state, open=None, editing=False)
    evaluation = Evaluation(ready, state, moment)
    index = ready.by_name[state.open].index if state.open else len(ready.steps)
    for step in reversed(ready.steps[:index]):
        if step.is_asked and evaluation.is_relevant(step):
            return replace(state, open=step.question.name)
    return state


def jump(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Open a question from the summary; refused for one that is not asked now."""
    ready = compiled(form)
    step = ready.by_name.get(name)
    if step is None or not step.is_asked or not Evaluation(ready, state, moment).is_relevant(step):
        return Outcome(state, _("This question is not asked with the answers given."))
    return Outcome(replace(state, open=name, editing=True))


def _not_open() -> Text:
    return _("This question is no longer open. Please answer the one that is shown.")


def _with_answer(state: State, name: str, value: Value) -> State:
    return replace(state, answers={**state.answers, name: value})


def _without(state: State, name: str) -> State:
    if name not in state.answers:
        return state
    return replace(
        state, answers={key: value for key, value in state.answers.items() if key != name}
    )


def _settled(
    ready: CompiledForm, before: State, after: State, step: Step, moment: Moment
) -> Outcome:
    problem = None
    if step.takes_answer:
        problem = problem_of(ready, Evaluation(ready, after, moment), step)
    if problem:
        return Outcome(before, problem)
    return Outcome(_opened(ready, after, moment, step.index))


def _opened(ready: CompiledForm, state: State, moment: Moment, index: int) -> State:
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
