"""Tables and enumerations, one file per area; no queries, no rules."""

from bot.models import (  # noqa: F401  (importing fills SQLModel.metadata)
    chats,
    delivery,
    evaluation,
    forms,
    imports,
    inbound,
    people,
    system,
    training,
    work,
)
