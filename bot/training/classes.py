"""Classes made and corrected by the training unit; whole plans come by import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Words, _, _n
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue, clashes, class_fields, class_reach, seats, telling
from bot.training.catalogue import ClassCard

LONGEST_CODE = 40
MOST_UNASKED = 20
"""How many people one act tells without asking first."""
CLOSED = _("The class has been closed. Open it again first.")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a class: how many were told of a move, how many got a place, and what the
    unit should know of other classes.
    """

    card: ClassCard
    told: int = 0
    seated: int = 0
    warnings: tuple[Words, ...] = ()


def create(ctx: Ctx, typed: Mapping[str, Any]) -> Done:
    """Make a class from a form's answers; refuses bad values and a code that is taken."""
    access.require(ctx, Action.EDIT_CLASSES)
    code = free_code(ctx, typed)
    values = class_fields.read(ctx, typed)
    course_id = class_fields.course_id(ctx, str(typed.get("course") or ""))
    held = TrainingClass(code=code, course_id=course_id, **values)
    if held.coordinator_id is None:
        held.coordinator_id = ctx.actor.person_id
    return add(ctx, held)


def add(ctx: Ctx, held: TrainingClass) -> Done:
    """Store a class that is new."""
    ctx.session.add(held)
    ctx.session.flush()
    audit.record(ctx, "class.created", "class", held.id, code=held.code)
    return Done(catalogue.card(ctx, held.id), warnings=clashes.of_class(ctx, held))


def free_code(ctx: Ctx, typed: Mapping[str, Any]) -> str:
    """The code typed for a new class; refuses one that is too long or taken."""
    code = " ".join(str(typed.get("code") or "").split())
    if not 0 < len(code) <= LONGEST_CODE:
        raise Refusal(_("Give the class a code of at most {most} characters.", most=LONGEST_CODE))
    if ctx.session.scalars(select(TrainingClass.id).where(TrainingClass.code == code)).first():
        raise Refusal(_("There is a class {code} already. Give another code.", code=code))
    return code


def edit(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> Done:
    """Correct a class; what is not yet arranged about its end moves with its dates.

    Who is in it is told of other dates, hours or place, unless `telling` is “silent”; seats that
    are added are given away at once. Refuses bad values, fewer seats than are taken, more than
    twenty messages while `telling` is blank, and classes out of reach or closed.
    """
    held = require_open(ctx, class_id)
    values = class_fields.read(ctx, typed)
    _require_seats(ctx, held, values["seats"])
    before = telling.timetable(held)
    changed = {name: new for name, new in values.items() if getattr(held, name) != new}
    answer = str(typed.get("telling") or "")
    if not answer:
        _ask_if_many(ctx, held, changed)
    _change(ctx, held, changed)
    told = 0 if answer == "silent" else telling.class_moved(ctx, held, before)
    seated = len(seats.fill(ctx, held))
    warnings = clashes.of_class(ctx, held) if changed else ()
    return Done(catalogue.card(ctx, class_id), told, seated, warnings)


def require_open(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, held until the commit, for who may correct it; refuses one that is closed."""
    class_reach.require_editor(ctx, class_id)
    held = seats.hold(ctx, class_id)
    if held.closed_at is not None:
        raise Refusal(CLOSED)
    return held


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


def _require_seats(ctx: Ctx, held: TrainingClass, wanted: int) -> None:
    assert held.id is not None
    taken = seats.taken(ctx.session, held.id)
    if wanted < taken and wanted != held.seats:
        raise Refusal(
            _n(
                "{count} person has a place in the class. Give at least that many seats, or see "
                "on its page, under Fewer seats, who would have to leave first.",
                "{count} people have a place in the class. Give at least that many seats, or see "
                "on its page, under Fewer seats, who would have to leave first.",
                taken,
            )
        )


def _ask_if_many(ctx: Ctx, held: TrainingClass, changed: Mapping[str, Any]) -> None:
    """One act that would tell more than twenty people names the number and asks first."""
    moves = any(hasattr(telling.timetable(held), name) for name in changed)
    count = len(telling.receivers(ctx, held)) if moves else 0
    count += _seated_by(ctx, held, changed.get("seats", held.seats))
    if count > MOST_UNASKED:
        raise Refusal(
            _n(
                "{count} person would be told of this. Answer the last question, and submit "
                "again.",
                "{count} people would be told of this. Answer the last question, and submit "
                "again.",
                count,
            )
        )


def _seated_by(ctx: Ctx, held: TrainingClass, wanted: int) -> int:
    """How many would get a place if the class had so many seats."""
    assert held.id is not None
    waiting = select(func.count()).where(
        Enrolment.class_id == held.id, Enrolment.state == EnrolmentState.APPROVED
    )
    free = max(0, wanted - seats.taken(ctx.session, held.id))
    return min(free, int(ctx.session.execute(waiting).scalar_one()))


def _change(ctx: Ctx, held: TrainingClass, changed: Mapping[str, Any]) -> None:
    if not changed:
        return
    before = {name: str(getattr(held, name)) for name in changed}
    for name, new in changed.items():
        setattr(held, name, new)
    ctx.session.flush()
    after = {name: str(new) for name, new in changed.items()}
    audit.record(ctx, "class.corrected", "class", held.id, old=before, new=after)
