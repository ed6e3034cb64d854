"""What people have earned: written down from their completions, in bulk, as often as one likes.

Safe to repeat. What is written down is not touched again, unless what it was earned with was
taken back: then it is withdrawn, and what follows from the rest is written anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.context import Ctx
from bot.training.equivalence import What
from bot.training.qualifications import holding, listeners
from bot.training.qualifications.book import Book
from bot.training.qualifications.holding import Held
from bot.training.qualifications.listeners import Earned, Withdrawn

AT_ONCE = 500


def earn(
    ctx: Ctx, person_ids: Collection[int], curriculum_ids: Collection[int] | None = None
) -> list[Earned]:
    """Write down what these people have earned by now, of these curricula or of all; what is new.

    A row that had lapsed before it was made counts as told. Whoever listens is told.
    """
    return _go_through(ctx, person_ids, curriculum_ids, review=False)[0]


def settle(ctx: Ctx, person_ids: Collection[int]) -> tuple[list[Earned], list[Withdrawn]]:
    """After completions came or went: withdraw what was earned by those that are there no more,
    and write down what follows from the others; what is new, and what is gone.
    """
    return _go_through(ctx, person_ids, None, review=True)


def _go_through(
    ctx: Ctx, person_ids: Collection[int], wanted: Collection[int] | None, *, review: bool
) -> tuple[list[Earned], list[Withdrawn]]:
    curricula = holding.curricula(ctx.session) if person_ids else {}
    if not curricula:
        return [], []
    touched = holding.touched(curricula, ctx.session)
    book = Book(ctx, curricula)
    for part in _parts(sorted(set(person_ids))):
        for person in holding.of_people(ctx, part, held=True):
            if review:
                book.review(person)
            for curriculum_id in _concerned(person, touched, wanted):
                book.follow(person, curriculum_id)
        ctx.session.flush()
    earned, withdrawn = book.earned(), book.withdrawn()
    listeners.tell_withdrawn(ctx, withdrawn)
    listeners.tell_earned(ctx, earned)
    return earned, withdrawn


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _concerned(
    person: Held, touched: Mapping[What, set[int]], wanted: Collection[int] | None
) -> list[int]:
    """The curricula to look at: those held, and those that a completion counts for."""
    found = set(person.rows)
    done: tuple[What, ...] = (*person.learned.by_course, *person.learned.by_title)
    for what in done:
        found |= touched.get(what, set())
    return sorted(found if wanted is None else found.intersection(wanted))
