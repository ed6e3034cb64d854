"""The notices of a message to many: to those it is for, to who made it, to who approves it."""

from __future__ import annotations

import datetime as dt

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.broadcasts import BroadcastKind
from bot.models.delivery import Urgency

BROADCAST = outbox.declare(NoticeKind("broadcast", Urgency.BULK))
BROADCAST_EMERGENCY = outbox.declare(NoticeKind("broadcast_emergency", Urgency.NOW))
BROADCAST_TEST = outbox.declare(NoticeKind("broadcast_test", Urgency.NOW, repeats=True))
BROADCAST_CORRECTION = outbox.declare(NoticeKind("broadcast_correction", Urgency.BULK))
BROADCAST_RECALLED = outbox.declare(NoticeKind("broadcast_recalled", Urgency.BULK))
BROADCAST_PROGRESS = outbox.declare(
    NoticeKind("broadcast_progress", Urgency.NOW, dt.timedelta(hours=1), repeats=True)
)
BROADCAST_DONE = outbox.declare(NoticeKind("broadcast_done", Urgency.NOW, repeats=True))
BROADCAST_APPROVAL = outbox.declare(
    NoticeKind("broadcast_approval", Urgency.ORDINARY, repeats=True)
)
BROADCAST_DECIDED = outbox.declare(NoticeKind("broadcast_decided", Urgency.NOW, repeats=True))
SENT_BY_ITSELF = (BROADCAST.name, BROADCAST_EMERGENCY.name)
"""What a round sends, in contrast to edits of what was sent."""
NOT_CORRECTED = "not corrected: "
"""Before the reason why somebody has the earlier words still."""
PAUSED = "paused"
"""Why an item ends that was queued anew, as after a 429, while its message was paused."""


def kind_for(kind: BroadcastKind) -> NoticeKind:
    """How a message of this kind goes out: an emergency at once, all else by the daily limit."""
    return BROADCAST_EMERGENCY if kind is BroadcastKind.EMERGENCY else BROADCAST


def round_key(broadcast_id: int, number: int, person_id: int) -> str:
    """The outbox key of a message to one person, the `number`th time it is sent."""
    return f"broadcast:{broadcast_id}:{number}:{person_id}"


def edit_key(broadcast_id: int, number: int, person_id: int) -> str:
    """The outbox key of the `number`th change to what one person was sent."""
    return f"broadcast:{broadcast_id}:edit:{number}:{person_id}"
