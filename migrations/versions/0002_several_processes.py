"""Several processes: a lease, one budget of sends, screens shown again, copies told apart."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import bot.models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNSHOWN = sa.text("shown_revision < revision")


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("holder", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "send_budget",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_send_budget")),
    )
    op.create_table(
        "open_alarm",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_open_alarm")),
    )
    op.add_column(
        "chat", sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True)
    )
    op.add_column(
        "chat", sa.Column("show_tries", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_index(
        "ix_chat_unshown",
        "chat",
        ["decided_at"],
        unique=False,
        sqlite_where=UNSHOWN,
        postgresql_where=UNSHOWN,
    )
    op.add_column(
        "anonymous_response",
        sa.Column("as_it_came", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.create_index(
        "ix_anonymous_response_as_it_came",
        "anonymous_response",
        ["class_id"],
        unique=False,
        sqlite_where=sa.text("as_it_came = 1"),
        postgresql_where=sa.text("as_it_came"),
    )
    op.add_column(
        "instance",
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.add_column("blob", sa.Column("owner_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("blob", "owner_id")
    op.drop_column("instance", "place")
    op.drop_index("ix_anonymous_response_as_it_came", "anonymous_response")
    op.drop_column("anonymous_response", "as_it_came")
    op.drop_index("ix_chat_unshown", "chat")
    op.drop_column("chat", "show_tries")
    op.drop_column("chat", "decided_at")
    op.drop_table("open_alarm")
    op.drop_table("send_budget")
    op.drop_table("lease")
