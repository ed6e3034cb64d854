"""What each trainee of a class reached in its tests, for who keeps the class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import attempts, conditions, gain
from bot.evaluation.tests.points import Result
from bot.i18n import Texts
from bot.models.evaluation import Assignment
from bot.models.people import Person
from bot.models.tests import TestAttempt
from bot.people import access, directory
from bot.people.access_table import Action
from bot.training import class_reach, keeping

Tries: TypeAlias = Mapping[int, Sequence[TestAttempt]]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One trainee; in each test the best attempt counts, None where it was not taken.

    `passed` is about the test after the class, None where it has no pass mark.
    """

    staff_no: str
    name: Texts
    unit: str
    before: Result | None
    after: Result | None
    passed: bool | None
    tries: int
    gain: float | None


def rows(ctx: Ctx, class_id: int, tries: Mapping[str, Tries]) -> tuple[PersonRow, ...]:
    """The people of a class by name; nobody for who only reads its results."""
    if not may_read_names(ctx, class_id):
        return ()
    before, after = tries[PRE_TEST.name], tries[POST_TEST.name]
    people = [person for _row, person in keeping.held_by(ctx, class_id)]
    offices = {
        card.id: card.unit
        for card in directory.cards(ctx.session, [person.id for person in people if person.id])
    }
    return tuple(
        _row(ctx, person, offices, before.get(person.id or 0, ()), after.get(person.id or 0, ()))
        for person in people
    )


def may_read_names(ctx: Ctx, class_id: int) -> bool:
    """Whether the actor keeps the class, or may correct it: executives see figures only."""
    if ctx.actor.is_system:
        return True
    return class_reach.is_own(ctx, class_id) or access.may(ctx, Action.EDIT_CLASSES)


def best(tries: Sequence[TestAttempt]) -> Result:
    """What counts of somebody's attempts."""
    return attempts.result_of(attempts.best_of(tries))


def _row(
    ctx: Ctx,
    person: Person,
    offices: Mapping[int, str],
    before: Sequence[TestAttempt],
    after: Sequence[TestAttempt],
) -> PersonRow:
    first, last = (best(own) if own else None for own in (before, after))
    return PersonRow(
        person.staff_no,
        directory.names_of(person),
        offices.get(person.id or 0, ""),
        first,
        last,
        _passed(ctx, after[0], last) if after and last is not None else None,
        len(after),
        gain.gain(first.share, last.share) if first and last else None,
    )


def _passed(ctx: Ctx, attempt: TestAttempt, result: Result) -> bool | None:
    assignment = ctx.session.get_one(Assignment, attempt.assignment_id)
    pass_mark = conditions.of_assignment(ctx, assignment).pass_mark
    return None if pass_mark is None else result.passes(pass_mark)
