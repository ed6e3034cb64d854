"""What lead trainers remarked on single trainees: for the training unit only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.evaluation.stages import REACTION_TRAINER
from bot.i18n import Texts
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.people import access, directory
from bot.people.access_table import Action
from bot.training import class_reach


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said about whom."""

    trainee: Texts | str
    words: str


def of_class(ctx: Ctx, class_id: int) -> list[Remark]:
    """The remarks about a class's trainees; refuses all but who may correct the class.

    Those about people outside the actor's reach are left out.
    """
    class_reach.require_editor(ctx, class_id)
    rows = ctx.session.scalars(
        select(Response.answers)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.class_id == class_id, Assignment.stage == REACTION_TRAINER.name)
        .order_by(Response.id)
    )
    found = [
        remark
        for answers in rows
        if answers.get("trainee") and answers.get("trainee_remark")
        if (remark := _remark(ctx, str(answers["trainee"]), str(answers["trainee_remark"])))
    ]
    if found:
        audit.record(ctx, "remarks.read", "class", class_id)
    return found


def _remark(ctx: Ctx, staff_no: str, words: str) -> Remark | None:
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        return Remark(staff_no, words)
    if not access.may_about(ctx, Action.EDIT_CLASSES, person_id):
        return None
    return Remark(directory.name_of(ctx.session, person_id), words)
