"""Who was asked in a round and has answered: by questionnaire, post and office, within reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from bot.context import Ctx
from bot.evaluation.stages import NEEDS_HEAD, STAGES
from bot.i18n import Text, _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.people import Person, Unit
from bot.needs import rounds
from bot.needs.asking import NAMES
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.directory import PersonCard

NOBODY = _("Nobody of your people was asked in this survey.")
LIFTED = (AssignmentState.RECALLED, AssignmentState.DECLINED)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many questionnaires of one kind, post or office were asked for, and answered.

    `id` and `path` are those of an office; `title` that of a kind of questionnaire.
    """

    name: str
    asked: int
    answered: int
    id: int | None = None
    title: Text | None = None
    path: str = ""

    @property
    def missing(self) -> int:
        return self.asked - self.answered

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0


def whole(ctx: Ctx, round_id: int) -> Rate:
    """All questionnaires together of the people whose needs the actor may read."""
    asked, answered = ctx.session.execute(_counted(ctx, round_id)).one()
    return Rate("", int(asked), int(answered or 0))


def by_stage(ctx: Ctx, round_id: int) -> list[Rate]:
    """Each questionnaire that anybody was asked, in the order of its kinds."""
    rows = _grouped(ctx, round_id, Assignment.stage)
    found = {name: (asked, answered) for name, asked, answered in rows}
    return [Rate(name, *found[name], title=STAGES[name].title) for name in NAMES if name in found]


def by_post(ctx: Ctx, round_id: int) -> list[Rate]:
    """Each post, the one most answers are missing of first."""
    rows = _grouped(ctx, round_id, Person.position)
    return _sorted([Rate(name, asked, answered) for name, asked, answered in rows])


def by_office(ctx: Ctx, round_id: int) -> list[Rate]:
    """Each office with people of its own, the one most answers are missing of first; by its
    name, or by its path where another has the same name.
    """
    counted = {
        unit_id: (asked, answered)
        for unit_id, asked, answered in _grouped(ctx, round_id, Person.unit_id)
    }
    rows = ctx.session.execute(
        select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(counted))
    ).all()
    often = Counter(name for _id, name, _path in rows)
    return _sorted(
        [
            Rate(name if often[name] == 1 else path, *counted[unit_id], id=unit_id, path=path)
            for unit_id, name, path in rows
        ]
    )


def missing(
    ctx: Ctx, round_id: int, unit_id: int, page: int, size: int
) -> tuple[list[PersonCard], int]:
    """A page of the people of an office who still owe an answer, by name, and how many owe one.

    Only those within the actor's reach; refuses an office in which that is nobody.
    """
    access.require(ctx, Action.READ_NEEDS)
    units = reach.units_within(ctx, Action.READ_NEEDS)
    asked = _asked(ctx, round_id) & (Person.unit_id == unit_id)
    query = select(Person.id).join(Assignment, Assignment.person_id == Person.id).where(asked)
    if units is not None and unit_id not in units and _none(ctx, query):
        raise OutOfReach(Action.READ_NEEDS, unit_id, "unit")
    owing = query.where(Assignment.state != AssignmentState.ANSWERED).distinct()
    count = ctx.session.execute(select(func.count()).select_from(owing.subquery())).scalar_one()
    people = (
        select(Person.id)
        .where(Person.id.in_(owing))
        .order_by(Person.full_name, Person.id)
        .offset(page * size)
        .limit(size)
    )
    return directory.cards(ctx.session, ctx.session.scalars(people).all()), int(count)


def all_missing(ctx: Ctx, round_id: int) -> Sequence[Any]:
    """Everybody within reach who still owes an answer: staff number, name, post, office, stage."""
    return ctx.session.execute(
        select(Person.staff_no, Person.full_name, Person.position, Unit.path, Assignment.stage)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_asked(ctx, round_id), Assignment.state != AssignmentState.ANSWERED)
        .order_by(Unit.path, Person.full_name, Person.id, Assignment.stage)
    ).all()


def said_by_heads(ctx: Ctx, round_id: int) -> list[tuple[str, dict[str, Any]]]:
    """What the heads within reach answered about their offices: path and answers."""
    rows = ctx.session.execute(
        select(Unit.path, Response.answers)
        .select_from(Assignment)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_asked(ctx, round_id), Assignment.stage == NEEDS_HEAD.name)
        .order_by(Unit.path, Assignment.id)
    )
    return [(path, answers) for path, answers in rows]


def _asked(ctx: Ctx, round_id: int) -> ColumnElement[bool]:
    return (
        (Assignment.subject == rounds.subject(round_id))
        & Assignment.stage.in_(NAMES)
        & Assignment.state.not_in(LIFTED)
        & reach.within(ctx, Action.READ_NEEDS)
    )


def _counted(ctx: Ctx, round_id: int, *by: Any) -> Select[Any]:
    access.require(ctx, Action.READ_NEEDS)
    answered = case((Assignment.state == AssignmentState.ANSWERED, 1), else_=0)
    return (
        select(*by, func.count(), func.sum(answered))
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(_asked(ctx, round_id))
    )


def _grouped(ctx: Ctx, round_id: int, by: Any) -> list[tuple[Any, int, int]]:
    rows = ctx.session.execute(_counted(ctx, round_id, by).group_by(by))
    return [(key, int(asked), int(answered)) for key, asked, answered in rows]


def _none(ctx: Ctx, query: Select[Any]) -> bool:
    return ctx.session.execute(query.limit(1)).first() is None


def _sorted(found: list[Rate]) -> list[Rate]:
    return sorted(found, key=lambda one: (-one.missing, one.name))
