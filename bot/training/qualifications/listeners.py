"""Who wants to know what was earned and what was withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from bot.context import Ctx


@dataclass(frozen=True, slots=True)
class Earned:
    """Something that holds from now on, the newest of its curriculum; `renews` if there was one
    before, `again` if it had been withdrawn and stands again with the dates it had.
    """

    qualification_id: int
    person_id: int
    curriculum_id: int
    earned_on: dt.date
    expires_on: dt.date | None
    renews: bool
    again: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something that does not hold any more, because what it was earned with was taken back."""

    qualification_id: int
    person_id: int
    curriculum_id: int


EarnedHook: TypeAlias = Callable[[Ctx, Sequence[Earned]], None]
WithdrawnHook: TypeAlias = Callable[[Ctx, Sequence[Withdrawn]], None]
Hook = TypeVar("Hook")
EARNED: dict[str, EarnedHook] = {}
WITHDRAWN: dict[str, WithdrawnHook] = {}


def on_earned(name: str) -> Callable[[EarnedHook], EarnedHook]:
    """Register what follows when something was earned; refuses a second hook of the name.

    Called in the transaction that earns. Past records may bring what has lapsed already.
    """
    return _register(EARNED, name)


def on_withdrawn(name: str) -> Callable[[WithdrawnHook], WithdrawnHook]:
    """Register what follows when something was withdrawn; refuses a second hook of the name."""
    return _register(WITHDRAWN, name)


def tell_earned(ctx: Ctx, earned: Sequence[Earned]) -> None:
    """Call everyone who listens to earning."""
    for hook in EARNED.values() if earned else ():
        hook(ctx, earned)


def tell_withdrawn(ctx: Ctx, withdrawn: Sequence[Withdrawn]) -> None:
    """Call everyone who listens to withdrawing."""
    for hook in WITHDRAWN.values() if withdrawn else ():
        hook(ctx, withdrawn)


def _register(hooks: dict[str, Hook], name: str) -> Callable[[Hook], Hook]:
    def keep(hook: Hook) -> Hook:
        if name in hooks:
            raise ValueError(f"hook {name} is registered twice")
        hooks[name] = hook
        return hook

    return keep
