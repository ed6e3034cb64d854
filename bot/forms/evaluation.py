"""What every question of a form is worth for one set of answers, computed only where needed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.forms.compiled import CompiledForm, Step
from bot.forms.definition import Choice, Question
from bot.forms.expressions import BLANK, Value, is_blank
from bot.forms.state import State
from bot.forms.wording import filled
from bot.i18n import Moment


class Evaluation(Mapping[str, Value]):
    """Relevance and values under one state; an irrelevant question is blank for all others."""

    def __init__(self, form: CompiledForm, state: State, moment: Moment) -> None:
        self._form = form
        self._state = state
        self._moment = moment
        self._relevant: dict[str, bool] = {}
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        step = self._form.by_name[name]
        self._compute(step)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._form.by_name)

    def __len__(self) -> int:
        return len(self._form.by_name)

    def is_relevant(self, step: Step) -> bool:
        """Whether the question is to be asked or counted at all."""
        if step.relevant is None:
            return True
        self._compute(step)
        return self._relevant[step.question.name]

    def is_required(self, step: Step) -> bool:
        if isinstance(step.required, bool):
            return step.required
        return step.required.holds(self, self[step.question.name], self._moment)

    def is_allowed(self, step: Step) -> bool:
        """Whether the constraint holds; a blank answer is never held against it."""
        value = self[step.question.name]
        if step.constraint is None or is_blank(value):
            return True
        return step.constraint.holds(self, value, self._moment)

    def default(self, step: Step) -> Value:
        """The result of a default that is an expression."""
        return step.default.value(self, BLANK, self._moment) if step.default else BLANK

    def question(self, step: Step) -> Question:
        """The question with the choices that are open now, in the order they are shown."""
        question = self.worded(step)
        if step.choice_filter is None and "randomize" not in question.parameters:
            return question
        return replace(question, choices=self._open_choices(step, question.choices))

    def worded(self, step: Step) -> Question:
        """The question with the answers that the labels of its choices mention filled in."""
        if not step.has_worded_choices:
            return step.question
        choices = (
            replace(choice, label=filled(choice.label, self._form, lambda: self))
            for choice in step.question.choices
        )
        return replace(step.question, choices=tuple(choices))

    def _open_choices(self, step: Step, among: tuple[Choice, ...]) -> tuple[Choice, ...]:
        choices = [choice for choice in among if self._is_open(step, choice)]
        parameters = step.question.parameters
        if parameters.get("randomize") == "true":
            seed = parameters.get("seed", str(self._state.seed))
            random.Random(f"{seed}/{step.question.name}").shuffle(choices)
        return tuple(choices)

    def _is_open(self, step: Step, choice: Choice) -> bool:
        if step.choice_filter is None:
            return True
        row = {"name": choice.code, **choice.attributes}
        return step.choice_filter.holds(self, BLANK, self._moment, row)

    def _compute(self, step: Step) -> None:
        if step.question.name in self._values:
            return
        for name in step.needs:
            if name not in self._values:
                self._compute_one(self._form.by_name[name])
        self._compute_one(step)

    def _compute_one(self, step: Step) -> None:
        name = step.question.name
        holds = step.relevant is None or step.relevant.holds(self, BLANK, self._moment)
        self._relevant[name] = holds
        self._values[name] = self._value(step) if holds else BLANK

    def _value(self, step: Step) -> Value:
        name = step.question.name
        if step.calculation is not None:
            return step.calculation.value(self, self._state.kept.get(name, BLANK), self._moment)
        value = self._state.answers.get(name, BLANK)
        if step.choice_filter is None or is_blank(value) or step.question.source:
            return value
        return self._still_open(step, value)

    def _still_open(self, step: Step, value: Value) -> Value:
        codes = [value] if isinstance(value, str) else list(value)  # type: ignore[arg-type]
        offered = {choice.code for choice in step.question.choices
                   if choice.code in codes and self._is_open(step, choice)}  # fmt: skip
        if isinstance(value, str):
            return value if value in offered else BLANK
        return [code for code in codes if code in offered]
