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
from bot.training.membership import TRAINEE_STATES
from bot.training.prerequisite_rules import (
    YEAR,
    AllOf,
    AnyOf,
    Completed,
    InPost,
    Position,
    Rule,
    codes_in,
    parse,
)


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
    rule = parse(text)
    if rule is None or isinstance(rule, Text):
        return ()
    courses = _courses(ctx, rule)
    if any(code.casefold() not in courses for code in codes_in(rule)):
        return ()
    check = _Check(ctx, ctx.session.get_one(Person, person_id), day, courses)
    return check.missing(rule)


def shown(ctx: Ctx, text: str) -> Words:
    """What a course asks for, in the reader's language; the text itself where it is no rule."""
    rule = parse(text)
    if rule is None or isinstance(rule, Text):
        return text
    return _phrase(rule, _courses(ctx, rule))


def _courses(ctx: Ctx, rule: Rule) -> dict[str, Course]:
    codes = codes_in(rule)
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
    day: dt.date
    courses: Mapping[str, Course]

    def missing(self, rule: Rule) -> tuple[Words, ...]:
        match rule:
            case Completed():
                return self._course(rule)
            case InPost():
                return self._post(rule)
            case Position():
                return self._position(rule)
            case AllOf():
                return tuple(one for part in rule.parts for one in self.missing(part))
            case AnyOf():
                return self._any(rule)

    def _any(self, rule: AnyOf) -> tuple[Words, ...]:
        missing = [self.missing(part) for part in rule.parts]
        if not all(missing):
            return ()
        lines = (_("– {one}", one=Lines(sentences)) for sentences in missing)
        return (Lines((_("One of these is needed:"), *lines)),)

    def _course(self, rule: Completed) -> tuple[Words, ...]:
        course = self.courses[rule.code.casefold()]
        assert course.id is not None
        assert self.person.id is not None
        session = self.ctx.session
        last = equivalence.last_completed(session, self.person.id, course.id, self.day)
        since = add_months(self.day, -rule.months) if rule.months else None
        if last is not None and (since is None or last >= since):
            return ()
        title, way = catalogue.title_of(course), self._way(course.id)
        if last is not None and since is not None:
            return (
                _(
                    "{course} was completed on {day}. It has to be on {since} or later. {way}",
                    course=title,
                    day=last,
                    since=since,
                    way=way,
                ),
            )
        return (_("{course} has to be completed before. {way}", course=title, way=way),)

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

    def _post(self, rule: InPost) -> tuple[Words, ...]:
        needed = _months(rule.months)
        since = self.person.in_post_since
        if since is None:
            return (
                _(
                    "{time} in the present post are needed, and the roster does not say since "
                    "when. The training unit can correct it.",
                    time=needed,
                ),
            )
        reached = add_months(since, rule.months)
        if reached <= self.day:
            return ()
        return (
            _(
                "{time} in the present post are needed. That will be on {day}.",
                time=needed,
                day=reached,
            ),
        )

    def _position(self, rule: Position) -> tuple[Words, ...]:
        if fold(self.person.position) in {fold(name) for name in rule.names}:
            return ()
        return (_n("This is for the position {names}.", "This is for the positions {names}.",
                   len(rule.names), names=Joined(rule.names)),)  # fmt: skip


def _months(months: int) -> Text:
    if months % YEAR == 0:
        return _n("{count} year", "{count} years", months // YEAR)
    return _n("{count} month", "{count} months", months)


def _phrase(rule: Rule, courses: Mapping[str, Course]) -> Words:
    match rule:
        case Completed(code, months):
            course = courses.get(code.casefold())
            title: Words = catalogue.title_of(course) if course is not None else code
            if not months:
                return title
            return _("{course} in the last {time}", course=title, time=_months(months))
        case InPost(months):
            return _("{time} in the present post", time=_months(months))
        case Position(names):
            return _n("the position {names}", "one of the positions {names}", len(names),
                      names=Joined(names))  # fmt: skip
        case AllOf(parts):
            joined = Joined(tuple(_phrase(part, courses) for part in parts))
            return Text("{parts}", (("parts", joined),))
        case AnyOf(parts):
            return _("one of: {parts}", parts=Joined(tuple(_phrase(p, courses) for p in parts)))
