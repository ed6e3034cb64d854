"""What the steps of an enrolment are called, and the rules that took them where no person did."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _
from bot.training import (
    calling_off,
    closing,
    enrolling,
    leaving,
    naming,
    nominations,
    outcomes,
    seats,
    switching,
    telling,
)
from bot.training.imports import enrolment_steps, nomination_steps
from bot.training.states import Act

RULES: Mapping[str, Text] = {
    seats.FREED: _("a seat was free, and nobody stood before on the wait list"),
    seats.APPROVED: _("approved, and a seat was free"),
    seats.DRAWN: _("lots were drawn, and this one won a place"),
    enrolling.NO_APPROVAL_NEEDED: _("this course needs no approval"),
    enrolling.STARTED: _("the class has begun"),
    leaving.HAS_LEFT: _("left the administration"),
    naming.STRUCK: _("the name went off a list of nominations"),
    nominations.ACCEPTED: _("the training unit accepted the nomination"),
    telling.CLASS_IS_CANCELLED: _("the class was cancelled"),
    calling_off.HELD_AFTER_ALL: _("the class is held after all"),
    switching.RULE: _("moved to another class of the course"),
    outcomes.ATTENDANCE_RULE: _("the attendance that was noted"),
    closing.CLOSED_RULE: _("the class was closed"),
    enrolment_steps.RULE: _("a file of the training unit"),
    nomination_steps.BY_FILE: _("named in a file"),
}
STEPS: Mapping[str, Text] = {
    Act.INTEREST: _("interest shown"),
    Act.REQUEST: _("place asked for"),
    Act.NOMINATE: _("nominated"),
    Act.ORDER: _("ordered to attend"),
    Act.ADMIT: _("put on the list"),
    Act.APPROVE: _("approved"),
    Act.DECLINE: _("declined"),
    Act.DRAW: _("lots drawn"),
    Act.SEAT: _("place given"),
    Act.WITHDRAW: _("withdrawn"),
    Act.POSTPONE: _("put off"),
    Act.CANCEL: _("taken off the list"),
    Act.RESTORE: _("put back"),
    Act.NOTE: _("attendance noted"),
    Act.COMPLETE: _("completed"),
    enrolment_steps.ACT: _("taken from an import"),
}
SAYS_STATE = frozenset({Act.RESTORE, Act.NOTE, enrolment_steps.ACT})
"""Acts that may lead to several states: the one it led to is named."""
