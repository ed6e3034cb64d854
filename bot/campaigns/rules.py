"""What is sent by itself, as lists: relative to what, on which days, to whom, which notice.

A new reminder is a new line in one of the lists; nothing else in Rollcall knows an offset.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation.stages import (
    CHECK_SHEET,
    CHECK_SHEET_FINAL,
    COURSE_MATRIX,
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
    NEEDS_HEAD,
    NEEDS_OFFICER,
    NEEDS_RELAYED,
    NEEDS_SUPERVISOR,
    NEEDS_TRAINER,
    REACTION_TRAINEE,
    REACTION_TRAINER,
    YEAR_REVIEW,
    Stage,
)
from bot.models.delivery import Urgency
from bot.training.qualifications.telling import (
    MERGED,
    QUALIFICATION_ENDS,
    QUALIFICATION_LAPSED,
)


class Anchor(StrEnum):
    """The date that the days are counted from."""

    OCCASION = "the date the assignment is about"
    CLASS_STARTS = "the first day of the class"
    ENROLMENT_ENDS = "the last day on which a place in the class can be asked for"
    WEEK_ENDS = "the last working day of a week"
    QUALIFICATION_ENDS = "the last day of a qualification"
    GRACE_ENDS = "the last day on which it can be renewed"
    EARNED_BY = "the last day by which a qualification has to be earned"


class Audience(StrEnum):
    """Who is told."""

    NOT_ANSWERED = "those who have not answered"
    HAVE_PLACE = "those who have a place in the class"
    TRAINERS = "the trainers of the class"
    KEEPERS = "who keeps the class for the training unit, while too few have a place"
    SUPERVISORS = "supervisors of whose people some are in a class in the week to come"
    HOLDERS = "those who hold the qualification"
    ASSIGNED = "those who have to earn the qualification and do not hold it"
    LED_BY = "supervisors of those who have let it lapse, or who are late; once a week"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What all rules say; `days` names the policy with the days that count from the anchor."""

    name: str
    relative_to: Anchor
    days: str
    wall: dt.time
    audience: Audience
    notice: NoticeKind


@dataclass(frozen=True, slots=True)
class Rule(Reminder):
    """So many days after the anchor, at `wall` of the reader's own time."""

    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class ClassRule(Reminder):
    """So many days before the anchor, at `wall` of the reader's own time; without `days` on the
    day itself.
    """


@dataclass(frozen=True, slots=True)
class QualificationRule(Reminder):
    """So many days before the anchor and on it, at `wall` of the holder's own time; without
    `days` on the day after it.
    """


REACTION_NUDGE = outbox.declare(NoticeKind("reaction_nudge", Urgency.ORDINARY, merge="tasks"))
MORNING = dt.time(9)
FOLLOW_UPS = (
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_SUPERVISOR,
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
    FOLLOW_UP_RECRUIT,
)
NEEDS_ASKED = (NEEDS_OFFICER, NEEDS_SUPERVISOR, NEEDS_HEAD, NEEDS_TRAINER)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        name=name,
        stages=stages,
        relative_to=Anchor.OCCASION,
        days=days,
        wall=MORNING,
        audience=Audience.NOT_ANSWERED,
        notice=REACTION_NUDGE,
    )
    for name, stages, days in (
        ("remind of reaction_trainee", (REACTION_TRAINEE,), "nudge_days"),
        ("remind of reaction_trainer", (REACTION_TRAINER,), "nudge_days"),
        ("remind of follow-ups", FOLLOW_UPS, "nudge_days"),
        (
            "remind of what is rated now and then",
            (LEVEL_CHECK, CHECK_SHEET, CHECK_SHEET_FINAL),
            "nudge_days",
        ),
        (
            "remind the training unit of its own work",
            (COURSE_MATRIX, YEAR_REVIEW),
            "nudge_days",
        ),
        ("remind of the survey of needs", NEEDS_ASKED, "needs_nudge_days"),
        ("remind of what a partner asks", (NEEDS_RELAYED,), "nudge_days"),
    )
)
"""Tests and prompts are short and close soon: nobody is reminded of them."""

CLASS_SOON = outbox.declare(NoticeKind("class_soon", Urgency.DATED, merge="class_soon"))
TRAINER_ROSTER = outbox.declare(NoticeKind("trainer_roster", Urgency.DATED))
CLASS_MINIMUM = outbox.declare(
    NoticeKind("class_minimum", Urgency.ORDINARY, merge="class_minimum", repeats=True)
)
CLASS_FILLING = outbox.declare(
    NoticeKind("class_filling", Urgency.ORDINARY, merge="class_filling", repeats=True)
)
CLASS_TEAM = outbox.declare(NoticeKind("class_team", Urgency.ORDINARY, repeats=True))
FILLING = (80, 100)
"""Shares of the seats, in percent, of which the keepers of a class are told when first taken."""

CLASS_RULES: tuple[ClassRule, ...] = (
    ClassRule(
        name="remind of a class",
        relative_to=Anchor.CLASS_STARTS,
        days="class_days",
        wall=MORNING,
        audience=Audience.HAVE_PLACE,
        notice=CLASS_SOON,
    ),
    ClassRule(
        name="send the roster",
        relative_to=Anchor.CLASS_STARTS,
        days="roster_days",
        wall=MORNING,
        audience=Audience.TRAINERS,
        notice=TRAINER_ROSTER,
    ),
    ClassRule(
        name="report too few before the start",
        relative_to=Anchor.CLASS_STARTS,
        days="minimum_days",
        wall=MORNING,
        audience=Audience.KEEPERS,
        notice=CLASS_MINIMUM,
    ),
    ClassRule(
        name="report too few as enrolment ends",
        relative_to=Anchor.ENROLMENT_ENDS,
        days="",
        wall=MORNING,
        audience=Audience.KEEPERS,
        notice=CLASS_MINIMUM,
    ),
    ClassRule(
        name="tell supervisors of the week to come",
        relative_to=Anchor.WEEK_ENDS,
        days="",
        wall=MORNING,
        audience=Audience.SUPERVISORS,
        notice=CLASS_TEAM,
    ),
)

ASSIGNMENT_DUE = outbox.declare(NoticeKind("assignment_due", Urgency.ORDINARY, merge=MERGED))
TEAM_QUALIFICATIONS = outbox.declare(
    NoticeKind("team_qualifications", Urgency.ORDINARY, merge="team_qualifications")
)

ENDS, LAPSED, EARN, TEAM = QUALIFICATION_RULES = (
    QualificationRule(
        name="remind of a qualification that ends",
        relative_to=Anchor.QUALIFICATION_ENDS,
        days="qualification_days",
        wall=MORNING,
        audience=Audience.HOLDERS,
        notice=QUALIFICATION_ENDS,
    ),
    QualificationRule(
        name="tell that a qualification has lapsed",
        relative_to=Anchor.GRACE_ENDS,
        days="",
        wall=MORNING,
        audience=Audience.HOLDERS,
        notice=QUALIFICATION_LAPSED,
    ),
    QualificationRule(
        name="remind of what has to be earned",
        relative_to=Anchor.EARNED_BY,
        days="assignment_days",
        wall=MORNING,
        audience=Audience.ASSIGNED,
        notice=ASSIGNMENT_DUE,
    ),
    QualificationRule(
        name="tell supervisors of what lapsed, and who is late",
        relative_to=Anchor.WEEK_ENDS,
        days="",
        wall=MORNING,
        audience=Audience.LED_BY,
        notice=TEAM_QUALIFICATIONS,
    ),
)
