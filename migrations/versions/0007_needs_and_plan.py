"""Needs and the annual plan: competencies, rounds, topics, goals, lines, outlines."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import bot.models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "competency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "behavioural", "functional", name="competencykind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency")),
        sa.UniqueConstraint("code", name=op.f("uq_competency_code")),
    )
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("name", name=op.f("uq_facility_name")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_year", sa.Date(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("reached", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("plan_year", "code", name=op.f("uq_goal_plan_year_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goal_plan_year"), "goal", ["plan_year"], unique=False)
    op.create_table(
        "competency_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("behaviour", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("behaviours", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_competency_level_competency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_level")),
        sa.UniqueConstraint(
            "competency_id", "level", name=op.f("uq_competency_level_competency_id_level")
        ),
    )
    op.create_table(
        "framework_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("core", "enhanced", name="requirementkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_framework_course_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_course")),
        sa.UniqueConstraint(
            "position", "course_id", name=op.f("uq_framework_course_position_course_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_framework_course_course_id"), "framework_course", ["course_id"], unique=False
    )
    op.create_table(
        "need_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_need_topic_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_need_topic_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_topic")),
        sa.UniqueConstraint("name", name=op.f("uq_need_topic_name")),
    )
    op.create_table(
        "position_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_position_level_competency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_level")),
        sa.UniqueConstraint(
            "position", "competency_id", name=op.f("uq_position_level_position_competency_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_position_level_competency_id"), "position_level", ["competency_id"], unique=False
    )
    op.create_table(
        "annual_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_year", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in review",
                "submitted",
                "returned",
                "approved",
                "published",
                name="planstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("money", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("budget", sa.Float(), nullable=True),
        sa.Column("whole_budget", sa.Float(), nullable=True),
        sa.Column("prepared_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("changed_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("submitted_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("letter_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("letter_blob_id", sa.Integer(), nullable=True),
        sa.Column("published_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_annual_plan_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["letter_blob_id"], ["blob.id"], name=op.f("fk_annual_plan_letter_blob_id")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["person.id"], name=op.f("fk_annual_plan_prepared_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_plan")),
        sa.UniqueConstraint("plan_year", name=op.f("uq_annual_plan_plan_year")),
    )
    op.create_table(
        "donor_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("donor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "relayed", "answered", name="surveystate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("answered_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("told_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_donor_survey_blob_id")),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_donor_survey_noted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor_survey")),
    )
    op.create_index(op.f("ix_donor_survey_due_on"), "donor_survey", ["due_on"], unique=False)
    op.create_table(
        "goal_topic",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_topic_goal_id")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["need_topic.id"], name=op.f("fk_goal_topic_topic_id")
        ),
        sa.PrimaryKeyConstraint("goal_id", "topic_id", name=op.f("pk_goal_topic")),
    )
    op.create_index(op.f("ix_goal_topic_topic_id"), "goal_topic", ["topic_id"], unique=False)
    op.create_table(
        "job_analysis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_job_analysis_begun_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_job_analysis_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_analysis")),
    )
    op.create_index(op.f("ix_job_analysis_position"), "job_analysis", ["position"], unique=False)
    op.create_table(
        "needs_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_year", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "open", "closed", name="roundstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("sums", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("sums_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("closed_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_needs_round_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_round")),
        sa.UniqueConstraint("plan_year", name=op.f("uq_needs_round_plan_year")),
    )
    op.create_index(op.f("ix_needs_round_opens_on"), "needs_round", ["opens_on"], unique=False)
    op.create_table(
        "cluster_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("remark", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_cluster_meeting_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["needs_round.id"], name=op.f("fk_cluster_meeting_round_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cluster_meeting_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_meeting")),
    )
    op.create_index(
        op.f("ix_cluster_meeting_round_id"), "cluster_meeting", ["round_id"], unique=False
    )
    op.create_table(
        "competency_rating",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("self", "supervisor", name="ratedby", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rated_by", sa.Integer(), nullable=True),
        sa.Column("rated_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_competency_rating_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_competency_rating_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["rated_by"], ["person.id"], name=op.f("fk_competency_rating_rated_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["needs_round.id"], name=op.f("fk_competency_rating_round_id")
        ),
        sa.PrimaryKeyConstraint(
            "round_id", "person_id", "competency_id", "source", name=op.f("pk_competency_rating")
        ),
    )
    op.create_index(
        op.f("ix_competency_rating_person_id"), "competency_rating", ["person_id"], unique=False
    )
    op.create_table(
        "job_interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["analysis_id"], ["job_analysis.id"], name=op.f("fk_job_interview_analysis_id")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_job_interview_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_job_interview_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_interview")),
    )
    op.create_index(
        op.f("ix_job_interview_analysis_id"), "job_interview", ["analysis_id"], unique=False
    )
    op.create_index(
        op.f("ix_job_interview_person_id"), "job_interview", ["person_id"], unique=False
    )
    op.create_table(
        "job_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("area", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("task", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subtask", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.Integer(), nullable=True),
        sa.Column("knowledge", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("skills", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=True),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["analysis_id"], ["job_analysis.id"], name=op.f("fk_job_task_analysis_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_job_task_analysis_id"), "job_task", ["analysis_id"], unique=False)
    op.create_table(
        "performance_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("appraisal", "errors", name="performancekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("remark", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_performance_figure_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_performance_figure_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_performance_figure_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["needs_round.id"], name=op.f("fk_performance_figure_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_performance_figure_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_figure")),
    )
    op.create_index(
        op.f("ix_performance_figure_person_id"), "performance_figure", ["person_id"], unique=False
    )
    op.create_index(
        "ix_performance_figure_round",
        "performance_figure",
        ["round_id", "competency_id"],
        unique=False,
    )
    op.create_table(
        "plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "basic",
                "technical",
                "elective",
                "digital",
                "international",
                "e-learning",
                "public",
                name="category",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "same",
                "new",
                "expanded",
                "reduced",
                "retitled",
                "discontinued",
                name="change",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cohorts", sa.Integer(), nullable=False),
        sa.Column("trainees", sa.Integer(), nullable=True),
        sa.Column("mode", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=True),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.Column("days", sa.Float(), nullable=True),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("residential", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("trainers", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("remark", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("unscheduled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("dropped_for", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_plan_line_course_id")),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_plan_line_facility_id")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_plan_line_goal_id")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["annual_plan.id"], name=op.f("fk_plan_line_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["need_topic.id"], name=op.f("fk_plan_line_topic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_line_plan_id_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_line_course_id"), "plan_line", ["course_id"], unique=False)
    op.create_index(op.f("ix_plan_line_goal_id"), "plan_line", ["goal_id"], unique=False)
    op.create_index(op.f("ix_plan_line_plan_id"), "plan_line", ["plan_id"], unique=False)
    op.create_table(
        "plan_review",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("asked", "agreed", "objected", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_plan_review_asked_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_review_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["annual_plan.id"], name=op.f("fk_plan_review_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_plan_review")),
    )
    op.create_index(op.f("ix_plan_review_person_id"), "plan_review", ["person_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_plan_version_made_by")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["annual_plan.id"], name=op.f("fk_plan_version_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_plan_version")),
    )
    op.create_table(
        "topic_decision",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "in-house",
                "partner",
                "donor",
                "management",
                "later",
                name="way",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("trainer_id", sa.Integer(), nullable=True),
        sa.Column("partner", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_topic_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["needs_round.id"], name=op.f("fk_topic_decision_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["need_topic.id"], name=op.f("fk_topic_decision_topic_id")
        ),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_topic_decision_trainer_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "topic_id", name=op.f("pk_topic_decision")),
    )
    op.create_table(
        "course_outline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in review",
                "submitted",
                "returned",
                "approved",
                "pilot",
                "validated",
                "replaced",
                name="outlinestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("submitted_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("letter_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pilot_class_id", sa.Integer(), nullable=True),
        sa.Column("pilot", sa.JSON(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_outline_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_course_outline_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_course_outline_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_class_id"],
            ["training_class.id"],
            name=op.f("fk_course_outline_pilot_class_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_outline")),
        sa.UniqueConstraint(
            "course_id", "version", name=op.f("uq_course_outline_course_id_version")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_course_outline_review_on"), "course_outline", ["review_on"], unique=False
    )
    op.create_table(
        "plan_class",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_class.id"], name=op.f("fk_plan_class_class_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["plan_line.id"], name=op.f("fk_plan_class_line_id")),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_plan_class")),
    )
    op.create_index(op.f("ix_plan_class_line_id"), "plan_class", ["line_id"], unique=False)
    op.create_table(
        "plan_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("settled_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_plan_comment_by_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["plan_line.id"], name=op.f("fk_plan_comment_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["annual_plan.id"], name=op.f("fk_plan_comment_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comment")),
    )
    op.create_index(op.f("ix_plan_comment_plan_id"), "plan_comment", ["plan_id"], unique=False)
    op.create_table(
        "plan_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "goods",
                "services",
                "infrastructure",
                name="budgetkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("item", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=False),
        sa.Column("price", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["plan_line.id"], name=op.f("fk_plan_cost_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_cost")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_cost_line_id"), "plan_cost", ["line_id"], unique=False)
    op.create_table(
        "plan_spending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("item", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["plan_line.id"], name=op.f("fk_plan_spending_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["person.id"], name=op.f("fk_plan_spending_noted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_spending")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_spending_line_id"), "plan_spending", ["line_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "officer",
                "supervisor",
                "head",
                "trainer",
                "meeting",
                "relayed",
                name="channel",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("told_at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("management", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("sorted_by", sa.Integer(), nullable=True),
        sa.Column("sorted_at", bot.models.base.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_need_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_need_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["cluster_meeting.id"], name=op.f("fk_need_meeting_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["needs_round.id"], name=op.f("fk_need_round_id")),
        sa.ForeignKeyConstraint(["sorted_by"], ["person.id"], name=op.f("fk_need_sorted_by")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_need_told_by")),
        sa.ForeignKeyConstraint(["topic_id"], ["need_topic.id"], name=op.f("fk_need_topic_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_need_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_need_assignment_id"), "need", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_need_meeting_id"), "need", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_need_person_id"), "need", ["person_id"], unique=False)
    op.create_index("ix_need_round_topic", "need", ["round_id", "topic_id"], unique=False)
    op.create_index(op.f("ix_need_told_by"), "need", ["told_by"], unique=False)
    op.create_index(op.f("ix_need_unit_id"), "need", ["unit_id"], unique=False)
    op.create_table(
        "outline_review",
        sa.Column("outline_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("asked", "agreed", "objected", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("at", bot.models.base.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_outline_review_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["outline_id"], ["course_outline.id"], name=op.f("fk_outline_review_outline_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outline_review_person_id")
        ),
        sa.PrimaryKeyConstraint("outline_id", "person_id", name=op.f("pk_outline_review")),
    )
    op.create_index(
        op.f("ix_outline_review_person_id"), "outline_review", ["person_id"], unique=False
    )
    op.create_table(
        "outline_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outline_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("objectives", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("methods", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outline_id"], ["course_outline.id"], name=op.f("fk_outline_session_outline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outline_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outline_session_outline_id"), "outline_session", ["outline_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_outline_session_outline_id"), table_name="outline_session")
    op.drop_table("outline_session")
    op.drop_index(op.f("ix_outline_review_person_id"), table_name="outline_review")
    op.drop_table("outline_review")
    op.drop_index(op.f("ix_need_unit_id"), table_name="need")
    op.drop_index(op.f("ix_need_told_by"), table_name="need")
    op.drop_index("ix_need_round_topic", table_name="need")
    op.drop_index(op.f("ix_need_person_id"), table_name="need")
    op.drop_index(op.f("ix_need_meeting_id"), table_name="need")
    op.drop_index(op.f("ix_need_assignment_id"), table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_plan_spending_line_id"), table_name="plan_spending")
    op.drop_table("plan_spending")
    op.drop_index(op.f("ix_plan_cost_line_id"), table_name="plan_cost")
    op.drop_table("plan_cost")
    op.drop_index(op.f("ix_plan_comment_plan_id"), table_name="plan_comment")
    op.drop_table("plan_comment")
    op.drop_index(op.f("ix_plan_class_line_id"), table_name="plan_class")
    op.drop_table("plan_class")
    op.drop_index(op.f("ix_course_outline_review_on"), table_name="course_outline")
    op.drop_table("course_outline")
    op.drop_table("topic_decision")
    op.drop_table("plan_version")
    op.drop_index(op.f("ix_plan_review_person_id"), table_name="plan_review")
    op.drop_table("plan_review")
    op.drop_index(op.f("ix_plan_line_plan_id"), table_name="plan_line")
    op.drop_index(op.f("ix_plan_line_goal_id"), table_name="plan_line")
    op.drop_index(op.f("ix_plan_line_course_id"), table_name="plan_line")
    op.drop_table("plan_line")
    op.drop_index("ix_performance_figure_round", table_name="performance_figure")
    op.drop_index(op.f("ix_performance_figure_person_id"), table_name="performance_figure")
    op.drop_table("performance_figure")
    op.drop_index(op.f("ix_job_task_analysis_id"), table_name="job_task")
    op.drop_table("job_task")
    op.drop_index(op.f("ix_job_interview_person_id"), table_name="job_interview")
    op.drop_index(op.f("ix_job_interview_analysis_id"), table_name="job_interview")
    op.drop_table("job_interview")
    op.drop_index(op.f("ix_competency_rating_person_id"), table_name="competency_rating")
    op.drop_table("competency_rating")
    op.drop_index(op.f("ix_cluster_meeting_round_id"), table_name="cluster_meeting")
    op.drop_table("cluster_meeting")
    op.drop_index(op.f("ix_needs_round_opens_on"), table_name="needs_round")
    op.drop_table("needs_round")
    op.drop_index(op.f("ix_job_analysis_position"), table_name="job_analysis")
    op.drop_table("job_analysis")
    op.drop_index(op.f("ix_goal_topic_topic_id"), table_name="goal_topic")
    op.drop_table("goal_topic")
    op.drop_index(op.f("ix_donor_survey_due_on"), table_name="donor_survey")
    op.drop_table("donor_survey")
    op.drop_table("annual_plan")
    op.drop_index(op.f("ix_position_level_competency_id"), table_name="position_level")
    op.drop_table("position_level")
    op.drop_table("need_topic")
    op.drop_index(op.f("ix_framework_course_course_id"), table_name="framework_course")
    op.drop_table("framework_course")
    op.drop_table("competency_level")
    op.drop_index(op.f("ix_goal_plan_year"), table_name="goal")
    op.drop_table("goal")
    op.drop_table("facility")
    op.drop_table("competency")
