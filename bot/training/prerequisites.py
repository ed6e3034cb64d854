"""Who meets what a course asks for, on the day a class of it begins, and what is missing.

A text that is no rule, or names a course that is not in the catalogue, is words that nobody
checks; whoever enters it is told so (`fault_in`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import desc, func, select

from bot.calendar import add_months
from bot.context import Ctx
from bot.i18n import Joined, Lines, Text, Words, _, _n
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people.search import fold
from bot.training import catalogue, equivalence
from bot.training.equivalence import Learned
from bot.training.membership import TRAINEE_STATES
from bot.training.prerequisite_rules import (
    AllOf,
    AnyOf,
    Completed,
    InPost,
    Position,
    Rule,
    codes_in,
    parse,
)
from bot.training.prerequisite_words import months_words, phrase


def fault_in(text: str, codes: Collection[str]) -> Text | None:
    """Why a text is no rule; None for a rule and for a blank.

    `codes` are all courses that there are, those just being entered too.
    """
    rule = parse(text)
    if rule is None or isinstance(rule, Text):
        return rule
    known = {code.casefold() for code in codes}
    unknown = tuple(code for code in codes_in(rule) if code.casefold() not in known)
    if not unknown:
        return None
    return _n(
        "There is no course {codes}.",
        "There are no courses {codes}.",
        len(unknown),
        codes=Joined(unknown),
    )


def unmet(ctx: Ctx, held: TrainingClass, person_id: int) -> tuple[Words, ...]:
    """A sentence for each thing that is missing on the day the class begins; nothing if none.

    Each says which class would give it. For a class without dates the day is today.
    """
    text = ctx.session.get_one(Course, held.course_id).prerequisites
    return unmet_of(ctx, text, person_id, held.starts_on or ctx.today()) if text else ()


def unmet_of(ctx: Ctx, text: str, person_id: int, day: dt.date) -> tuple[Words, ...]:
    """The same for the text of a rule, on a day; nothing where the text is no rule."""
    return Prerequisites(ctx, person_id).unmet(text, day)


def shown(ctx: Ctx, text: str) -> Words:
    """What a course asks for, in the reader's language; the text itself where it is no rule."""
    rule = parse(text)
    if rule is None or isinstance(rule, Text):
        return text
    return phrase(rule, _courses(ctx, rule))


class Prerequisites:
    """One person before any number of rules: what was completed is read once."""

    def __init__(self, ctx: Ctx, person_id: int) -> None:
        self._ctx = ctx
        self._person = ctx.session.get_one(Person, person_id)
        self._learned = equivalence.learned(ctx.session, person_id)
        self._courses: dict[str, dict[str, Course]] = {}

    def meets(self, text: str, day: dt.date) -> bool:
        """Whether nothing is missing on a day; also where the text is no rule."""
        check, rule = self._checked(text, day)
        return rule is None or check.meets(rule)

    def unmet(self, text: str, day: dt.date) -> tuple[Words, ...]:
        """A sentence for each thing that is missing on a day."""
        check, rule = self._checked(text, day)
        return check.missing(rule) if rule is not None else ()

    def _checked(self, text: str, day: dt.date) -> tuple[_Check, Rule | None]:
        rule = parse(text)
        if rule is None or isinstance(rule, Text):
            return _Check(self._ctx, self._person, self._learned, day, {}), None
        if text not in self._courses:
            self._courses[text] = _courses(self._ctx, rule)
        courses = self._courses[text]
        is_rule = all(code.casefold() in courses for code in codes_in(rule))
        check = _Check(self._ctx, self._person, self._learned, day, courses)
        return check, rule if is_rule else None


def _courses(ctx: Ctx, rule: Rule) -> dict[str, Course]:
    codes = codes_in(rule)
    if not codes:
        return {}
    small = [code.casefold() for code in codes]
    found = ctx.session.scalars(
        select(Course).where(Course.code.in_(codes) | func.lower(Course.code).in_(small))
    )
    return {course.code.casefold(): course for course in found}


@dataclass(frozen=True, slots=True)
class _Check:
    """One person on one day; `courses` are those of the rule, by code in small letters."""

    ctx: Ctx
    person: Person
    learned: Learned
    day: dt.date
    courses: Mapping[str, Course]

    def meets(self, rule: Rule) -> bool:
        match rule:
            case Completed():
                last, since = self._completed(rule)
                return last is not None and (since is None or last >= since)
            case InPost(months):
                since = self.person.in_post_since
                return since is not None and add_months(since, months) <= self.day
            case Position(names):
                return fold(self.person.position) in map(fold, names)
            case AllOf(parts):
                return all(map(self.meets, parts))
            case AnyOf(parts):
                return any(map(self.meets, parts))

    def _completed(self, rule: Completed) -> tuple[dt.date | None, dt.date | None]:
        """When the course was completed last, and since when that has to be, if it matters."""
        course_id = self.courses[rule.code.casefold()].id
        assert course_id is not None
        since = add_months(self.day, -rule.months) if rule.months else None
        return self.learned.last(course_id, self.day), since

    def missing(self, rule: Rule) -> tuple[Words, ...]:
        """What is to be said of a rule that is not met, part by part."""
        if self.meets(rule):
            return ()
        match rule:
            case Completed():
                return (self._course(rule),)
            case InPost():
                return (self._post(rule),)
            case Position(names):
                return (
                    _n(
                        "This is for the position {names}.",
                        "This is for the positions {names}.",
                        len(names),
                        names=Joined(names),
                    ),
                )
            case AllOf(parts):
                return tuple(one for part in parts for one in self.missing(part))
            case AnyOf(parts):
                lines = (_("– {one}", one=Lines(self.missing(part))) for part in parts)
                return (Lines((_("One of these is needed:"), *lines)),)

    def _course(self, rule: Completed) -> Text:
        course = self.courses[rule.code.casefold()]
        assert course.id is not None
        last, since = self._completed(rule)
        title, way = catalogue.title_of(course), self._way(course.id)
        if last is None or since is None:
            return _("{course} has to be completed before. {way}", course=title, way=way)
        return _(
            "{course} was completed on {day}. It has to be on {since} or later. {way}",
            course=title,
            day=last,
            since=since,
            way=way,
        )

    def _post(self, rule: InPost) -> Text:
        needed, since = months_words(rule.months), self.person.in_post_since
        if since is None:
            return _(
                "{time} in the present post are needed, and the roster does not say since when. "
                "The training unit can correct it.",
                time=needed,
            )
        return _(
            "{time} in the present post are needed. That will be on {day}.",
            time=needed,
            day=add_months(since, rule.months),
        )

    def _way(self, course_id: int) -> Text:
        """Which class would give a course: one the person is in, else the next there is."""
        own = select(Enrolment.class_id).where(
            Enrolment.person_id == self.person.id, Enrolment.state.in_(TRAINEE_STATES)
        )
        is_own = TrainingClass.id.in_(own)
        planned = self.ctx.session.scalars(
            select(TrainingClass)
            .where(
                TrainingClass.course_id == course_id,
                TrainingClass.cancelled_at.is_(None),
                TrainingClass.closed_at.is_(None),
                TrainingClass.starts_on.is_(None)
                | (TrainingClass.starts_on > self.ctx.today())
                | (is_own & (TrainingClass.ends_on >= self.ctx.today())),
            )
            .order_by(
                desc(is_own),
                TrainingClass.starts_on.is_(None),
                TrainingClass.starts_on,
                TrainingClass.id,
            )
        ).first()
        if planned is None:
            return _("No class of it is planned.")
        if planned.starts_on is None:
            return _("Class {code} gathers interest in it.", code=planned.code)
        return _("Class {code} gives it, from {day}.", code=planned.code, day=planned.starts_on)
