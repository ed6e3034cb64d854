"""Files as answers: held by a draft, then kept with its response; when a draft ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import bot.models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("blob", sa.Column("draft_id", sa.Integer(), nullable=True))
    op.add_column("blob", sa.Column("response_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_blob_draft_id"), "blob", ["draft_id"], unique=False)
    op.create_index(op.f("ix_blob_response_id"), "blob", ["response_id"], unique=False)
    op.add_column(
        "draft", sa.Column("ends_at", bot.models.base.UtcTime(timezone=True), nullable=True)
    )
    op.create_index(op.f("ix_draft_ends_at"), "draft", ["ends_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_draft_ends_at"), table_name="draft")
    op.drop_column("draft", "ends_at")
    op.drop_index(op.f("ix_blob_response_id"), table_name="blob")
    op.drop_index(op.f("ix_blob_draft_id"), table_name="blob")
    op.drop_column("blob", "response_id")
    op.drop_column("blob", "draft_id")
