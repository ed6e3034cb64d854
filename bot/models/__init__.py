"""Tables and enumerations, one file per area; no queries, no rules."""

from bot.models import (  # noqa: F401  (importing fills SQLModel.metadata)
    approvals,
    broadcasts,
    chats,
    delivery,
    evaluation,
    forms,
    impact,
    imports,
    inbound,
    needs,
    nominations,
    on_the_job,
    people,
    planning,
    qualifications,
    records,
    system,
    tests,
    training,
    work,
)
