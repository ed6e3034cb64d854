"""The order in which one response is asked: that of the form, but for shuffled groups.

The order follows from the seed of the response alone, so that it is the same after a restart,
on the summary, and in every language.
"""

from __future__ import annotations

import random
from dataclasses import replace

from bot.forms.compiled import CompiledForm, Step, compiled
from bot.forms.definition import FormDefinition
from bot.forms.rules import rules_of


def arranged(form: FormDefinition, seed: int) -> CompiledForm:
    """The compiled form with its steps in the order of this response."""
    ready = compiled(form)
    groups = rules_of(form).shuffled
    return _shuffled(ready, groups, seed) if groups else ready


def _shuffled(ready: CompiledForm, groups: tuple[str, ...], seed: int) -> CompiledForm:
    steps = list(ready.steps)
    for group in groups:
        places = [step.index for step in ready.steps if _is_member(step, group)]
        order = list(places)
        random.Random(f"{seed}/{group}").shuffle(order)
        for place, origin in zip(places, order, strict=True):
            steps[place] = ready.steps[origin]
    placed = tuple(replace(step, index=place) for place, step in enumerate(steps))
    return CompiledForm(
        steps=placed,
        by_name={step.question.name: step for step in placed},
        kept=tuple(step for step in placed if step.keeps_first_value),
    )


def _is_member(step: Step, group: str) -> bool:
    """Questions right in the group change places; its notes and inner groups stay."""
    return step.question.groups[-1:] == (group,) and step.is_asked and step.takes_answer
