"""Courses, classes, enrolments and records as tables: importing this registers the kinds."""

from bot.training.imports import (
    classes,
    courses,
    enrolments,
    following,
    marks,
    nominations,
    records,
)

__all__ = ["classes", "courses", "enrolments", "following", "marks", "nominations", "records"]
