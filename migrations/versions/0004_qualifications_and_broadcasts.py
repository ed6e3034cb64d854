"""Qualifications: curricula, requirements, what is assigned and earned; broadcasts."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import bot.models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "curriculum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column(
            "expiry_rule",
            sa.Enum(
                "completion", "previous", "fixed", name="expiryrule", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("fixed_day", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("min_months", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("renewed_by_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["renewed_by_id"], ["curriculum.id"], name=op.f("fk_curriculum_renewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum")),
        sa.UniqueConstraint("code", name=op.f("uq_curriculum_code")),
    )
    op.create_table(
        "curriculum_item",
        sa.Column("curriculum_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("optional", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_curriculum_item_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_curriculum_item_curriculum_id")
        ),
        sa.PrimaryKeyConstraint("curriculum_id", "course_id", name=op.f("pk_curriculum_item")),
    )
    op.create_index(
        op.f("ix_curriculum_item_course_id"), "curriculum_item", ["course_id"], unique=False
    )
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("curriculum_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("core", "enhanced", name="requirementkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("within_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_requirement_curriculum_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint(
            "position", "curriculum_id", name=op.f("uq_requirement_position_curriculum_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_requirement_curriculum_id"), "requirement", ["curriculum_id"], unique=False
    )
    op.create_index(op.f("ix_requirement_position"), "requirement", ["position"], unique=False)
    op.create_table(
        "audience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_audience_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("name", name=op.f("uq_audience_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "curriculum_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("curriculum_id", sa.Integer(), nullable=False),
        sa.Column(
            "assigned_by",
            sa.Enum(
                "position", "hand", "audience", name="assignedby", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("core", "enhanced", name="requirementkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ended_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("told_stage", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["curriculum_id"],
            ["curriculum.id"],
            name=op.f("fk_curriculum_assignment_curriculum_id"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_curriculum_assignment_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_curriculum_assignment_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_assignment")),
        sa.UniqueConstraint(
            "person_id",
            "curriculum_id",
            "assigned_by",
            name=op.f("uq_curriculum_assignment_person_id_curriculum_id_assigned_by"),
        ),
    )
    op.create_index(
        op.f("ix_curriculum_assignment_curriculum_id"),
        "curriculum_assignment",
        ["curriculum_id"],
        unique=False,
    )
    op.create_index(
        "ix_curriculum_assignment_due",
        "curriculum_assignment",
        ["ended_at", "told_stage", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_curriculum_assignment_made_by"),
        "curriculum_assignment",
        ["made_by"],
        unique=False,
    )
    op.create_index(
        op.f("ix_curriculum_assignment_person_id"),
        "curriculum_assignment",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("curriculum_id", sa.Integer(), nullable=False),
        sa.Column("through_id", sa.Integer(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("window_on", sa.Date(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "completion", "previous", "fixed", name="expiryrule", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("current", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("extended_by", sa.Integer(), nullable=True),
        sa.Column("extended_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("told_stage", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_qualification_curriculum_id")
        ),
        sa.ForeignKeyConstraint(
            ["extended_by"], ["person.id"], name=op.f("fk_qualification_extended_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_qualification_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["through_id"], ["curriculum.id"], name=op.f("fk_qualification_through_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    op.create_index(
        "ix_qualification_due",
        "qualification",
        ["current", "told_stage", "grace_days", "expires_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_qualification_extended_by"), "qualification", ["extended_by"], unique=False
    )
    op.create_index(
        "ix_qualification_held",
        "qualification",
        ["curriculum_id", "current", "expires_on"],
        unique=False,
    )
    op.create_index(
        "ix_qualification_holder",
        "qualification",
        ["person_id", "current", "curriculum_id"],
        unique=False,
    )
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "news", "call", "emergency", name="broadcastkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "asked",
                "gathering",
                "sending",
                "paused",
                "stopped",
                "done",
                "recalled",
                name="broadcaststate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("fallback", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("is_photo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("send_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("local_time", sa.Time(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("began_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("ended_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("progress_item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_broadcast_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_broadcast_class_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_broadcast_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcast_class_id"), "broadcast", ["class_id"], unique=False)
    op.create_index(op.f("ix_broadcast_state"), "broadcast", ["state"], unique=False)
    op.create_table(
        "broadcast_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reach", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "queued",
                "sent",
                "failed",
                "dropped",
                "unknown",
                name="recipientstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("told_correction", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_recipient_broadcast_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_broadcast_recipient_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_broadcast_recipient_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_recipient")),
        sa.UniqueConstraint(
            "broadcast_id", "person_id", name=op.f("uq_broadcast_recipient_broadcast_id_person_id")
        ),
    )
    op.create_index(
        "ix_broadcast_recipient_feed",
        "broadcast_recipient",
        ["broadcast_id", "state", "due_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_broadcast_recipient_item_id"), "broadcast_recipient", ["item_id"], unique=False
    )
    op.create_index(
        op.f("ix_broadcast_recipient_person_id"),
        "broadcast_recipient",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("is_photo", sa.Boolean(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("sent_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent", "confirmed", "refused", name="evidencestate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_evidence_decided_by")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["training_record.id"], name=op.f("fk_evidence_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_person_id"), "evidence", ["person_id"], unique=False)
    op.create_index(op.f("ix_evidence_record_id"), "evidence", ["record_id"], unique=False)
    op.create_index(op.f("ix_evidence_state"), "evidence", ["state"], unique=False)
    op.add_column("outbox_item", sa.Column("edits_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox_item", "edits_id")
    op.drop_index("ix_evidence_person_id", "evidence")
    op.drop_index("ix_evidence_record_id", "evidence")
    op.drop_index("ix_evidence_state", "evidence")
    op.drop_table("evidence")
    op.drop_index("ix_broadcast_recipient_feed", "broadcast_recipient")
    op.drop_index("ix_broadcast_recipient_item_id", "broadcast_recipient")
    op.drop_index("ix_broadcast_recipient_person_id", "broadcast_recipient")
    op.drop_table("broadcast_recipient")
    op.drop_index("ix_broadcast_class_id", "broadcast")
    op.drop_index("ix_broadcast_state", "broadcast")
    op.drop_table("broadcast")
    op.drop_index("ix_qualification_due", "qualification")
    op.drop_index("ix_qualification_extended_by", "qualification")
    op.drop_index("ix_qualification_held", "qualification")
    op.drop_index("ix_qualification_holder", "qualification")
    op.drop_table("qualification")
    op.drop_index("ix_curriculum_assignment_curriculum_id", "curriculum_assignment")
    op.drop_index("ix_curriculum_assignment_due", "curriculum_assignment")
    op.drop_index("ix_curriculum_assignment_made_by", "curriculum_assignment")
    op.drop_index("ix_curriculum_assignment_person_id", "curriculum_assignment")
    op.drop_table("curriculum_assignment")
    op.drop_table("audience")
    op.drop_index("ix_requirement_curriculum_id", "requirement")
    op.drop_index("ix_requirement_position", "requirement")
    op.drop_table("requirement")
    op.drop_index("ix_curriculum_item_course_id", "curriculum_item")
    op.drop_table("curriculum_item")
    op.drop_table("curriculum")
