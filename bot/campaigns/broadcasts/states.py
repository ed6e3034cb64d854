"""The one state machine of a message to many: which act leads from where to where.

Pure. A message whose `ended_at` is set rests: nothing of it is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _
from bot.models.broadcasts import BroadcastState

S = BroadcastState


class Act(StrEnum):
    """What can be done with a message to many, by a person or by itself."""

    EDIT = "edit"
    DISCARD = "discard"
    ASK = "ask for approval"
    SEND = "send"
    APPROVE = "approve"
    TAKE_BACK = "take back"
    GATHERED = "recipients gathered"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    FINISH = "finish"
    CORRECT = "correct"
    RECALL = "recall"
    AGAIN = "send again"


@dataclass(frozen=True, slots=True)
class Transition:
    """`after` None stays where it is; `sleeping` allows it only before recipients are gathered,
    `resting` only while nothing is on its way.
    """

    before: frozenset[BroadcastState]
    after: BroadcastState | None = None
    sleeping: bool = False
    resting: bool = False


UNDER_WAY = frozenset({S.SENDING, S.PAUSED})
SENT = UNDER_WAY | {S.STOPPED, S.DONE}
TRANSITIONS: Mapping[Act, Transition] = {
    Act.EDIT: Transition(frozenset({S.DRAFT})),
    Act.DISCARD: Transition(frozenset({S.DRAFT})),
    Act.ASK: Transition(frozenset({S.DRAFT, S.GATHERING}), S.ASKED, sleeping=True),
    Act.SEND: Transition(frozenset({S.DRAFT}), S.GATHERING),
    Act.APPROVE: Transition(frozenset({S.ASKED}), S.GATHERING),
    Act.TAKE_BACK: Transition(frozenset({S.ASKED, S.GATHERING}), S.DRAFT, sleeping=True),
    Act.GATHERED: Transition(frozenset({S.GATHERING}), S.SENDING),
    Act.PAUSE: Transition(frozenset({S.SENDING}), S.PAUSED),
    Act.RESUME: Transition(frozenset({S.PAUSED}), S.SENDING),
    Act.STOP: Transition(UNDER_WAY | {S.GATHERING}, S.STOPPED),
    Act.FINISH: Transition(frozenset({S.SENDING}), S.DONE),
    Act.CORRECT: Transition(SENT),
    Act.RECALL: Transition(SENT, S.RECALLED),
    Act.AGAIN: Transition(frozenset({S.STOPPED, S.DONE}), S.SENDING, resting=True),
}
WHY_NOT: Mapping[BroadcastState, Text] = {
    S.DRAFT: _("This message is a draft still."),
    S.ASKED: _("This message waits for a second person to approve it."),
    S.GATHERING: _("This message is to be sent, and has not begun."),
    S.SENDING: _("This message is being sent."),
    S.PAUSED: _("This message is paused."),
    S.STOPPED: _("This message was stopped."),
    S.DONE: _("This message has been sent."),
    S.RECALLED: _("This message was withdrawn."),
}
BEGUN = _("This message has begun to go out.")
ON_ITS_WAY = _("Some of this message is still on its way. Try again when it has ended.")


def why_not(act: Act, state: BroadcastState, *, begun: bool, ended: bool) -> Text | None:
    """Why the act is not possible now; None if it is."""
    transition = TRANSITIONS[act]
    if state not in transition.before:
        return WHY_NOT[state]
    if transition.sleeping and begun:
        return BEGUN
    if transition.resting and not ended:
        return ON_ITS_WAY
    return None


def acts(state: BroadcastState, *, begun: bool, ended: bool) -> frozenset[Act]:
    """Everything that is possible now."""
    return frozenset(act for act in Act if why_not(act, state, begun=begun, ended=ended) is None)
