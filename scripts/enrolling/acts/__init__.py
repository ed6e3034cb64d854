"""What people and rules may do to enrolments, each act as one transaction with three dice.

`who` picks a person or what is theirs, `where` a class, `much` whatever else is to be picked.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from sqlalchemy import select

from bot.context import Ctx
from bot.models.training import Enrolment
from bot.models.training import EnrolmentState as S
from scripts.enrolling.world import World

T = TypeVar("T")
Play: TypeAlias = Callable[[World, int, int, int], object]
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Act:
    """`often` is how often it is drawn beside the others; one that is not `at_once` moves the
    clock or delivers, and is not done by two processes at the same time.
    """

    play: Play
    often: int
    at_once: bool


ACTS: dict[str, Act] = {}


class Nothing(Exception):
    """There is nothing to which this could be done now."""


def act(often: int = 2, *, at_once: bool = True) -> Callable[[Play], Play]:
    """Register an act under its name; refuses a second one."""

    def keep(play: Play) -> Play:
        if play.__name__ in ACTS:
            raise ValueError(f"act {play.__name__} is registered twice")
        ACTS[play.__name__] = Act(play, often, at_once)
        return play

    return keep


def load_all() -> None:
    """Import every file of this folder, so that each act is registered, in the same order."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")


def pick(found: Sequence[T], number: int) -> T:
    """One of these; Nothing if there are none."""
    if not found:
        raise Nothing
    return found[number % len(found)]


def listed(world: World, number: int, *states: S, required: bool = False) -> tuple[int, int]:
    """An enrolment, in one of these states if any are given, and its person."""

    def work(ctx: Ctx) -> tuple[int, int]:
        query = select(Enrolment).order_by(Enrolment.id)
        if states:
            query = query.where(Enrolment.state.in_(states))
        if required:
            query = query.where(Enrolment.required)
        row = pick(ctx.session.scalars(query).all(), number)
        assert row.id is not None
        return row.id, row.person_id

    return world.act(None, work)


def staff_no(ctx: Ctx, person_id: int) -> str:
    """The number by which this person is typed."""
    from bot.people import directory

    return directory.card(ctx.session, person_id).staff_no
