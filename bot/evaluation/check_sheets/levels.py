"""The seven levels of a check sheet and what is reckoned from them: pure.

6 and 7 say that there was no opportunity; they are counted apart and are in no mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.forms.definition import FormDefinition, Question
from bot.i18n import Text, _

RATED = ("1", "2", "3", "4", "5")
NO_CHANCE, NO_CHANCE_BUT_KNOWN = "6", "7"
ALL = (*RATED, NO_CHANCE, NO_CHANCE_BUT_KNOWN)
LEVEL_WORDS: Mapping[str, Text] = {
    "1": _("not achieved"),
    "2": _("partly, with assistance"),
    "3": _("generally, not yet guiding others"),
    "4": _("understood"),
    "5": _("fully, acts independently"),
    NO_CHANCE: _("no opportunity"),
    NO_CHANCE_BUT_KNOWN: _("no opportunity, but understood"),
}


def items_of(form: FormDefinition) -> tuple[Question, ...]:
    """The questions of a form that are rated by these levels."""
    return tuple(question for question in form.questions if _is_item(question))


def level_of(answers: Mapping[str, Any], item: Question) -> str:
    """The level somebody gave an item; "" where they gave none."""
    given = str(answers.get(item.name) or "")
    return given if given in ALL else ""


def mean(given: Iterable[str]) -> float | None:
    """The mean of the levels 1 to 5 among these; None where there is none."""
    rated = [int(level) for level in given if level in RATED]
    return sum(rated) / len(rated) if rated else None


def without_chance(given: Sequence[str]) -> int:
    """How many of these say that there was no opportunity."""
    return sum(level in (NO_CHANCE, NO_CHANCE_BUT_KNOWN) for level in given)


def _is_item(question: Question) -> bool:
    codes = {choice.code for choice in question.choices}
    return question.type == "select_one" and codes == set(ALL)
