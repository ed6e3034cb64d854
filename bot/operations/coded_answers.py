"""Which answers are no words of anybody's own: they stay when somebody is erased."""

from __future__ import annotations

from typing import Any

from bot.context import Ctx
from bot.evaluation.behaviours_asked import NUMBERS
from bot.forms import versions
from bot.forms.definition import FormDefinition, Question

CODED = frozenset(
    {"select_one", "select_multiple", "integer", "decimal", "range", "date", "acknowledge"}
)
"""Types whose answers are no words of anybody's own."""


def coded(ctx: Ctx, version_id: int) -> set[str]:
    """The questions of a form whose answers stay: coded ones, and which behaviours were rated."""
    form = versions.definition(ctx, version_id)
    return {question.name for question in form.questions if _is_coded(question)}


def remarks(form: FormDefinition, answers: dict[str, Any], staff_no: str) -> set[str]:
    """The questions that are asked because this person was chosen in another one."""
    chosen = [f"${{{name}}}" for name, value in answers.items() if value == staff_no]
    return {
        question.name
        for question in form.questions
        if question.type not in CODED and any(one in question.relevant for one in chosen)
    }


def _is_coded(question: Question) -> bool:
    numbers = question.type == "hidden" and question.name == NUMBERS
    return question.type in CODED or numbers
