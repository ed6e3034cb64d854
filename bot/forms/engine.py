"""Asking a form: state and input give the next state. No database, no chat, no clock.

The meaning is ODK's: an irrelevant question is skipped and blank for every expression, a
constraint is not held against a blank answer, groups pass their relevance on.
"""

from __future__ import annotations

from dataclasses import replace

from bot.events import SentFile
from bot.forms.arrangement import arranged
from bot.forms.beginning import start
from bot.forms.compiled import Step
from bot.forms.definition import FormDefinition, Question
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import Value, is_blank
from bot.forms.following import Outcome, settled, with_answer, without
from bot.forms.overview import (
    Missing,
    Progress,
    SummaryLine,
    as_it_stands,
    complete,
    missing,
    place_in_group,
    progress,
    summary,
)
from bot.forms.question_types import choosing
from bot.forms.question_types.contract import Offer, OfferKind, Option
from bot.forms.rules import ShowResult, rules_of
from bot.forms.state import State, state_from_json, state_to_json
from bot.forms.wording import filled
from bot.i18n import Moment, Text, Texts, _

__all__ = [
    "Missing", "Moment", "Outcome", "Progress", "State", "SummaryLine", "Value", "answer",
    "as_it_stands", "back", "complete", "done", "is_final", "is_required", "jump", "missing",
    "offer", "open_question", "place_in_group", "progress", "search", "sent", "set_choice",
    "skip", "start", "state_from_json", "state_to_json", "summary", "typed", "wording",
]  # fmt: skip


MARKED = _("You have been told what was right here. This answer stands.")


def open_question(form: FormDefinition, state: State) -> Question | None:
    """The question being asked, None on the summary."""
    return form.question(state.open) if state.open else None


def offer(form: FormDefinition, state: State, name: str, moment: Moment) -> Offer:
    """How a question is put now: its kind and the choices that are open."""
    ready = arranged(form, state.seed)
    step = ready.by_name[name]
    if step.question.read_only:
        return Offer(OfferKind.NOTE)
    return step.type.offer(Evaluation(ready, state, moment).question(step))


def search(
    form: FormDefinition, state: State, name: str, words: str, moment: Moment
) -> tuple[Option, ...]:
    """The open choices of a question of its own list that match the words typed."""
    ready = arranged(form, state.seed)
    step = ready.by_name[name]
    return choosing.search(words, Evaluation(ready, state, moment).question(step))


def wording(form: FormDefinition, state: State, texts: Texts, moment: Moment) -> Texts:
    """A label, hint or message with its ${names} filled in, in every language."""
    ready = arranged(form, state.seed)
    return filled(texts, ready, lambda: Evaluation(ready, state, moment))


def is_required(form: FormDefinition, state: State, name: str, moment: Moment) -> bool:
    """Whether the question may not be left blank now."""
    ready = arranged(form, state.seed)
    return Evaluation(ready, state, moment).is_required(ready.by_name[name])


def answer(form: FormDefinition, state: State, name: str, value: Value, moment: Moment) -> Outcome:
    """Take an answer to the open question and go on; says why not where it cannot be taken."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    if not step.takes_answer:
        return done(form, state, name, moment)
    if is_blank(value):
        return skip(form, state, name, moment)
    taken = step.type.take(value, Evaluation(ready, state, moment).question(step))
    if taken is None:
        return Outcome(state, _("This is not one of the answers. Please choose again."))
    answered = with_answer(state, name, _in_order(step, taken))
    return _marked(form, name, settled(ready, state, answered, step, moment))


def typed(
    form: FormDefinition, state: State, name: str, text: str, *, language: str, moment: Moment
) -> Outcome:
    """Take typed words as the answer to the open question, read as `language` writes them."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    if not step.takes_answer:
        return Outcome(state, _("There is nothing to answer here. Please go on with the button."))
    question = Evaluation(ready, state, moment).question(step)
    value = step.type.parse(text, question, language)
    if isinstance(value, Text):
        return Outcome(state, value)
    answered = with_answer(state, name, _in_order(step, value))
    return _marked(form, name, settled(ready, state, answered, step, moment))


def sent(form: FormDefinition, state: State, name: str, file: SentFile, moment: Moment) -> Outcome:
    """Take a file as the answer to the open question; says why not where it cannot be taken."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    if not (step.takes_answer and step.type.takes_file):
        return Outcome(state, _("A file is no answer to this question."))
    value = step.type.receive(file, Evaluation(ready, state, moment).question(step))
    if isinstance(value, Text):
        return Outcome(state, value)
    return settled(ready, state, with_answer(state, name, value), step, moment)


def set_choice(
    form: FormDefinition, state: State, name: str, code: str, on: bool, *, moment: Moment
) -> Outcome:
    """Put one choice of the open question on or off; saying so twice changes nothing."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name or not step.takes_answer:
        return Outcome(state, _not_open())
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    question = Evaluation(ready, state, moment).question(step)
    if question.choice(code) is None:
        return Outcome(state, _("This is not one of the answers. Please choose again."))
    stored = state.answers.get(name, ())
    codes = set(stored.split() if isinstance(stored, str) else stored)  # type: ignore[arg-type]
    codes = codes | {code} if on else codes - {code}
    in_order = [choice.code for choice in step.question.choices if choice.code in codes]
    return Outcome(with_answer(state, name, in_order) if codes else without(state, name))


def skip(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Leave the open question blank and go on; refused where an answer is required."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    return settled(ready, state, without(state, name), step, moment)


def done(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Go on with the open question as it stands: a note read, choices made, a default kept."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or state.open != name:
        return Outcome(state, _not_open())
    seen = state
    if not step.takes_answer and name not in state.visited:
        seen = replace(state, visited=(*state.visited, name))
    return _marked(form, name, settled(ready, state, seen, step, moment))


def back(form: FormDefinition, state: State, moment: Moment) -> State:
    """The question before the open one; the summary where the question was opened from it."""
    ready = arranged(form, state.seed)
    if state.editing:
        return replace(state, open=None, editing=False)
    evaluation = Evaluation(ready, state, moment)
    index = ready.by_name[state.open].index if state.open else len(ready.steps)
    for step in reversed(ready.steps[:index]):
        name = step.question.name
        if step.is_asked and evaluation.is_relevant(step) and not is_final(form, state, name):
            return replace(state, open=name)
    return state


def jump(form: FormDefinition, state: State, name: str, moment: Moment) -> Outcome:
    """Open a question from the summary; refused for one that is not asked now."""
    ready = arranged(form, state.seed)
    step = ready.by_name.get(name)
    if step is None or not step.is_asked or not Evaluation(ready, state, moment).is_relevant(step):
        return Outcome(state, _("This question is not asked with the answers given."))
    if is_final(form, state, name):
        return Outcome(state, MARKED)
    return Outcome(replace(state, open=name, editing=True))


def is_final(form: FormDefinition, state: State, name: str) -> bool:
    """Whether an answer has been marked before the person's eyes, so that it stands."""
    if name not in state.visited or rules_of(form).show_result is not ShowResult.EACH:
        return False
    question = form.question(name)
    return question is not None and bool(question.correct)


def _marked(form: FormDefinition, name: str, outcome: Outcome) -> Outcome:
    """The outcome, with the answer noted as final if its mark is told at once."""
    question, state = form.question(name), outcome.state
    if question is None or not question.correct or outcome.problem is not None:
        return outcome
    if rules_of(form).show_result is not ShowResult.EACH or is_blank(state.answers.get(name, "")):
        return outcome
    return Outcome(replace(state, visited=(*state.visited, name)))


def _in_order(step: Step, value: Value) -> Value:
    """Several codes as the form lists them, in whatever order they were shown."""
    if not isinstance(value, (list, tuple)):
        return value
    return [choice.code for choice in step.question.choices if choice.code in value]


def _not_open() -> Text:
    return _("This question is no longer open. Please answer the one that is shown.")
