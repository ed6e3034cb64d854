"""The stages of an outline, and what may be done at each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.i18n import Text, _
from bot.models.planning import OutlineState, Verdict

S = OutlineState


class Act(StrEnum):
    """What somebody does with an outline."""

    WRITE = "write"
    NAME_EXPERTS = "name experts"
    CHECK_LAW = "check against the law"
    SEND = "send to the experts"
    REVIEW = "review"
    SUBMIT = "submit"
    TAKE_BACK = "take back"
    DECIDE = "decide"
    CHOOSE_PILOT = "choose the pilot class"
    REPORT_PILOT = "report on the pilot"
    LOOK_AGAIN = "look at it again"
    NEW_VERSION = "make a new version"
    DROP = "drop"


WRITING = frozenset({S.DRAFT, S.RETURNED})
IN_FORCE = frozenset({S.APPROVED, S.PILOT, S.VALIDATED})
"""By which a course is built; of each course the newest one only."""
WITH_EXECUTIVE = frozenset({S.SUBMITTED})
UNDER_WAY = WRITING | {S.IN_REVIEW, S.SUBMITTED}

ALLOWED: Mapping[Act, frozenset[OutlineState]] = {
    Act.WRITE: WRITING,
    Act.NAME_EXPERTS: WRITING | {S.IN_REVIEW},
    Act.CHECK_LAW: WRITING | {S.IN_REVIEW},
    Act.SEND: WRITING,
    Act.REVIEW: frozenset({S.IN_REVIEW}),
    Act.SUBMIT: frozenset({S.IN_REVIEW}),
    Act.TAKE_BACK: frozenset({S.IN_REVIEW, S.SUBMITTED}),
    Act.DECIDE: WITH_EXECUTIVE,
    Act.CHOOSE_PILOT: frozenset({S.APPROVED, S.PILOT}),
    Act.REPORT_PILOT: frozenset({S.PILOT}),
    Act.LOOK_AGAIN: IN_FORCE,
    Act.NEW_VERSION: IN_FORCE,
    Act.DROP: WRITING,
}

STATE_WORDS: Mapping[OutlineState, Text] = {
    S.DRAFT: _("draft"),
    S.IN_REVIEW: _("with the experts"),
    S.SUBMITTED: _("waits for approval"),
    S.RETURNED: _("returned"),
    S.APPROVED: _("approved"),
    S.PILOT: _("being tried"),
    S.VALIDATED: _("validated"),
    S.REPLACED: _("replaced by a newer version"),
}
VERDICT_WORDS: Mapping[Verdict, Text] = {
    Verdict.ASKED: _("has not answered yet"),
    Verdict.AGREED: _("agrees"),
    Verdict.OBJECTED: _("objects"),
}


def can(state: OutlineState, act: Act) -> bool:
    """Whether this may be done with an outline at this stage."""
    return state in ALLOWED[act]
