"""The rows of drafts on the answer path: read and written by statements built once."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from bot.models.base import Json, UtcTime
from bot.models.chats import Chat
from bot.models.forms import Draft, FormVersion
from bot.statement import Statement

LOAD = Statement(
    select(
        Draft.id,
        Draft.version_id,
        Draft.assignment_id,
        Draft.purpose,
        Draft.state,
        Draft.touched_at,
        Draft.ends_at,
        FormVersion.digest,
        Chat.draft_id.label("current"),
    )
    .join(FormVersion, FormVersion.id == Draft.version_id)
    .outerjoin(Chat, Chat.user_id == Draft.user_id)
    .where(Draft.id == bindparam("draft"), Draft.user_id == bindparam("account"))
)
SAVE = Statement(
    update(Draft)
    .where(Draft.id == bindparam("draft"))
    .values(
        state=bindparam("new_state", type_=Json),
        touched_at=bindparam("now", type_=UtcTime),
    )
)
