"""Classes made, corrected, cancelled by the training unit; whole plans come by import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.training import Course, TrainingClass
from bot.people import access
from bot.people.access import Action
from bot.training import catalogue, class_fields, class_reach
from bot.training.catalogue import ClassCard

LONGEST_CODE = 40


def create(ctx: Ctx, typed: Mapping[str, Any]) -> ClassCard:
    """Make a class from a form's answers; refuses bad values and a code that is taken."""
    access.require(ctx, Action.EDIT_CLASSES)
    code = " ".join(str(typed.get("code") or "").split())
    if not 0 < len(code) <= LONGEST_CODE:
        raise Refusal(_("Give the class a code of at most {most} characters.", most=LONGEST_CODE))
    if ctx.session.scalars(select(TrainingClass.id).where(TrainingClass.code == code)).first():
        raise Refusal(_("There is a class {code} already. Give another code.", code=code))
    values = class_fields.read(ctx, typed)
    course_id = class_fields.course_id(ctx, str(typed.get("course") or ""))
    held = TrainingClass(code=code, course_id=course_id, **values)
    if held.coordinator_id is None:
        held.coordinator_id = ctx.actor.person_id
    ctx.session.add(held)
    ctx.session.flush()
    audit.record(ctx, "class.created", "class", held.id, code=code)
    return catalogue.card(ctx, held.id)


def edit(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> ClassCard:
    """Correct a class; what is not yet arranged about its end moves with its dates.

    Refuses bad values, fewer seats than are taken, and classes out of reach.
    """
    held = class_reach.require_editor(ctx, class_id)
    values = class_fields.read(ctx, typed)
    taken = catalogue.count_trainees(ctx.session, class_id)
    if values["seats"] < taken:
        raise Refusal(
            _(
                "{count} people are in the class already. Give at least that many seats.",
                count=taken,
            )
        )
    changed = {name: new for name, new in values.items() if getattr(held, name) != new}
    before = {name: str(getattr(held, name)) for name in changed}
    for name, new in changed.items():
        setattr(held, name, new)
    if changed:
        ctx.session.flush()
        after = {name: str(new) for name, new in changed.items()}
        audit.record(ctx, "class.corrected", "class", class_id, old=before, new=after)
    return catalogue.card(ctx, class_id)


def cancel(ctx: Ctx, class_id: int) -> ClassCard:
    """Cancel a class: nobody is asked about it. Refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    if held.cancelled_at is None:
        held.cancelled_at = ctx.now()
        ctx.session.flush()
        audit.record(ctx, "class.cancelled", "class", class_id)
    return catalogue.card(ctx, class_id)


def bring_back(ctx: Ctx, class_id: int) -> ClassCard:
    """Undo a cancellation. Refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    if held.cancelled_at is not None:
        held.cancelled_at = None
        ctx.session.flush()
        audit.record(ctx, "class.brought_back", "class", class_id)
    return catalogue.card(ctx, class_id)


def ask_by_name(ctx: Ctx, class_id: int, by_name: bool) -> ClassCard:
    """Whether classes of this course that end from now on are asked by name.

    What has been sent keeps what its first screen promised. A course is held everywhere, so
    this is refused to members of the unit for one part of the organisation.
    """
    access.require(ctx, Action.SET_POLICY)
    held = class_reach.require_editor(ctx, class_id)
    course = ctx.session.get_one(Course, held.course_id)
    if course.anonymous_reaction is by_name:
        course.anonymous_reaction = not by_name
        ctx.session.flush()
        audit.record(ctx, "course.reaction_naming", "course", course.id, by_name=by_name)
    return catalogue.card(ctx, class_id)


def as_typed(ctx: Ctx, class_id: int) -> dict[str, str]:
    """A class's fields to fill the form beforehand; refuses classes out of reach."""
    return class_fields.as_typed(ctx, class_reach.require_editor(ctx, class_id))
