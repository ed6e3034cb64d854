"""What the training unit may do about one person on a list before the class has begun."""

from __future__ import annotations

from bot.i18n import _
from bot.screens import Button
from bot.training.enrolments import MemberCard
from bot.training.states import HELD
from bot.training.switching import MOVABLE
from handlers.common.paging import Rows


def member_rows(member: MemberCard) -> Rows:
    """Buttons for ordering somebody to attend, and for another class of the course."""
    if member.begun:
        return []
    rows: Rows = []
    if member.state not in HELD and not (member.required and member.place):
        order = Button(_("Order to attend"), f"classorder:{member.enrolment_id}", guarded=True)
        rows.append((order,))
    if member.state in MOVABLE:
        rows.append((Button(_("To another class"), f"classmove:{member.enrolment_id}"),))
    return rows
