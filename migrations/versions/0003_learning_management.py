"""Classes, nominations, enrolment: history, approvals, attendance, records, certificates."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import bot.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("code", name=op.f("uq_program_code")),
    )
    op.create_table(
        "equivalence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("other_course_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_equivalence_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_course_id"], ["course.id"], name=op.f("fk_equivalence_other_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalence")),
        sa.UniqueConstraint("course_id", "title", name=op.f("uq_equivalence_course_id_title")),
    )
    op.create_index(op.f("ix_equivalence_course_id"), "equivalence", ["course_id"], unique=False)

    op.create_table(
        "program_course",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_program_course_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_program_course_program_id")
        ),
        sa.PrimaryKeyConstraint("program_id", "course_id", name=op.f("pk_program_course")),
    )
    op.create_table(
        "deputy",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_deputy_deputy_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputy_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_deputy_id"), "deputy", ["deputy_id"], unique=False)

    op.create_table(
        "class_invite",
        sa.Column("token", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("expires_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_class_invite_class_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_class_invite_made_by")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_class_invite")),
    )
    op.create_index(op.f("ix_class_invite_class_id"), "class_invite", ["class_id"], unique=False)

    op.create_table(
        "nomination_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("order_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("settled_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_nomination_round_class_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_round")),
        sa.UniqueConstraint("class_id", name=op.f("uq_nomination_round_class_id")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "about",
            sa.Enum("place", "postponement", name="about", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("asked_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("reminded_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("passed_on_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "approved", "declined", "asked back", name="decision", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("effective_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("ended_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("ended_how", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("letter", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["person.id"], name=op.f("fk_approval_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_approval_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_approval_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_approver_id"), "approval", ["approver_id"], unique=False)
    op.create_index(op.f("ix_approval_effective_at"), "approval", ["effective_at"], unique=False)
    op.create_index(op.f("ix_approval_enrolment_id"), "approval", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_approval_passed_on_at"), "approval", ["passed_on_at"], unique=False)
    op.create_index(
        "uq_approval_open",
        "approval",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "attendance",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "late",
                "excused",
                "absent",
                name="presence",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_attendance_noted_by")),
        sa.PrimaryKeyConstraint("enrolment_id", "day", name=op.f("pk_attendance")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("revoked_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_certificate_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_certificate_issued_by")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(
        op.f("ix_certificate_enrolment_id"), "certificate", ["enrolment_id"], unique=False
    )

    op.create_table(
        "enrolment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("old", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("new", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_enrolment_change_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_change_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_change")),
    )
    op.create_index(
        op.f("ix_enrolment_change_enrolment_id"),
        "enrolment_change",
        ["enrolment_id"],
        unique=False,
    )

    op.create_table(
        "mark",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("test", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_mark_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_mark_noted_by")),
        sa.PrimaryKeyConstraint("enrolment_id", "test", name=op.f("pk_mark")),
    )
    op.create_table(
        "nomination_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("sent_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("deviation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["nomination_round.id"], name=op.f("fk_nomination_quota_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_nomination_quota_sent_by")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_nomination_quota_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_quota")),
        sa.UniqueConstraint(
            "round_id", "unit_id", name=op.f("uq_nomination_quota_round_id_unit_id")
        ),
    )
    op.create_index(
        op.f("ix_nomination_quota_round_id"), "nomination_quota", ["round_id"], unique=False
    )
    op.create_index(
        op.f("ix_nomination_quota_unit_id"), "nomination_quota", ["unit_id"], unique=False
    )

    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sponsor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_training_record_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_training_record_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_training_record_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_training_record_enrolment_id")),
        sa.UniqueConstraint(
            "person_id",
            "course_id",
            "title",
            "completed_on",
            name=op.f("uq_training_record_person_id_course_id_title_completed_on"),
        ),
    )
    op.create_index(
        op.f("ix_training_record_course_id"), "training_record", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_training_record_person_id"), "training_record", ["person_id"], unique=False
    )

    op.add_column(
        "course",
        sa.Column("needs_approval", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "course", sa.Column("has_charter", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column(
        "course",
        sa.Column("has_certificate", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "course",
        sa.Column("reaction_required", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "course", sa.Column("least_attendance", sa.Integer(), server_default="80", nullable=False)
    )
    op.add_column("course", sa.Column("pass_mark", sa.Integer(), nullable=True))

    op.add_column(
        "enrolment", sa.Column("required", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "enrolment",
        sa.Column("approved_at", bot.models.base.UtcTime(timezone=True), nullable=True),
    )
    op.add_column(
        "enrolment", sa.Column("charter_at", bot.models.base.UtcTime(timezone=True), nullable=True)
    )
    op.add_column("enrolment", sa.Column("quota_id", sa.Integer(), nullable=True))
    op.add_column("enrolment", sa.Column("rank", sa.Integer(), nullable=True))
    op.add_column(
        "enrolment", sa.Column("reserve", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("enrolment", sa.Column("completed_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_enrolment_quota_id"), "enrolment", ["quota_id"], unique=False)
    op.create_index(
        "ix_enrolment_seats",
        "enrolment",
        ["class_id", "state", "required", "approved_at", "id"],
        unique=False,
    )

    op.add_column(
        "person", sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False)
    )

    op.add_column(
        "training_class",
        sa.Column("least_trainees", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column(
        "training_class",
        sa.Column("cohort", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.add_column(
        "training_class",
        sa.Column("bring", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.add_column(
        "training_class", sa.Column("offer", sa.JSON(), server_default="{}", nullable=False)
    )
    op.add_column("training_class", sa.Column("from_class_id", sa.Integer(), nullable=True))
    op.add_column(
        "training_class",
        sa.Column("closed_at", bot.models.base.UtcTime(timezone=True), nullable=True),
    )
    op.create_index(
        "ix_assignment_open",
        "assignment",
        ["stage", "occasion"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_person_timezone"), "person", ["timezone"])


def downgrade() -> None:
    op.drop_index(op.f("ix_person_timezone"), "person")
    op.drop_index("ix_assignment_open", "assignment")
    op.drop_column("training_class", "closed_at")
    op.drop_column("training_class", "from_class_id")
    op.drop_column("training_class", "offer")
    op.drop_column("training_class", "bring")
    op.drop_column("training_class", "cohort")
    op.drop_column("training_class", "least_trainees")

    op.drop_column("person", "guest")

    op.drop_index("ix_enrolment_seats", "enrolment")
    op.drop_index(op.f("ix_enrolment_quota_id"), "enrolment")
    op.drop_column("enrolment", "completed_on")
    op.drop_column("enrolment", "reserve")
    op.drop_column("enrolment", "rank")
    op.drop_column("enrolment", "quota_id")
    op.drop_column("enrolment", "charter_at")
    op.drop_column("enrolment", "approved_at")
    op.drop_column("enrolment", "required")

    op.drop_column("course", "pass_mark")
    op.drop_column("course", "least_attendance")
    op.drop_column("course", "reaction_required")
    op.drop_column("course", "has_certificate")
    op.drop_column("course", "has_charter")
    op.drop_column("course", "needs_approval")

    op.drop_index(op.f("ix_training_record_person_id"), "training_record")
    op.drop_index(op.f("ix_training_record_course_id"), "training_record")

    op.drop_table("training_record")
    op.drop_index(op.f("ix_nomination_quota_unit_id"), "nomination_quota")
    op.drop_index(op.f("ix_nomination_quota_round_id"), "nomination_quota")

    op.drop_table("nomination_quota")
    op.drop_table("mark")
    op.drop_index(op.f("ix_enrolment_change_enrolment_id"), "enrolment_change")

    op.drop_table("enrolment_change")
    op.drop_index(op.f("ix_certificate_enrolment_id"), "certificate")

    op.drop_table("certificate")
    op.drop_table("attendance")
    op.drop_index(
        "uq_approval_open",
        "approval",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_approval_passed_on_at"), "approval")
    op.drop_index(op.f("ix_approval_enrolment_id"), "approval")
    op.drop_index(op.f("ix_approval_effective_at"), "approval")
    op.drop_index(op.f("ix_approval_approver_id"), "approval")

    op.drop_table("approval")
    op.drop_table("nomination_round")
    op.drop_index(op.f("ix_class_invite_class_id"), "class_invite")

    op.drop_table("class_invite")
    op.drop_index(op.f("ix_deputy_deputy_id"), "deputy")

    op.drop_table("deputy")
    op.drop_table("program_course")
    op.drop_index(op.f("ix_equivalence_course_id"), "equivalence")

    op.drop_table("equivalence")
    op.drop_table("program")
