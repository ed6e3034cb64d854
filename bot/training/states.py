"""The one state machine of enrolment: which act leads from where to where, on which conditions.

Pure: a `Case` holds all that is asked. docs/enrolment.md draws this table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.i18n import Moment, Words, _
from bot.models.training import EnrolmentState, Entry

S = EnrolmentState


class Act(StrEnum):
    """What can be done with an enrolment, by a person or by a rule."""

    INTEREST = "show interest"
    REQUEST = "request"
    NOMINATE = "nominate"
    ORDER = "order"
    ADMIT = "admit"
    APPROVE = "approve"
    DECLINE = "decline"
    DRAW = "draw lots"
    SEAT = "seat"
    WITHDRAW = "withdraw"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    RESTORE = "restore"
    NOTE = "note attendance"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Case:
    """One person and one class as the conditions see them, at `now`.

    `enrol_until` and `starts_at` are instants, None where there is none; `unmet` and `clashes`
    are sentences, one for each prerequisite that is missing and each class that collides.
    """

    now: dt.datetime
    zone: str
    entry: Entry
    cancelled: bool
    closed: bool
    starts_at: dt.datetime | None
    enrol_until: dt.datetime | None
    is_trainer: bool
    required: bool
    seats_free: int
    unmet: tuple[Words, ...] = ()
    clashes: tuple[Words, ...] = ()


Why: TypeAlias = Callable[[Case], tuple[Words, ...]]
"""Nothing where the condition holds, else a sentence (or several) that says why it does not."""


def _not_cancelled(case: Case) -> tuple[Words, ...]:
    return (_("The class has been cancelled."),) if case.cancelled else ()


def _not_closed(case: Case) -> tuple[Words, ...]:
    return (_("The class has been closed."),) if case.closed else ()


def _not_started(case: Case) -> tuple[Words, ...]:
    if case.starts_at is None or case.now < case.starts_at:
        return ()
    return (_("The class began {moment}.", moment=Moment(case.starts_at, case.zone)),)


def _has_dates(case: Case) -> tuple[Words, ...]:
    return () if case.starts_at else (_("The class has no dates yet. Show your interest in it."),)


def _gathers_interest(case: Case) -> tuple[Words, ...]:
    return (_("The class has dates. Ask for a place in it."),) if case.starts_at else ()


def _entry_open(case: Case) -> tuple[Words, ...]:
    words = {
        Entry.NOMINATED: _("For this class officers are nominated. Tell your focal point."),
        Entry.ORDERED: _("This class is attended by order. The training unit names who comes."),
    }
    return (words[case.entry],) if case.entry in words else ()


def _enrolment_open(case: Case) -> tuple[Words, ...]:
    if case.enrol_until is None or case.now <= case.enrol_until:
        return ()
    return (_("Enrolment ended {moment}.", moment=Moment(case.enrol_until, case.zone)),)


def _not_its_trainer(case: Case) -> tuple[Words, ...]:
    return (_("You train this class."),) if case.is_trainer else ()


def _not_required(case: Case) -> tuple[Words, ...]:
    if not case.required:
        return ()
    return (_("This training is required. Your supervisor can ask for it to be put off."),)


def _seat_free(case: Case) -> tuple[Words, ...]:
    return () if case.seats_free > 0 else (_("The class is full."),)


CONDITIONS: Mapping[str, Why] = {
    "not cancelled": _not_cancelled,
    "not closed": _not_closed,
    "not started": _not_started,
    "has dates": _has_dates,
    "gathers interest": _gathers_interest,
    "entry open": _entry_open,
    "enrolment open": _enrolment_open,
    "not its trainer": _not_its_trainer,
    "not required": _not_required,
    "seat free": _seat_free,
    "prerequisites met": lambda case: case.unmet,
    "no clash": lambda case: case.clashes,
}

NOT_IN = frozenset({None, S.DECLINED, S.WITHDRAWN, S.CANCELLED})
WAITING = frozenset({S.INTERESTED, S.REQUESTED, S.NOMINATED, S.APPROVED})
LIVE = WAITING | {S.ENROLLED}
HELD = frozenset({S.ENROLLED, S.ATTENDED, S.PARTLY_ATTENDED, S.NO_SHOW, S.COMPLETED})


@dataclass(frozen=True, slots=True)
class Transition:
    """`after` holds the states it may lead to; `conditions` are names of CONDITIONS."""

    before: frozenset[EnrolmentState | None]
    after: frozenset[EnrolmentState]
    conditions: tuple[str, ...]


_OPEN = ("not cancelled", "not closed")
TRANSITIONS: Mapping[Act, Transition] = {
    Act.INTEREST: Transition(
        NOT_IN, frozenset({S.INTERESTED}), (*_OPEN, "gathers interest", "not its trainer")
    ),
    Act.REQUEST: Transition(
        NOT_IN | {S.INTERESTED},
        frozenset({S.REQUESTED}),
        (
            *_OPEN,
            "has dates",
            "not started",
            "entry open",
            "enrolment open",
            "not its trainer",
            "prerequisites met",
            "no clash",
        ),
    ),
    Act.NOMINATE: Transition(
        NOT_IN | {S.INTERESTED, S.REQUESTED},
        frozenset({S.NOMINATED}),
        (*_OPEN, "not started", "not its trainer"),
    ),
    Act.ORDER: Transition(
        NOT_IN | WAITING,
        frozenset({S.APPROVED}),
        (*_OPEN, "has dates", "not started", "not its trainer"),
    ),
    Act.ADMIT: Transition(
        NOT_IN | WAITING | {S.NO_SHOW}, frozenset({S.ENROLLED}), (*_OPEN, "seat free")
    ),
    Act.APPROVE: Transition(
        frozenset({S.REQUESTED, S.NOMINATED}), frozenset({S.APPROVED}), (*_OPEN, "not started")
    ),
    Act.DECLINE: Transition(frozenset({S.REQUESTED, S.NOMINATED}), frozenset({S.DECLINED}), ()),
    Act.DRAW: Transition(
        frozenset({S.APPROVED}),
        frozenset({S.APPROVED}),
        (*_OPEN, "has dates", "not started"),
    ),
    Act.SEAT: Transition(
        frozenset({S.APPROVED}),
        frozenset({S.ENROLLED}),
        (*_OPEN, "has dates", "not started", "seat free"),
    ),
    Act.WITHDRAW: Transition(
        LIVE, frozenset({S.WITHDRAWN}), ("not closed", "not started", "not required")
    ),
    Act.POSTPONE: Transition(
        frozenset({S.APPROVED, S.ENROLLED}),
        frozenset({S.WITHDRAWN}),
        ("not closed", "not started"),
    ),
    Act.CANCEL: Transition(LIVE | HELD - {S.COMPLETED}, frozenset({S.CANCELLED, S.WITHDRAWN}), ()),
    Act.RESTORE: Transition(
        frozenset({S.CANCELLED}), WAITING, ("not cancelled", "not closed", "not started")
    ),
    Act.NOTE: Transition(HELD, HELD - {S.COMPLETED}, ("not cancelled",)),
    Act.COMPLETE: Transition(
        HELD - {S.NO_SHOW, S.COMPLETED}, frozenset({S.COMPLETED}), ("not cancelled",)
    ),
}


def why_not(case: Case, act: Act) -> tuple[Words, ...]:
    """Every reason why the act is not possible now; nothing if it is."""
    return tuple(
        sentence for name in TRANSITIONS[act].conditions for sentence in CONDITIONS[name](case)
    )


def leads(act: Act, old: EnrolmentState | None, new: EnrolmentState) -> bool:
    """Whether the act leads from one state (None: not on the list) to the other."""
    transition = TRANSITIONS[act]
    return old in transition.before and new in transition.after
