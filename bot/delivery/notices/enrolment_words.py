"""What one step of an enrolment is called when the person is told of it.

A step taken by a rule is called after the rule, a seat that is given after what brought it about.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import Text, _
from bot.models.training import EnrolmentChange, EnrolmentState
from bot.training import enrolling, naming, seats, switching, telling
from bot.training.states import Act

S = EnrolmentState
HAVE_PLACE = _("You have a place")
ORDERED = _("You are ordered to attend, and you have a place")
HELD_AFTER_ALL = _("The class is held after all, and you have a place")

BY_RULE: Mapping[str, Text] = {
    telling.CLASS_IS_CANCELLED: _("The class is cancelled"),
    enrolling.STARTED: _("The class has begun, and you had no place in it"),
    switching.RULE: _("You have been moved to another class"),
    naming.STRUCK: _("Your nomination has been taken back"),
    seats.FREED: _("A place has become free, and it is yours"),
}
BY_STEP: Mapping[tuple[str, str], Text] = {
    (Act.ORDER, S.APPROVED): _("You are ordered to attend, and you are on the wait list"),
    (Act.APPROVE, S.APPROVED): _("Approved: you are on the wait list"),
    (Act.DRAW, S.APPROVED): _("Lots were drawn, and you are on the wait list"),
    (Act.POSTPONE, S.WITHDRAWN): _("Your training has been put off"),
    (Act.WITHDRAW, S.WITHDRAWN): _("Your place has been given back"),
    (Act.RESTORE, S.INTERESTED): _("The class is held after all, and you are noted as interested"),
    (Act.RESTORE, S.REQUESTED): _("The class is held after all, and your request stands again"),
    (Act.RESTORE, S.NOMINATED): _("The class is held after all, and your nomination stands again"),
    (Act.RESTORE, S.APPROVED): _("The class is held after all, and you are on the wait list"),
}
BY_STATE: Mapping[str, Text] = {
    S.INTERESTED: _("You are noted as interested"),
    S.REQUESTED: _("A place has been asked for on your behalf"),
    S.NOMINATED: _("You have been nominated"),
    S.APPROVED: _("You are on the wait list"),
    S.ENROLLED: HAVE_PLACE,
    S.DECLINED: _("Your request has been declined"),
    S.WITHDRAWN: _("You are not on the list any more"),
    S.CANCELLED: _("You are not on the list any more"),
    S.ATTENDED: _("Your attendance has been noted"),
    S.PARTLY_ATTENDED: _("It has been noted that you attended in part"),
    S.NO_SHOW: _("It has been noted that you did not come"),
    S.COMPLETED: _("You have completed the class"),
}
NOT_ACCEPTED = _("Your nomination has not been accepted")
SEATED_AFTER: Mapping[str, Text] = {
    Act.APPROVE: _("Approved: you have a place"),
    Act.ORDER: ORDERED,
    Act.RESTORE: HELD_AFTER_ALL,
    Act.DRAW: _("Lots were drawn, and you have a place"),
}


def title_of(ctx: Ctx, change: EnrolmentChange) -> Text:
    """The heading of the message about this step."""
    if change.act == Act.SEAT and (cause := _cause(ctx, change)) is not None:
        if cause.rule == enrolling.NO_APPROVAL_NEEDED:
            return HAVE_PLACE
        return SEATED_AFTER.get(cause.act, BY_RULE[seats.FREED])
    if change.rule in BY_RULE:
        return BY_RULE[change.rule]
    if change.rule == enrolling.NO_APPROVAL_NEEDED:
        return BY_STATE[change.new]
    if change.act == Act.DECLINE and change.old == S.NOMINATED:
        return NOT_ACCEPTED
    return BY_STEP.get((change.act, change.new)) or BY_STATE[change.new]


def _cause(ctx: Ctx, seat: EnrolmentChange) -> EnrolmentChange | None:
    """The step before, where the seat followed from it at once."""
    before = ctx.session.scalars(
        select(EnrolmentChange)
        .where(EnrolmentChange.enrolment_id == seat.enrolment_id, EnrolmentChange.id < seat.id)
        .order_by(EnrolmentChange.id.desc())
        .limit(1)
    ).first()
    if before is None or before.at != seat.at:
        return None
    followed = seat.rule in (seats.APPROVED, seats.DRAWN) or before.act == Act.RESTORE
    return before if followed else None
