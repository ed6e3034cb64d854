"""A rule of prerequisites in words, for readers of every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from bot.i18n import Joined, Text, Words, _, _n
from bot.models.training import Course
from bot.training import catalogue
from bot.training.prerequisite_rules import AllOf, AnyOf, Completed, InPost, Position, Rule
from bot.training.rule_reading import YEAR


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
            return _("the position {names}", names=_either(names))
        case AllOf(parts):
            joined = Joined(tuple(_bracketed(part, courses) for part in parts))
            return Text("{parts}", (("parts", joined),))
        case AnyOf(parts):
            return _either([_bracketed(part, courses) for part in parts])


def _bracketed(rule: Rule, courses: Mapping[str, Course]) -> Words:
    """A part of a rule, so that it stays clear what it belongs to."""
    words = phrase(rule, courses)
    if isinstance(rule, (AllOf, AnyOf)):
        return Text("({words})", (("words", words),))
    return words


def _either(parts: Sequence[Words]) -> Words:
    """One or the other, of any number."""
    return reduce(lambda one, other: _("{one} or {other}", one=one, other=other), parts)
