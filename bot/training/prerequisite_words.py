"""A rule of prerequisites in words, for readers of every language."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Joined, Text, Words, _, _n
from bot.models.training import Course
from bot.training import catalogue
from bot.training.prerequisite_rules import (
    YEAR,
    AllOf,
    AnyOf,
    Completed,
    InPost,
    Position,
    Rule,
)


def months_words(months: int) -> Text:
    """A time in years where it is whole ones, else in months."""
    if months % YEAR == 0:
        return _n("{count} year", "{count} years", months // YEAR)
    return _n("{count} month", "{count} months", months)


def phrase(rule: Rule, courses: Mapping[str, Course]) -> Words:
    """A rule as words; `courses` by code in small letters, one that is missing by its code."""
    match rule:
        case Completed(code, months):
            course = courses.get(code.casefold())
            title: Words = catalogue.title_of(course) if course is not None else code
            if not months:
                return title
            return _("{course} in the last {time}", course=title, time=months_words(months))
        case InPost(months):
            return _("{time} in the present post", time=months_words(months))
        case Position(names):
            return _n("the position {names}", "one of the positions {names}", len(names),
                      names=Joined(names))  # fmt: skip
        case AllOf(parts):
            joined = Joined(tuple(phrase(part, courses) for part in parts))
            return Text("{parts}", (("parts", joined),))
        case AnyOf(parts):
            return _("one of: {parts}", parts=Joined(tuple(phrase(p, courses) for p in parts)))
