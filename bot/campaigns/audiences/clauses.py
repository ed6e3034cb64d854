"""The rule of an audience as one condition on Person, always within the actor's reach.

A rule that names what there is not is refused: with a “not” before it, a name that means nothing
would otherwise mean everybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, not_, or_, select, true

from bot.campaigns.audiences import holding, learning, meaning
from bot.campaigns.audiences.expanding import expanded, read
from bot.campaigns.audiences.rule import (
    AllOf,
    Answered,
    AnyOf,
    Completed,
    How,
    InClass,
    Leaf,
    Meets,
    Not,
    OneOf,
    Qualified,
    Rule,
    What,
)
from bot.context import Ctx
from bot.models.chats import Chat
from bot.models.forms import Response
from bot.models.people import Person
from bot.models.training import Enrolment
from bot.people import reach
from bot.people.access_table import Action
from bot.training.membership import TRAINEE_STATES

__all__ = ["anybody", "audience", "condition", "read"]

Clause = ColumnElement[bool]


def audience(ctx: Ctx, rule: Rule, action: Action = Action.BROADCAST) -> Clause:
    """That a person is meant: on the roster, no guest, within reach, and as the rule says.

    Refuses a rule that names an office, a code, a form or an audience that there is not.
    """
    return and_(anybody(), reach.within(ctx, action), condition(ctx, rule))


def anybody() -> Clause:
    """Who can be in an audience at all."""
    return and_(Person.active, Person.guest.is_(False))


def condition(ctx: Ctx, rule: Rule) -> Clause:
    """The rule alone, without reach; refuses as `audience` does."""
    return _of(ctx, expanded(ctx, rule))


def _of(ctx: Ctx, rule: Rule) -> Clause:
    match rule:
        case Not(part):
            return not_(_of(ctx, part))
        case AllOf(parts):
            return and_(*(_of(ctx, part) for part in parts))
        case AnyOf(parts):
            return or_(*(_of(ctx, part) for part in parts))
        case _:
            return _leaf(ctx, rule)


def _leaf(ctx: Ctx, leaf: Leaf) -> Clause:
    match leaf:
        case OneOf(what, values):
            return _VALUES.get(what, _spelled)(ctx, what, values)
        case Qualified():
            return _qualified(ctx, leaf)
        case Completed(code, months):
            course = meaning.course(ctx, code)
            return learning.completed(ctx, course.id, months, ctx.today())
        case Meets(code):
            return learning.meets(ctx, meaning.training_class(ctx, code))
        case Answered():
            return _answered(ctx, leaf)
        case InClass():
            return _in_class(ctx, leaf)
        case _:
            return true()


def _in_units(ctx: Ctx, _what: What, names: tuple[str, ...]) -> Clause:
    return Person.unit_id.in_(meaning.units(ctx, names))


def _reads(ctx: Ctx, _what: What, codes: tuple[str, ...]) -> Clause:
    """By the language chosen in the chat, else the roster's, else the administration's."""
    chosen = (
        select(func.nullif(Chat.language, ""))
        .where(Chat.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    stated = func.nullif(Person.language, "")
    language = func.coalesce(chosen, stated, ctx.settings.language)
    return language.in_([code.casefold() for code in codes])


def _staff(_ctx: Ctx, _what: What, numbers: tuple[str, ...]) -> Clause:
    return meaning.staff(numbers)


def _spelled(ctx: Ctx, what: What, names: tuple[str, ...]) -> Clause:
    return meaning.COLUMNS[what].in_(meaning.spellings(ctx, what, names))


_VALUES: Mapping[What, Callable[[Ctx, What, tuple[str, ...]], Clause]] = {
    What.UNIT: _in_units,
    What.LANGUAGE: _reads,
    What.STAFF: _staff,
}


def _qualified(ctx: Ctx, leaf: Qualified) -> Clause:
    curriculum = meaning.curriculum(ctx, leaf.code)
    if leaf.how is How.EXPIRING:
        return holding.expiring(ctx, curriculum.id, leaf.days)
    held = holding.held(ctx, curriculum.id)
    return held if leaf.how is How.HOLDS else not_(held)


def _answered(ctx: Ctx, leaf: Answered) -> Clause:
    of_form = Response.version_id.in_(meaning.versions(ctx, leaf))
    mine = exists().where(Response.person_id == Person.id, of_form).correlate(Person)
    if not leaf.question:
        return mine
    answer: Any = Response.answers[leaf.question]
    listed = cast(answer, String).contains(json.dumps(leaf.code), autoescape=True)
    return mine.where(or_(cast(answer.as_string(), String) == leaf.code, listed))


def _in_class(ctx: Ctx, leaf: InClass) -> Clause:
    states = TRAINEE_STATES if leaf.state is None else (leaf.state,)
    listed = exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.class_id == meaning.training_class(ctx, leaf.class_code).id,
        Enrolment.state.in_(states),
    )
    return listed.correlate(Person)
