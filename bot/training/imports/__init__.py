"""Courses, classes and enrolments as tables: importing this registers the three kinds."""

from bot.training.imports import classes, courses, enrolments

__all__ = ["classes", "courses", "enrolments"]
