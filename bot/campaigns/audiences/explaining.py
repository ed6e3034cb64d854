"""Why somebody is in an audience or not: every condition with its answer, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.campaigns.audiences import clauses, meaning, wording
from bot.campaigns.audiences.rule import (
    AllOf,
    AnyOf,
    Completed,
    InClass,
    Leaf,
    Meets,
    Not,
    OneOf,
    Qualified,
    Rule,
    What,
    leaves,
)
from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.people import Person, Unit
from bot.models.qualifications import Qualification
from bot.models.training import Enrolment
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import equivalence, prerequisites
from bot.training.enrolments import STATE_WORDS

GUEST = _("Guests of a class are in no audience.")
LEFT = _("They are off the roster: nobody who has left is in an audience.")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether the rule means a person, and why, line by line."""

    person: PersonCard
    is_in: bool
    lines: tuple[Words, ...]


def explain(ctx: Ctx, rule: Rule, person_id: int) -> Explanation:
    """Why a person is meant or not; refuses people out of reach, and a rule that is unsound."""
    access.require(ctx, Action.BROADCAST, person_id)
    person = ctx.session.get_one(Person, person_id)
    card = directory.card(ctx.session, person_id)
    met = _met(ctx, rule, person_id)
    lines = tuple(_lines(ctx, rule, person, met))
    never = (LEFT,) if not person.active else (GUEST,) if person.guest else ()
    return Explanation(card, not never and _holds(rule, met), (*never, *lines))


def _met(ctx: Ctx, rule: Rule, person_id: int) -> Mapping[Leaf, bool]:
    """What each condition says of the person, asked as the audience itself asks it."""
    found = tuple(dict.fromkeys(leaves(rule)))
    conditions = [clauses.condition(ctx, leaf) for leaf in found]
    row = ctx.session.execute(select(*conditions).where(Person.id == person_id)).one()
    return dict(zip(found, map(bool, row), strict=True))


def _holds(rule: Rule, met: Mapping[Leaf, bool]) -> bool:
    match rule:
        case Not(part):
            return not _holds(part, met)
        case AllOf(parts):
            return all(_holds(part, met) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, met) for part in parts)
        case _:
            return met[rule]


def _lines(ctx: Ctx, rule: Rule, person: Person, met: Mapping[Leaf, bool]) -> Iterator[Words]:
    for line in wording.lines(ctx, rule):
        answer = _("Yes") if _holds(line.rule, met) else _("No")
        said: Words = _("{answer}: {condition}", answer=answer, condition=line.words)
        fact = "" if isinstance(line.rule, (Not, AllOf, AnyOf)) else _fact(ctx, line.rule, person)
        if fact:
            said = _("{sentence} ({fact})", sentence=said, fact=fact)
        yield wording.indented(line, said)
        if isinstance(line.rule, Meets):
            for missing in _missing(ctx, line.rule, person):
                yield wording.indented(replace(line, depth=line.depth + 1), missing)


def _fact(ctx: Ctx, leaf: Leaf, person: Person) -> Words:
    """What is known of the person that a condition is about; blank where there is nothing."""
    match leaf:
        case OneOf(what):
            return _value(ctx, what, person)
        case Qualified(_how, code):
            return _held(ctx, code, person)
        case Completed(code):
            return _completed(ctx, code, person)
        case InClass(code):
            return _state(ctx, code, person)
        case _:
            return ""


def _missing(ctx: Ctx, leaf: Meets, person: Person) -> tuple[Words, ...]:
    held = meaning.training_class(ctx, leaf.class_code)
    return prerequisites.unmet(ctx, held, person.id)


def _value(ctx: Ctx, what: What, person: Person) -> Words:
    match what:
        case What.UNIT:
            return ctx.session.get_one(Unit, person.unit_id).path
        case What.POSITION:
            return person.position or _("no position on the roster")
        case What.GRADE:
            return person.grade or _("no grade on the roster")
        case _:
            return ""


def _held(ctx: Ctx, code: str, person: Person) -> Words:
    curriculum_id = meaning.curriculum(ctx, code).id
    row = ctx.session.scalars(
        select(Qualification).where(
            Qualification.person_id == person.id,
            Qualification.curriculum_id == curriculum_id,
            Qualification.current,
        )
    ).first()
    if row is None:
        return _("never earned")
    if row.expires_on is None:
        return _("earned on {day}, without an end", day=row.earned_on)
    return _("earned on {day}, valid until {last}", day=row.earned_on, last=row.expires_on)


def _completed(ctx: Ctx, code: str, person: Person) -> Words:
    learned = equivalence.learned(ctx.session, person.id)
    last = learned.last(meaning.course(ctx, code).id, dt.date.max)
    return _("last on {day}", day=last) if last is not None else _("never completed")


def _state(ctx: Ctx, code: str, person: Person) -> Words:
    state = ctx.session.scalars(
        select(Enrolment.state).where(
            Enrolment.class_id == meaning.training_class(ctx, code).id,
            Enrolment.person_id == person.id,
        )
    ).first()
    return STATE_WORDS[state] if state is not None else _("not on the list")


def find(ctx: Ctx, typed: str, most: int) -> list[PersonCard]:
    """People within reach by any spelling of a name."""
    return directory.find(ctx, typed, Action.BROADCAST, most)
