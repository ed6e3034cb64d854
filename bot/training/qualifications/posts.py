"""What follows from a post: assigned as soon as somebody takes it up, ended when they leave it.

Few people are dealt with in the transaction that moves them; many by long work, in steps that let
others write in between.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from bot import long_work, policy
from bot.calendar import DAY
from bot.context import Ctx
from bot.imports import hooks
from bot.imports.hooks import Applied
from bot.models.delivery import ItemState, OutboxItem
from bot.models.people import Person, Posting
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    Requirement,
)
from bot.people import leavers
from bot.people.search import fold
from bot.training.qualifications import absence, assignments, requirements
from bot.training.qualifications.assignments import QUALIFICATION_ASSIGNED, Wanted
from bot.training.qualifications.requirements import PostBook, Required

FEW = 200
"""So many people are dealt with in the transaction that changes them."""
CHUNK = 200
UNSENT = (ItemState.QUEUED, ItemState.DROPPED)
WORK = "follow_people"


@leavers.on_joining("qualifications")
@leavers.on_changing("qualifications")
def follow_soon(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """`follow`, at once for few people, else as long work."""
    if len(person_ids) <= FEW:
        follow(ctx, person_ids)
    elif _is_anything_held_or_required(ctx):
        long_work.queue(ctx, WORK, {"people": sorted(person_ids)})


@leavers.on_leaving("qualifications")
def end_for_leavers(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Nothing is asked of people who have left."""
    for chunk in chunks(person_ids):
        ctx.session.execute(
            update(CurriculumAssignment)
            .where(
                CurriculumAssignment.person_id.in_(chunk), CurriculumAssignment.ended_at.is_(None)
            )
            .values(ended_at=ctx.now())
        )


def posts_changed(ctx: Ctx, positions: Sequence[str]) -> None:
    """What these positions require is something else now: so is what their holders are to earn."""
    follow_soon(ctx, requirements.holders(ctx.session, positions))


def retired_or_back(ctx: Ctx, curriculum_ids: Collection[int]) -> None:
    """These curricula were perhaps retired, or brought back: posts require them no longer or
    again, and who was assigned a retired one otherwise is not asked for it.
    """
    positions = ctx.session.scalars(
        select(Requirement.position).where(Requirement.curriculum_id.in_(curriculum_ids))
    ).all()
    assigned = ctx.session.scalars(
        select(CurriculumAssignment.person_id)
        .join(Curriculum, Curriculum.id == CurriculumAssignment.curriculum_id)
        .where(
            Curriculum.id.in_(curriculum_ids),
            ~Curriculum.active,
            CurriculumAssignment.ended_at.is_(None),
        )
    )
    follow_soon(ctx, sorted({*requirements.holders(ctx.session, positions), *assigned}))


def follow(ctx: Ctx, person_ids: Sequence[int], *, tell_at: dt.datetime | None = None) -> None:
    """Bring what these people are to earn, and what freezes it, in line with the roster.

    Idempotent. Guests, and people who have left, have nothing to earn.
    """
    book = PostBook(ctx.session)
    for chunk in chunks(person_ids):
        absence.follow(ctx, chunk)
        _reassign(ctx, book, chunk, tell_at)


def chunks(person_ids: Sequence[int], size: int = CHUNK) -> list[Sequence[int]]:
    """The ids in order, so many at a time."""
    return [person_ids[first : first + size] for first in range(0, len(person_ids), size)]


def _is_anything_held_or_required(ctx: Ctx) -> bool:
    """Whether there is anything to follow: before the first curriculum nobody waits for it."""
    return ctx.session.execute(select(Curriculum.id).limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class _Post:
    """What somebody serves as, and since when the roster says that they do."""

    person_id: int
    position: str
    since: dt.date | None


def _reassign(
    ctx: Ctx, book: PostBook, person_ids: Sequence[int], tell_at: dt.datetime | None
) -> None:
    rows = _by_post(ctx, person_ids)
    posts = _posts(ctx, person_ids)
    held = _taken_up(ctx, [post for post in posts if book.of(post.position)])
    wanted = [
        one
        for post in posts
        for required in book.of(post.position).values()
        if (one := _wanted(ctx, rows.get((post.person_id, required.curriculum_id)), required,
                           held[post.person_id], post.person_id)) is not None
    ]  # fmt: skip
    needed = {
        (post.person_id, curriculum_id)
        for post in posts
        for curriculum_id in book.of(post.position)
    }
    assignments.begin(ctx, wanted, tell_at=tell_at)
    gone = {row.id for pair, row in rows.items() if pair not in needed and row.ended_at is None}
    assignments.end(ctx, {row_id for row_id in gone if row_id is not None})
    assignments.end_retired(ctx, person_ids)


def _wanted(
    ctx: Ctx,
    row: CurriculumAssignment | None,
    required: Required,
    taken_up: dt.date,
    person_id: int,
) -> Wanted | None:
    """What is to be written about one requirement of one person's post; None if it stands."""
    if row is not None and (row.ended_at is None or row.from_on >= taken_up):
        from_on, due_on = row.from_on, _due_again(ctx, row, required)
        if row.ended_at is None and (row.due_on, row.kind) == (due_on, required.kind):
            return None
    else:
        from_on, due_on = _terms(ctx, taken_up, required.within_days)
    by = AssignedBy.POSITION
    return Wanted(person_id, required.curriculum_id, by, from_on, due_on, required.kind)


def _terms(ctx: Ctx, taken_up: dt.date, within: int | None) -> tuple[dt.date, dt.date | None]:
    """From when and by when. A time that was over before anything was asked begins today, or on
    the first date that counts.
    """
    if within is None:
        return taken_up, None
    due_on = taken_up + within * DAY
    first = max(ctx.today(), policy.go_live(ctx.session))
    return (taken_up, due_on) if due_on >= first else (first, first + within * DAY)


def _due_again(ctx: Ctx, row: CurriculumAssignment, required: Required) -> dt.date | None:
    """The last day by what the post requires now; a time that is over stays as it was."""
    if required.within_days is None:
        return None
    due_on = row.from_on + required.within_days * DAY
    if due_on == row.due_on or due_on >= ctx.today():
        return due_on
    return row.due_on if row.due_on is not None else ctx.today() + required.within_days * DAY


def _by_post(ctx: Ctx, person_ids: Collection[int]) -> dict[tuple[int, int], CurriculumAssignment]:
    rows = ctx.session.scalars(
        select(CurriculumAssignment).where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.assigned_by == AssignedBy.POSITION,
        )
    )
    return {(row.person_id, row.curriculum_id): row for row in rows}


def _posts(ctx: Ctx, person_ids: Collection[int]) -> list[_Post]:
    rows = ctx.session.execute(
        select(Person.id, Person.position, Person.in_post_since)
        .where(Person.id.in_(person_ids), Person.active, ~Person.guest)
        .order_by(Person.id)
    )
    return [_Post(*row) for row in rows]


def _taken_up(ctx: Ctx, posts: Sequence[_Post]) -> Mapping[int, dt.date]:
    """On which day each took up the position: as the roster says, but no earlier than the day
    on which it was first noted of somebody who had another one before.
    """
    noted: dict[int, list[Posting]] = defaultdict(list)
    rows = ctx.session.scalars(
        select(Posting)
        .where(Posting.person_id.in_([post.person_id for post in posts]))
        .order_by(Posting.from_on.desc(), Posting.id.desc())
    )
    for row in rows:
        noted[row.person_id].append(row)
    return {post.person_id: _first_day(ctx, post, noted[post.person_id]) for post in posts}


def _first_day(ctx: Ctx, post: _Post, latest_first: Sequence[Posting]) -> dt.date:
    noted: dt.date | None = None
    had_another = False
    for row in latest_first:
        if fold(row.position) != fold(post.position):
            had_another = bool(row.position)
            break
        noted = row.from_on
    if post.since is None or noted is None:
        return post.since or noted or ctx.today()
    return max(post.since, noted) if had_another else post.since


def _clear_way(ctx: Ctx, applied: Applied) -> None:
    """What was asked of new people by their posts goes with them, if they were not told."""
    for chunk in chunks(applied.new):
        ctx.session.execute(
            delete(OutboxItem).where(
                OutboxItem.person_id.in_(chunk),
                OutboxItem.notice == QUALIFICATION_ASSIGNED.name,
                OutboxItem.state.in_(UNSENT),
            )
        )
        ctx.session.execute(
            delete(CurriculumAssignment).where(
                CurriculumAssignment.person_id.in_(chunk),
                CurriculumAssignment.assigned_by == AssignedBy.POSITION,
            )
        )


hooks.before_undo("people", _clear_way)
