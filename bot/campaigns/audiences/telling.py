"""The notices about audiences: to who had something done for one, and to who carries sheets."""

from __future__ import annotations

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.people.invites import SHEET_KEPT_FOR

MESSENGER_SHEET = outbox.declare(
    NoticeKind("messenger_sheet", Urgency.ORDINARY, useful_for=SHEET_KEPT_FOR, repeats=True)
)
MESSENGERS_TOLD = outbox.declare(NoticeKind("messengers_told", Urgency.NOW, repeats=True))
AUDIENCE_ASSIGNED = outbox.declare(NoticeKind("audience_assigned", Urgency.NOW, repeats=True))
