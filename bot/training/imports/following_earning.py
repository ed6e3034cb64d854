"""What follows for qualifications from files that were taken or undone: completions that came or
went, curricula and requirements that are others now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from bot.context import Ctx
from bot.imports import hooks, staging
from bot.imports.hooks import Applied
from bot.imports.plan import Inserts, Plan, Updates
from bot.models.delivery import ItemState, OutboxItem
from bot.models.qualifications import (
    AssignedBy,
    CurriculumAssignment,
    Qualification,
    Requirement,
)
from bot.models.records import TrainingRecord
from bot.models.training import Enrolment, EnrolmentState
from bot.training.qualifications import afterwards, posts

ONE_QUERY = 500
MOST_READ = 1_000
UNSENT = (ItemState.QUEUED, ItemState.DROPPED)
DONE = EnrolmentState.COMPLETED.value
Keep = Callable[[dict[str, Any]], bool]


def follow_records(ctx: Ctx, applied: Applied) -> None:
    """Whose records came, changed or went again."""
    _settle(ctx, applied, TrainingRecord, lambda _values: True)


def follow_enrolments(ctx: Ctx, applied: Applied) -> None:
    """Who is, or is no longer, said to have completed a class."""
    _settle(ctx, applied, Enrolment, lambda values: str(values.get("state", "")) == DONE)


def follow_curricula(ctx: Ctx, applied: Applied) -> None:
    """Others may have earned what the file changed; what was retired is asked of nobody."""
    there = applied.changed if applied.undone else (*applied.new, *applied.changed)
    afterwards.curricula_changed(ctx, there)
    posts.retired_or_back(ctx, applied.changed)


def follow_requirements(ctx: Ctx, applied: Applied) -> None:
    """Who holds a post that requires something else now."""
    plan = staging.load(ctx.session, applied.run_id)
    found = {values["position"] for values in _inserted(plan, "requirement")}
    ids = [row_id for one in _updates(plan, "requirement") for row_id, _old, _new in one.rows]
    query = select(Requirement.position).where(Requirement.id.in_(ids))
    posts.posts_changed(ctx, sorted(found.union(ctx.session.scalars(query))))


def _settle(ctx: Ctx, applied: Applied, table: Any, keep: Keep) -> None:
    """Of a large file everybody is looked at later, and the file is not read once more now."""
    if len(applied.new) + len(applied.changed) > MOST_READ:
        afterwards.ask(ctx, {})
        return
    plan, name = staging.load(ctx.session, applied.run_id), str(table.__tablename__)
    people = {values["person_id"] for values in _inserted(plan, name) if keep(values)}
    ids = [
        row_id
        for one in _updates(plan, name)
        for row_id, old, new in one.rows
        if keep(dict(zip(one.columns, old, strict=True)))
        or keep(dict(zip(one.columns, new, strict=True)))
    ]
    for part in _parts(ids):
        people.update(ctx.session.scalars(select(table.person_id).where(table.id.in_(part))))
    afterwards.completions_changed(ctx, people)


def _inserted(plan: Plan, name: str) -> Iterator[dict[str, Any]]:
    inserts: list[Inserts] = [one for one in plan.inserts if one.table.name == name]
    for one in inserts:
        for row in one.rows:
            yield dict(zip(one.columns, row, strict=True))


def _updates(plan: Plan, name: str) -> list[Updates]:
    return [one for one in plan.updates if one.table.name == name]


def _clear_people(ctx: Ctx, applied: Applied) -> None:
    """What new people earned and lost again goes with them, if they were not told."""
    for part in _parts(applied.new):
        _delete_withdrawn(ctx, Qualification.person_id.in_(part))


def _clear_curricula(ctx: Ctx, applied: Applied) -> None:
    """What was earned by new curricula and withdrawn, or asked by posts and ended, goes too, if
    nobody was told.
    """
    for part in _parts(applied.new):
        by_them = (Qualification.curriculum_id.in_(part), Qualification.through_id.in_(part))
        _delete_withdrawn(ctx, or_(*by_them))
        _delete_untold(
            ctx,
            CurriculumAssignment,
            CurriculumAssignment.curriculum_id.in_(part)
            & (CurriculumAssignment.assigned_by == AssignedBy.POSITION)
            & CurriculumAssignment.ended_at.is_not(None),
        )


def _delete_withdrawn(ctx: Ctx, which: ColumnElement[bool]) -> None:
    _delete_untold(ctx, Qualification, which & Qualification.withdrawn_at.is_not(None))


def _delete_untold(ctx: Ctx, table: Any, which: ColumnElement[bool]) -> None:
    """With what waits to be told of them; a row that somebody was told of stays."""
    row_ids = ctx.session.scalars(select(table.id).where(which)).all()
    items = _items(ctx, "qualification" if table is Qualification else "assignment", row_ids)
    told = {row_id for row_id, _item, state in items if state not in UNSENT}
    unsent = [item for row_id, item, _state in items if row_id not in told]
    for part in _parts(unsent):
        ctx.session.execute(delete(OutboxItem).where(OutboxItem.id.in_(part)))
    for part in _parts([row_id for row_id in row_ids if row_id not in told]):
        ctx.session.execute(delete(table).where(table.id.in_(part)))


def _items(ctx: Ctx, begins: str, row_ids: Collection[int]) -> list[tuple[int, int, ItemState]]:
    """Row, item and its state of what is told of these rows, in one pass: no index knows it."""
    if not row_ids:
        return []
    query = select(OutboxItem.unique_key, OutboxItem.id, OutboxItem.state).where(
        OutboxItem.unique_key.startswith(f"{begins}:")
    )
    wanted = {str(row_id) for row_id in row_ids}
    return [
        (int(key.split(":")[1]), item_id, state)
        for key, item_id, state in ctx.session.execute(query)
        if key.split(":")[1] in wanted
    ]


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), ONE_QUERY):
        yield ids[start : start + ONE_QUERY]


hooks.after_apply("records", follow_records)
hooks.after_apply("enrolments", follow_enrolments)
hooks.after_apply("curricula", follow_curricula)
hooks.after_apply("requirements", follow_requirements)
hooks.before_undo("people", _clear_people)
hooks.before_undo("curricula", _clear_curricula)
