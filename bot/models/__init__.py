"""Tables and enumerations, one file per area; no queries, no rules."""

from bot.models import (  # noqa: F401  (importing fills SQLModel.metadata)
    approvals,
    broadcasts,
    chats,
    delivery,
    evaluation,
    forms,
    imports,
    inbound,
    nominations,
    people,
    qualifications,
    records,
    system,
    training,
    work,
)
