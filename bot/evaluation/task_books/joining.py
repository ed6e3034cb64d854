"""Task books by requirement of a post: whoever takes one up is given its book at once, and who
leaves it has nothing more to do in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot import policy
from bot.calendar import DAY, instant, local_date
from bot.context import SYSTEM, Ctx
from bot.evaluation.task_books import issues
from bot.models.on_the_job import TaskBook, TaskBookIssue
from bot.models.people import Person
from bot.people import directory, leavers
from bot.people.search import fold

NEWCOMER_DAYS = 30
"""Who took up the post longer ago is no newcomer: the unit gives them a book by hand."""
BEGINS = dt.time(8)
"""The hour at which a first day in a post begins, where somebody is."""
CHUNK = 500


@leavers.on_joining("task_books")
@leavers.on_changing("task_books")
def follow(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Give newcomers the books of their posts, and end what an earlier post asked; idempotent."""
    wanted = _books_by_position(ctx)
    for first in range(0, len(person_ids), CHUNK):
        chunk = person_ids[first : first + CHUNK]
        people = _people(ctx, chunk)
        _end_of_earlier_posts(ctx, people, wanted)
        if wanted:
            _give(ctx, people, wanted)


def next_beginning(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which somebody takes up a post that asks for a book."""
    wanted = _books_by_position(ctx)
    moments = (
        _begins(ctx, row)
        for row in _newcomers(ctx, local_date(after, ctx.settings.timezone) - DAY)
        if fold(row.position) in wanted
    )
    return min((one for one in moments if one is not None and one > after), default=None)


def welcome(ctx: Ctx) -> None:
    """Give their books to those whose first day in the post has come; idempotent."""
    today = local_date(ctx.now(), ctx.settings.timezone)
    wanted = _books_by_position(ctx)
    if wanted:
        found = _newcomers(ctx, today - DAY, today + DAY)
        _give(ctx, {row.id: row for row in found if row.id is not None}, wanted)


def joined_at(ctx: Ctx, person: Person) -> dt.datetime | None:
    """From when the hours of a newcomer count; None for who is none, or is not there yet.

    On the first day they count from the morning; after it, from now, since what nobody asked for
    cannot be late.
    """
    began = _begins(ctx, person)
    since = person.in_post_since
    if began is None or since is None or began > ctx.now() or since < policy.go_live(ctx.session):
        return None
    today = local_date(ctx.now(), directory.zone_of(person, ctx.settings))
    if since < today - NEWCOMER_DAYS * DAY:
        return None
    return began if since == today else ctx.now()


def _begins(ctx: Ctx, person: Person) -> dt.datetime | None:
    if person.in_post_since is None:
        return None
    return instant(person.in_post_since, BEGINS, directory.zone_of(person, ctx.settings))


def _newcomers(ctx: Ctx, first: dt.date, last: dt.date = dt.date.max) -> Sequence[Person]:
    return ctx.session.scalars(
        select(Person).where(
            Person.in_post_since >= first,
            Person.in_post_since <= last,
            Person.active,
            ~Person.guest,
        )
    ).all()


def _books_by_position(ctx: Ctx) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in ctx.session.scalars(select(TaskBook).where(TaskBook.active).order_by(TaskBook.id)):
        for position in row.positions:
            assert row.id is not None
            found.setdefault(fold(position), []).append(row.id)
    return found


def _people(ctx: Ctx, person_ids: Sequence[int]) -> Mapping[int, Person]:
    rows = ctx.session.scalars(
        select(Person).where(Person.id.in_(person_ids), Person.active, ~Person.guest)
    )
    return {row.id: row for row in rows if row.id is not None}


def _end_of_earlier_posts(
    ctx: Ctx, people: Mapping[int, Person], wanted: Mapping[str, list[int]]
) -> None:
    """Only what a post had asked: what the unit gave by hand stays."""
    gone = [
        row
        for row in issues.under_way_of(ctx, list(people))
        if row.issued_by is None
        and row.book_id not in wanted.get(fold(people[row.person_id].position), ())
    ]
    issues.end_all(ctx, gone)


def _give(ctx: Ctx, people: Mapping[int, Person], wanted: Mapping[str, list[int]]) -> None:
    by_book: dict[int, list[tuple[int, dt.datetime]]] = {}
    for person_id, person in people.items():
        began = joined_at(ctx, person)
        for book_id in wanted.get(fold(person.position), ()) if began is not None else ():
            if began is not None and not _had(ctx, book_id, person):
                by_book.setdefault(book_id, []).append((person_id, began))
    system = Ctx(ctx.session, ctx.clock, SYSTEM, ctx.settings)
    for book_id, found in by_book.items():
        issues.hand_out(system, book_id, found)


def _had(ctx: Ctx, book_id: int, person: Person) -> bool:
    """Whether this person was given the book since they took up the post."""
    assert person.in_post_since is not None, "asked of newcomers only"
    zone = directory.zone_of(person, ctx.settings)
    since = instant(person.in_post_since, dt.time(0), zone)
    query = select(TaskBookIssue.id).where(
        TaskBookIssue.book_id == book_id,
        TaskBookIssue.person_id == person.id,
        TaskBookIssue.issued_at >= since,
    )
    return ctx.session.execute(query.limit(1)).first() is not None
