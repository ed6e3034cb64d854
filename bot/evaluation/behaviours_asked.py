"""How the forms about a class name the behaviours of its course, and which answer is about which.

`behaviours` holds their numbers in the order in which they were asked, `behaviour_1` and so on
their words, `often_1` and so on the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, or_, select

from bot.context import Ctx
from bot.evaluation.stages import (
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
)
from bot.i18n import Texts, render
from bot.models.evaluation import Assignment
from bot.models.forms import Draft, Response
from bot.models.training import TrainingClass

NUMBERS = "behaviours"
SCALE = frozenset("12345")
ASKING = (
    LEVEL_CHECK,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_SUPERVISOR,
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
)
"""The stages whose forms ask about behaviours."""


def prefilled(listed: Sequence[tuple[int, Texts]], language: str) -> dict[str, str]:
    """What a form is told of behaviours (number, words) before it is begun."""
    if not listed:
        return {}
    said = {NUMBERS: " ".join(str(number) for number, _words in listed)}
    said |= {
        f"behaviour_{place}": render(words, language)
        for place, (_number, words) in enumerate(listed, 1)
    }
    return said


def ratings(answers: Mapping[str, Any]) -> dict[int, int]:
    """How often each behaviour is shown, 1 to 5, by its number; what was skipped is left out."""
    numbers = str(answers.get(NUMBERS) or "").split()
    found = {
        int(number): str(answers.get(f"often_{place}") or "")
        for place, number in enumerate(numbers, 1)
        if number.isdecimal()
    }
    return {number: int(code) for number, code in found.items() if code in SCALE}


def is_asked(ctx: Ctx, course_id: int) -> bool:
    """Whether anybody has been asked about this course's behaviours, or is answering now."""
    asked = (
        select(Assignment.id)
        .join(TrainingClass, TrainingClass.id == Assignment.class_id)
        .where(
            TrainingClass.course_id == course_id,
            Assignment.stage.in_([stage.name for stage in ASKING]),
            or_(
                exists().where(Response.assignment_id == Assignment.id),
                exists().where(Draft.assignment_id == Assignment.id),
            ),
        )
    )
    return ctx.session.execute(asked.limit(1)).first() is not None
