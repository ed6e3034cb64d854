"""Tables and enumerations, one file per area; no queries, no rules."""

from bot.models import (  # noqa: F401  (importing fills SQLModel.metadata)
    approvals,
    chats,
    delivery,
    evaluation,
    forms,
    imports,
    inbound,
    nominations,
    people,
    records,
    system,
    training,
    work,
)
