"""Evaluation: rules, tests, check sheets and task books, indicators and costs."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import bot.models.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
ANSWERED_TO = """
UPDATE response SET broadcast_id = (
    SELECT max(broadcast.id) FROM broadcast
    JOIN broadcast_recipient ON broadcast_recipient.broadcast_id = broadcast.id
    JOIN form_version ON form_version.form = broadcast.form
    WHERE broadcast_recipient.person_id = response.person_id
    AND form_version.id = response.version_id
    AND broadcast.began_at <= response.submitted_at
) WHERE assignment_id IS NULL
"""
"""Until now an answer belonged to the messages that had begun to go out before it."""


def upgrade() -> None:
    op.create_table(
        "bank_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("correct", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("points", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("feedback", sa.JSON(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_question")),
        sa.UniqueConstraint("digest", name=op.f("uq_bank_question_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bank_question_topic"), "bank_question", ["topic"], unique=False)
    op.create_table(
        "evaluation_setting",
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("switched_on", sa.Boolean(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("open_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("category", "rule", name=op.f("pk_evaluation_setting")),
    )
    op.create_table(
        "task_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("positions", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_book")),
        sa.UniqueConstraint("code", name=op.f("uq_task_book_code")),
    )
    op.create_table(
        "own_stage",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "career_stage",
            sa.Enum(
                "newly hired",
                "newly assigned",
                "after the second year",
                "section chief",
                name="careerstage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_own_stage_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_own_stage_set_by")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_own_stage")),
    )
    op.create_table(
        "check_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "career_stage",
            sa.Enum(
                "newly hired",
                "newly assigned",
                "after the second year",
                "section chief",
                name="careerstage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_check_sheet_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_sheet")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_check_sheet_form"), "check_sheet", ["form"], unique=False)
    op.create_index(op.f("ix_check_sheet_unit_id"), "check_sheet", ["unit_id"], unique=False)
    op.create_table(
        "course_form",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("needs_code", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_form_course_id")
        ),
        sa.PrimaryKeyConstraint("course_id", "stage", name=op.f("pk_course_form")),
    )
    op.create_table(
        "critical_behaviour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("behaviour", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("behaviours", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_critical_behaviour_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_critical_behaviour")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_critical_behaviour_course_id"), "critical_behaviour", ["course_id"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "better",
            sa.Enum("more", "less", name="better", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("worth", sa.Float(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_indicator_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("course_id", "code", name=op.f("uq_indicator_course_id_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_indicator_course_id"), "indicator", ["course_id"], unique=False)
    op.create_table(
        "task_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("task", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column(
            "signer",
            sa.Enum(
                "supervisor",
                "supervisor or their supervisor",
                "trainer",
                "training unit",
                name="signer",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("within_hours", sa.Integer(), nullable=True),
        sa.Column("needs_evidence", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["task_book.id"], name=op.f("fk_task_item_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_item")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_task_item_book_id"), "task_item", ["book_id"], unique=False)
    op.create_table(
        "check_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("final", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["check_sheet.id"], name=op.f("fk_check_round_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_round")),
        sa.UniqueConstraint("sheet_id", "opens_on", name=op.f("uq_check_round_sheet_id_opens_on")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_check_round_opens_on"), "check_round", ["opens_on"], unique=False)
    op.create_index(op.f("ix_check_round_sheet_id"), "check_round", ["sheet_id"], unique=False)
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("figure", sa.Float(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_indicator_value_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_indicator_value_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_value_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
    )
    op.create_index(
        "ix_indicator_value_month", "indicator_value", ["indicator_id", "month"], unique=False
    )
    op.create_index(
        op.f("ix_indicator_value_person_id"), "indicator_value", ["person_id"], unique=False
    )
    op.create_table(
        "task_book_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "accepted",
                "returned",
                "ended",
                name="bookstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("review", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["task_book.id"], name=op.f("fk_task_book_issue_book_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_task_book_issue_issued_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_task_book_issue_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["person.id"], name=op.f("fk_task_book_issue_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_book_issue")),
        sa.UniqueConstraint(
            "book_id",
            "person_id",
            "joined_at",
            name=op.f("uq_task_book_issue_book_id_person_id_joined_at"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_task_book_issue_book_id"), "task_book_issue", ["book_id"], unique=False
    )
    op.create_index(
        op.f("ix_task_book_issue_person_id"), "task_book_issue", ["person_id"], unique=False
    )
    op.create_index(op.f("ix_task_book_issue_state"), "task_book_issue", ["state"], unique=False)
    op.create_table(
        "task_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "signed", "refused", name="taskstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("asked_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("is_photo", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_task_signature_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["task_book_issue.id"], name=op.f("fk_task_signature_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["task_item.id"], name=op.f("fk_task_signature_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_signature")),
        sa.UniqueConstraint(
            "issue_id", "item_id", name=op.f("uq_task_signature_issue_id_item_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_task_signature_decided_by"), "task_signature", ["decided_by"], unique=False
    )
    op.create_index(
        op.f("ix_task_signature_issue_id"), "task_signature", ["issue_id"], unique=False
    )
    op.create_index(op.f("ix_task_signature_item_id"), "task_signature", ["item_id"], unique=False)
    op.create_index(op.f("ix_task_signature_state"), "task_signature", ["state"], unique=False)
    op.create_table(
        "comment_review",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("response", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_comment_review_class_id")
        ),
        sa.PrimaryKeyConstraint(
            "class_id", "response", "question", name=op.f("pk_comment_review")
        ),
    )
    op.create_table(
        "evaluation_step",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("occasion", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_evaluation_step_class_id")
        ),
        sa.PrimaryKeyConstraint("class_id", "rule", name=op.f("pk_evaluation_step")),
    )
    op.create_table(
        "lottery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=True),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_lottery_class_id")
        ),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_lottery_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lottery")),
        sa.UniqueConstraint("class_id", name=op.f("uq_lottery_class_id")),
    )
    op.create_table(
        "roi_assumption",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_to_training", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("remark", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_roi_assumption_class_id")
        ),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_roi_assumption")),
    )
    op.create_table(
        "room_code",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("closes_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_room_code_class_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_room_code_opened_by")),
        sa.PrimaryKeyConstraint("class_id", "stage", name=op.f("pk_room_code")),
    )
    op.create_table(
        "training_cost",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "trainers",
                "working time of participants",
                "travel and board",
                "place and equipment",
                "materials",
                "preparation",
                "evaluation",
                "other",
                name="costkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_training_cost_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_training_cost_noted_by")
        ),
        sa.PrimaryKeyConstraint("class_id", "kind", name=op.f("pk_training_cost")),
    )
    op.create_table(
        "cascade_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("report", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reported_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("doubt", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_cascade_duty_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_cascade_duty_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cascade_duty_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cascade_duty")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_cascade_duty_enrolment_id")),
    )
    op.create_index(op.f("ix_cascade_duty_due_on"), "cascade_duty", ["due_on"], unique=False)
    op.create_index(op.f("ix_cascade_duty_person_id"), "cascade_duty", ["person_id"], unique=False)
    op.create_table(
        "lottery_entry",
        sa.Column("lottery_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("won", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lottery_id"], ["lottery.id"], name=op.f("fk_lottery_entry_lottery_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lottery_entry_person_id")
        ),
        sa.PrimaryKeyConstraint("lottery_id", "person_id", name=op.f("pk_lottery_entry")),
    )
    op.create_index(
        op.f("ix_lottery_entry_person_id"), "lottery_entry", ["person_id"], unique=False
    )
    op.create_table(
        "test_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("by_clock", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_test_attempt_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_test_attempt_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_test_attempt_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["form_version.id"], name=op.f("fk_test_attempt_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_attempt")),
        sa.UniqueConstraint(
            "assignment_id", "number", name=op.f("uq_test_attempt_assignment_id_number")
        ),
    )
    op.create_index(
        op.f("ix_test_attempt_assignment_id"), "test_attempt", ["assignment_id"], unique=False
    )
    op.create_index(op.f("ix_test_attempt_class_id"), "test_attempt", ["class_id"], unique=False)
    op.create_index(op.f("ix_test_attempt_person_id"), "test_attempt", ["person_id"], unique=False)
    op.create_table(
        "follow_up_reply",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("reply", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("replied_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_follow_up_reply_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_follow_up_reply_response_id")
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_follow_up_reply")),
    )
    op.create_index(
        op.f("ix_follow_up_reply_person_id"), "follow_up_reply", ["person_id"], unique=False
    )
    op.add_column("enrolment", sa.Column("lot", sa.Integer(), nullable=True))
    op.create_index(
        "ix_audit_entry_object", "audit_entry", ["object_kind", "object_id"], unique=False
    )
    op.add_column("response", sa.Column("broadcast_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_response_broadcast_id"), "response", ["broadcast_id"], unique=False)
    op.execute(ANSWERED_TO)
    op.create_index("ix_assignment_about", "assignment", ["about_id", "stage"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_assignment_about", table_name="assignment")
    op.drop_index("ix_audit_entry_object", table_name="audit_entry")
    op.drop_index(op.f("ix_response_broadcast_id"), table_name="response")
    op.drop_column("response", "broadcast_id")
    op.drop_column("enrolment", "lot")
    op.drop_index(op.f("ix_follow_up_reply_person_id"), table_name="follow_up_reply")
    op.drop_table("follow_up_reply")
    op.drop_index(op.f("ix_test_attempt_person_id"), table_name="test_attempt")
    op.drop_index(op.f("ix_test_attempt_class_id"), table_name="test_attempt")
    op.drop_index(op.f("ix_test_attempt_assignment_id"), table_name="test_attempt")
    op.drop_table("test_attempt")
    op.drop_index(op.f("ix_lottery_entry_person_id"), table_name="lottery_entry")
    op.drop_table("lottery_entry")
    op.drop_index(op.f("ix_cascade_duty_person_id"), table_name="cascade_duty")
    op.drop_index(op.f("ix_cascade_duty_due_on"), table_name="cascade_duty")
    op.drop_table("cascade_duty")
    op.drop_table("training_cost")
    op.drop_table("room_code")
    op.drop_table("roi_assumption")
    op.drop_table("lottery")
    op.drop_table("evaluation_step")
    op.drop_table("comment_review")
    op.drop_index(op.f("ix_task_signature_state"), table_name="task_signature")
    op.drop_index(op.f("ix_task_signature_item_id"), table_name="task_signature")
    op.drop_index(op.f("ix_task_signature_issue_id"), table_name="task_signature")
    op.drop_index(op.f("ix_task_signature_decided_by"), table_name="task_signature")
    op.drop_table("task_signature")
    op.drop_index(op.f("ix_task_book_issue_state"), table_name="task_book_issue")
    op.drop_index(op.f("ix_task_book_issue_person_id"), table_name="task_book_issue")
    op.drop_index(op.f("ix_task_book_issue_book_id"), table_name="task_book_issue")
    op.drop_table("task_book_issue")
    op.drop_index(op.f("ix_indicator_value_person_id"), table_name="indicator_value")
    op.drop_index("ix_indicator_value_month", table_name="indicator_value")
    op.drop_table("indicator_value")
    op.drop_index(op.f("ix_check_round_sheet_id"), table_name="check_round")
    op.drop_index(op.f("ix_check_round_opens_on"), table_name="check_round")
    op.drop_table("check_round")
    op.drop_index(op.f("ix_task_item_book_id"), table_name="task_item")
    op.drop_table("task_item")
    op.drop_index(op.f("ix_indicator_course_id"), table_name="indicator")
    op.drop_table("indicator")
    op.drop_index(op.f("ix_critical_behaviour_course_id"), table_name="critical_behaviour")
    op.drop_table("critical_behaviour")
    op.drop_table("course_form")
    op.drop_index(op.f("ix_check_sheet_unit_id"), table_name="check_sheet")
    op.drop_index(op.f("ix_check_sheet_form"), table_name="check_sheet")
    op.drop_table("check_sheet")
    op.drop_table("own_stage")
    op.drop_table("task_book")
    op.drop_table("evaluation_setting")
    op.drop_index(op.f("ix_bank_question_topic"), table_name="bank_question")
    op.drop_table("bank_question")
