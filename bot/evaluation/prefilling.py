"""What a form is told before its first question: a registry by stage.

A form names such words as `${course}`; where a form of the unit's own does not, they are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.context import Ctx
from bot.evaluation.assignments import Opening
from bot.evaluation.stages import Stage
from bot.forms import service
from bot.models.evaluation import Assignment

Filler: TypeAlias = Callable[[Ctx, Assignment], Mapping[str, str]]
FILLERS: dict[str, Filler] = {}


def fills(*stages: Stage) -> Callable[[Filler], Filler]:
    """Register what is filled in beforehand at these stages; refuses a second filler of one."""

    def keep(filler: Filler) -> Filler:
        for stage in stages:
            if stage.name in FILLERS:
                raise ValueError(f"stage {stage.name} is filled in from two places")
            FILLERS[stage.name] = filler
        return filler

    return keep


def answers(ctx: Ctx, assignment_id: int) -> Mapping[str, str]:
    """What is known before the form of an assignment is begun, in the actor's language."""
    assignment = ctx.session.get_one(Assignment, assignment_id)
    filler = FILLERS.get(assignment.stage)
    return filler(ctx, assignment) if filler is not None else {}


def begin(ctx: Ctx, opening: Opening) -> None:
    """Open the form of an assignment for the actor, told all that is known before it."""
    known = answers(ctx, opening.assignment_id)
    service.begin(ctx, opening.form, opening.purpose, known, opening.assignment_id)
