"""The two questionnaires that the officers answer, one named and one anonymous, and their values.

Both ask the same: scales, a choice, several choices, a number, words, a note. Their words are
tokens that occur nowhere else, so that every stored answer leads back to who gave it, and when.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from bot.evaluation import answering, stages
from bot.evaluation.stages import Stage
from bot.forms.definition import FormDefinition
from bot.forms.importer import import_form
from bot.forms.service import on_submit
from bot.i18n import Text

NAMED, ANONYMOUS = "proof_named", "proof_anonymous"
SCALE = tuple(str(code) for code in range(1, 6))
PLACES = ("post", "other_unit", "centre", "home")
TOPICS = ("valuation", "origin", "tariff", "risk")
LARGEST = 99


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its place in the form, what it is called, how it is answered."""

    place: int
    name: str
    kind: str
    label: str
    codes: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        return self.kind in ("text", "integer")


QUESTIONS = (
    Asked(0, "overall", "select_one scale", "How good was it overall?", SCALE),
    Asked(1, "where", "select_one place", "Where have you tried it out?", PLACES),
    Asked(2, "most_useful", "text", "What was most useful to you?"),
    Asked(3, "topics", "select_multiple topic", "Which topics do you still need?", TOPICS),
    Asked(4, "read_this", "note", "The next questions are about your own work."),
    Asked(5, "days", "integer", "How many days did it take you?"),
    Asked(6, "material", "select_one scale", "How good was the material?", SCALE),
    Asked(7, "to_improve", "text", "What should be better next time?"),
    Asked(8, "again", "select_one place", "Where should it be held next?", PLACES),
)
BY_NAME = {question.name: question for question in QUESTIONS}
ANSWERED = tuple(question for question in QUESTIONS if question.kind != "note")


def register() -> None:
    """Make the stages known, and who takes their answers, as the product's own stages are."""
    for name in (NAMED, ANONYMOUS):
        stages.declare(Stage(name, name, Text(f"Questionnaire {name}")))
        on_submit(name)(answering.take)


def form(name: str) -> FormDefinition:
    """The questionnaire, read from an XLSForm in Markdown as any other."""
    imported = import_form(_markdown(name), name=name)
    assert imported.definition is not None, imported.faults
    return imported.definition


def on_screen(text: str) -> Asked | None:
    """The question whose label stands in a message; None if it puts none of these."""
    return next((question for question in QUESTIONS if question.label in text), None)


def summed(text: str) -> dict[str, str]:
    """The values in a summary, by question, as a phone gives them."""
    found = ((one, re.search(rf"{re.escape(one.label)}:? (.+)", text)) for one in ANSWERED)
    return {question.name: _read(question, line[1]) for question, line in found if line}


def _read(question: Asked, words: str) -> str:
    if not question.codes:
        return words
    return " ".join(code for code in question.codes if _label(code) in words)


def value_for(question: Asked, token: str, dice: random.Random) -> str:
    """A value for a typed question; words are the token itself."""
    return token if question.kind == "text" else str(dice.randint(0, LARGEST))


def as_given(question: Asked, stored: object) -> str:
    """A stored value as a phone gives it: several choices joined in the form's order."""
    if question.kind.startswith("select_multiple"):
        codes = stored.split() if isinstance(stored, str) else list(stored or ())  # type: ignore[call-overload]
        return " ".join(sorted(map(str, codes), key=question.codes.index))
    return str(stored)


def _label(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _markdown(name: str) -> str:
    choices = {"scale": SCALE, "place": PLACES, "topic": TOPICS}
    secret = "yes" if name == ANONYMOUS else ""
    lines = [
        "| settings | | | |",
        "| | form_title | form_id | anonymous |",
        f"| | Questionnaire {name} | {name} | {secret} |",
        "| survey | | | | |",
        "| | type | name | label | required |",
        *(
            f"| | {asked.kind} | {asked.name} | {asked.label} |"
            f" {'' if asked.kind == 'note' else 'yes'} |"
            for asked in QUESTIONS
        ),
        "| choices | | | |",
        "| | list_name | name | label |",
        *(
            f"| | {kind} | {code} | {_label(code)} |"
            for kind, codes in choices.items()
            for code in codes
        ),
    ]
    return "\n".join(lines)
