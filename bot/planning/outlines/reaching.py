"""Whose outlines somebody may write, and which they may read.

An outline belongs to the office of whoever made it. What is in force is read by the whole unit,
as the catalogue is.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person, Role
from bot.models.planning import CourseOutline, OutlineReview, OutlineState
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning.outlines import states
from bot.planning.outlines.states import STATE_WORDS, Act

KIND = "outline"
CHANGED_SINCE = _("The outline has been changed since. Read it again before you decide.")
GONE = _("This outline is not there any more.")
FOR_EXECUTIVES = (*states.IN_FORCE, OutlineState.SUBMITTED)


def row_of(ctx: Ctx, outline_id: int) -> CourseOutline:
    """The row, held until the end of the transaction; refuses one that is not there."""
    row = ctx.session.get(CourseOutline, outline_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def require_writer(ctx: Ctx, outline_id: int, act: Act) -> CourseOutline:
    """The row, held, if the actor may do this with it now.

    Refuses members of the unit for another part, and stages at which this is not done.
    """
    access.require(ctx, Action.EDIT_OUTLINES)
    row = row_of(ctx, outline_id)
    if not may_write(ctx, row):
        raise OutOfReach(Action.EDIT_OUTLINES, outline_id, KIND)
    require_stage(row, act)
    return row


def require_stage(row: CourseOutline, act: Act) -> None:
    """Refuse what is not done at this stage of an outline."""
    if not states.can(row.state, act):
        raise Refusal(
            _("This cannot be done now. The outline is: {state}.", state=STATE_WORDS[row.state])
        )


def may_write(ctx: Ctx, row: CourseOutline) -> bool:
    """Whether the outline is one of the actor's part."""
    if ctx.actor.is_system:
        return True
    if not access.may(ctx, Action.EDIT_OUTLINES):
        return False
    if reach.units_within(ctx, Action.EDIT_OUTLINES) is None:
        return True
    return row.made_by is not None and access.may_about(ctx, Action.EDIT_OUTLINES, row.made_by)


def require_reader(ctx: Ctx, outline_id: int) -> CourseOutline:
    """The row, for its writers, the experts who were asked, and executives; refuses all others."""
    row = ctx.session.get(CourseOutline, outline_id)
    if row is None:
        raise Refusal(GONE)
    query = select(CourseOutline.id).where(CourseOutline.id == outline_id, readable(ctx))
    if ctx.session.execute(query).first() is None:
        raise OutOfReach(Action.EDIT_OUTLINES, outline_id, KIND)
    return row


def readable(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on CourseOutline that the actor may read it."""
    return or_(of_unit(ctx), asked_of(ctx), _for_executive(ctx))


def of_unit(ctx: Ctx) -> ColumnElement[bool]:
    """Those that a member of the training unit may read: of their part, and what is in force."""
    if not access.may(ctx, Action.EDIT_OUTLINES):
        return false()
    makers = select(Person.id).where(reach.within(ctx, Action.EDIT_OUTLINES))
    return or_(CourseOutline.made_by.in_(makers), CourseOutline.state.in_(states.IN_FORCE))


def asked_of(ctx: Ctx) -> ColumnElement[bool]:
    """Those that the actor was asked to review, once they were sent."""
    asked = select(OutlineReview.outline_id).where(OutlineReview.person_id == ctx.actor.person_id)
    return CourseOutline.id.in_(asked) & CourseOutline.state.not_in(states.WRITING)


def deciders(session: Session, row: CourseOutline) -> list[int]:
    """The executives of the part of whoever made an outline, else all there are."""
    maker = session.get(Person, row.made_by) if row.made_by is not None else None
    unit_id = maker.unit_id if maker is not None else None
    found = access.people_with(session, Role.EXECUTIVE, unit_id)
    return found or access.people_with(session, Role.EXECUTIVE)


def decides(ctx: Ctx, row: CourseOutline) -> bool:
    """Whether an outline is the actor's to decide about."""
    return ctx.actor.is_system or ctx.actor.person_id in deciders(ctx.session, row)


def to_decide(ctx: Ctx) -> ColumnElement[bool]:
    """Those that wait for the actor's decision."""
    waiting = select(CourseOutline).where(CourseOutline.state == OutlineState.SUBMITTED)
    found = [row.id for row in ctx.session.scalars(waiting) if decides(ctx, row)]
    return CourseOutline.id.in_(found)


def require_expert(ctx: Ctx, outline_id: int) -> OutlineReview:
    """The asking of the actor; refuses everybody who was not asked, before it was sent too."""
    row = ctx.session.get(OutlineReview, (outline_id, ctx.actor.person_id))
    outline = ctx.session.get(CourseOutline, outline_id)
    if row is None or outline is None or outline.state in states.WRITING:
        raise OutOfReach(Action.REVIEW_OUTLINE, outline_id, KIND)
    return row


def _for_executive(ctx: Ctx) -> ColumnElement[bool]:
    if not access.may(ctx, Action.APPROVE_OUTLINE):
        return false()
    return CourseOutline.state.in_(states.IN_FORCE) | to_decide(ctx)
