"""Rows of who is to earn what: begun, begun again, changed and ended, in sets.

A person may have several reasons to earn one curriculum, a row each; all but the first are
nothing new to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select, update

from bot import audit, policy
from bot.context import Ctx
from bot.db import insert_missing
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    Qualification,
    RequirementKind,
)
from bot.people import own_days
from bot.training.qualifications import stages, validity
from bot.training.qualifications.telling import MERGED
from bot.training.qualifications.validity import Standing

QUALIFICATION_ASSIGNED = outbox.declare(
    NoticeKind("qualification_assigned", Urgency.ORDINARY, merge=MERGED)
)
Pair: TypeAlias = tuple[int, int]
"""A person and a curriculum."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """That somebody is to earn a curriculum from a day on, by `due_on` if by any day."""

    person_id: int
    curriculum_id: int
    assigned_by: AssignedBy
    from_on: dt.date
    due_on: dt.date | None = None
    kind: RequirementKind = RequirementKind.CORE
    reason: str = ""

    @property
    def pair(self) -> Pair:
        return self.person_id, self.curriculum_id


@dataclass(frozen=True, slots=True)
class Begun:
    """How many of those wanted are new to somebody, and of how many they hear."""

    new: int = 0
    told: int = 0


def begin(ctx: Ctx, wanted: Sequence[Wanted], *, tell_at: dt.datetime | None = None) -> Begun:
    """Assign all of these, each person and curriculum once a reason.

    What was assigned for the same reason takes the new terms. People hear of what is new to
    them and not held; at `tell_at`, else at once.
    """
    if not wanted:
        return Begun()
    known = live_pairs(ctx, {one.person_id for one in wanted})
    ended = _rows(ctx, wanted)
    fresh = [one for one in wanted if _key(one) not in ended]
    insert_missing(ctx.session, CurriculumAssignment, [_values(ctx, one) for one in fresh])
    for one in wanted:
        row = ended.get(_key(one))
        if row is not None:
            _renew(ctx, row, one)
    ctx.session.flush()
    new = {one.pair for one in wanted} - known
    made = [
        row for row in _rows(ctx, wanted).values() if (row.person_id, row.curriculum_id) in new
    ]
    return Begun(len(new), _tell(ctx, made, tell_at))


def end(ctx: Ctx, ids: Collection[int]) -> None:
    """These are asked of nobody any more; idempotent."""
    ctx.session.execute(
        update(CurriculumAssignment)
        .where(CurriculumAssignment.id.in_(ids), CurriculumAssignment.ended_at.is_(None))
        .values(ended_at=ctx.now())
    )


def end_retired(ctx: Ctx, person_ids: Collection[int]) -> None:
    """Nothing that was retired is asked of these people, by whomever; idempotent."""
    retired = select(Curriculum.id).where(~Curriculum.active)
    ctx.session.execute(
        update(CurriculumAssignment)
        .where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.curriculum_id.in_(retired),
            CurriculumAssignment.ended_at.is_(None),
        )
        .values(ended_at=ctx.now())
    )


def live(ctx: Ctx, person_id: int) -> list[CurriculumAssignment]:
    """What somebody is to earn, the first due first; a curriculum once a reason."""
    rows = ctx.session.scalars(
        select(CurriculumAssignment)
        .where(
            CurriculumAssignment.person_id == person_id, CurriculumAssignment.ended_at.is_(None)
        )
        .order_by(
            CurriculumAssignment.due_on.is_(None),
            CurriculumAssignment.due_on,
            CurriculumAssignment.id,
        )
    )
    return list(rows)


def live_for(
    ctx: Ctx, person_ids: Collection[int], curriculum_id: int, assigned_by: AssignedBy
) -> dict[int, CurriculumAssignment]:
    """By person, what they are to earn of one curriculum for one reason."""
    rows = ctx.session.scalars(
        select(CurriculumAssignment).where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.curriculum_id == curriculum_id,
            CurriculumAssignment.assigned_by == assigned_by,
            CurriculumAssignment.ended_at.is_(None),
        )
    )
    return {row.person_id: row for row in rows}


def live_pairs(ctx: Ctx, person_ids: Collection[int]) -> set[Pair]:
    """What these people are to earn already, for whatever reason."""
    rows = ctx.session.execute(
        select(CurriculumAssignment.person_id, CurriculumAssignment.curriculum_id).where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.ended_at.is_(None),
        )
    )
    return {(person_id, curriculum_id) for person_id, curriculum_id in rows}


def held_pairs(ctx: Ctx, pairs: Collection[Pair]) -> set[Pair]:
    """Those of them that are held and have not lapsed where their holders live."""
    rows = ctx.session.execute(
        select(Qualification, Person.timezone)
        .join(Person, Person.id == Qualification.person_id)
        .where(
            Qualification.current,
            Qualification.person_id.in_({person_id for person_id, _curriculum in pairs}),
            Qualification.curriculum_id.in_({curriculum for _person, curriculum in pairs}),
        )
    )
    days, today_in = policy.value(ctx.session, "return_days"), own_days.by_zone(ctx)
    return {
        (row.person_id, row.curriculum_id)
        for row, zone in rows
        if validity.standing(row, today_in(zone), days) is not Standing.LAPSED
    }


def note(ctx: Ctx, action: str, person_id: int, reason: str, **details: object) -> None:
    """Keep in the audit what somebody decided by hand about one person."""
    audit.record(ctx, f"assignment.{action}", "person", person_id, reason=reason, **details)


def _tell(ctx: Ctx, rows: Sequence[CurriculumAssignment], at: dt.datetime | None) -> int:
    """Of the days before the last one, those that have come, or come at once, are told by this;
    how many are told.
    """
    first = policy.go_live(ctx.session)
    held = held_pairs(ctx, {(row.person_id, row.curriculum_id) for row in rows})
    active = _active(ctx, {row.person_id for row in rows})
    told: dict[Pair, CurriculumAssignment] = {}
    for row in rows:
        pair = row.person_id, row.curriculum_id
        if row.person_id in active and pair not in held and (row.due_on or ctx.today()) >= first:
            told.setdefault(pair, row)
    days = policy.value(ctx.session, "assignment_days")
    for row in told.values():
        if row.due_on is not None:
            row.told_stage = stages.told_by_news(row.due_on, days, ctx.today())
    outbox.tell_all(
        ctx,
        QUALIFICATION_ASSIGNED,
        [
            Notice(row.person_id, {"assignment": row.id}, key_of(row), due_at=at)
            for row in told.values()
        ],
    )
    return len(told)


def key_of(row: CurriculumAssignment) -> str:
    """The outbox key of being told what to earn, once for each day it holds from."""
    return f"assignment:{row.id}:made:{row.from_on.isoformat()}"


def _active(ctx: Ctx, person_ids: Iterable[int]) -> set[int]:
    query = select(Person.id).where(Person.id.in_(set(person_ids)), Person.active, ~Person.guest)
    return set(ctx.session.scalars(query))


def _rows(
    ctx: Ctx, wanted: Sequence[Wanted]
) -> dict[tuple[int, int, AssignedBy], CurriculumAssignment]:
    keys = {_key(one) for one in wanted}
    rows = ctx.session.scalars(
        select(CurriculumAssignment).where(
            CurriculumAssignment.person_id.in_({one.person_id for one in wanted}),
            CurriculumAssignment.curriculum_id.in_({one.curriculum_id for one in wanted}),
        )
    )
    found = {(row.person_id, row.curriculum_id, row.assigned_by): row for row in rows}
    return {key: row for key, row in found.items() if key in keys}


def _key(one: Wanted) -> tuple[int, int, AssignedBy]:
    return one.person_id, one.curriculum_id, one.assigned_by


def _renew(ctx: Ctx, row: CurriculumAssignment, one: Wanted) -> None:
    """A row takes the terms wanted; what was told of another last day is told of this one."""
    if row.ended_at is not None:
        row.from_on, row.made_by, row.made_at = one.from_on, ctx.actor.person_id, ctx.now()
    if row.ended_at is not None or row.due_on != one.due_on:
        row.told_stage = None
    row.ended_at = None
    row.due_on, row.kind, row.reason = one.due_on, one.kind, one.reason


def _values(ctx: Ctx, one: Wanted) -> dict[str, object]:
    return {
        "person_id": one.person_id,
        "curriculum_id": one.curriculum_id,
        "assigned_by": one.assigned_by,
        "kind": one.kind,
        "from_on": one.from_on,
        "due_on": one.due_on,
        "made_by": ctx.actor.person_id,
        "made_at": ctx.now(),
        "reason": one.reason,
    }
