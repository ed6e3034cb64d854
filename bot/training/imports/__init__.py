"""Courses, classes, enrolments, curricula and the like as tables: importing this registers the
kinds.
"""

from bot.training.imports import (
    classes,
    courses,
    curricula,
    enrolments,
    following,
    following_earning,
    marks,
    nominations,
    records,
    requirements,
)

__all__ = [
    "classes",
    "courses",
    "curricula",
    "enrolments",
    "following",
    "following_earning",
    "marks",
    "nominations",
    "records",
    "requirements",
]
