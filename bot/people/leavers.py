"""What happens when people join, leave, move or change, besides what the roster shows.

Higher rooms register here what they have to tidy up; roster import and editing call it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.context import Ctx
from bot.people import linking

Hook: TypeAlias = Callable[[Ctx, Sequence[int]], None]
JOINING: dict[str, Hook] = {}
LEAVING: dict[str, Hook] = {}
MOVING: dict[str, Hook] = {}
CHANGING: dict[str, Hook] = {}
NEW_SUPERVISOR: dict[str, Hook] = {}


def on_joining(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people who are new or back; refuses a second one of the name."""
    return _register(JOINING, name)


def on_leaving(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people who have left; refuses a second one of the name."""
    return _register(LEAVING, name)


def on_moving(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people in a new post; refuses a second one of the name."""
    return _register(MOVING, name)


def on_changing(name: str) -> Callable[[Hook], Hook]:
    """Register what to do once anything about people has changed; refuses a second of the name."""
    return _register(CHANGING, name)


def on_new_supervisor(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people who are led by somebody else; refuses a second one."""
    return _register(NEW_SUPERVISOR, name)


def joined(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """People are on the roster who were not before, or are active again: the hooks run."""
    for hook in JOINING.values():
        if person_ids:
            hook(ctx, person_ids)


def left(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """People are inactive from now on: they lose access at once, then the hooks run.

    Hooks must be idempotent: an import may find the same leavers twice.
    """
    if not person_ids:
        return
    linking.unlink_leavers(ctx, person_ids)
    for hook in LEAVING.values():
        hook(ctx, person_ids)


def moved(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """People have another unit or position from now on: the hooks run."""
    if not person_ids:
        return
    for hook in MOVING.values():
        hook(ctx, person_ids)


def changed(ctx: Ctx, person_ids: Sequence[int], led_anew: Sequence[int]) -> None:
    """The rows of people on the roster are others now, and `led_anew` have another supervisor."""
    for hook in CHANGING.values():
        if person_ids:
            hook(ctx, person_ids)
    for hook in NEW_SUPERVISOR.values():
        if led_anew:
            hook(ctx, led_anew)


def _register(hooks: dict[str, Hook], name: str) -> Callable[[Hook], Hook]:
    def keep(hook: Hook) -> Hook:
        if name in hooks:
            raise ValueError(f"hook {name} is registered twice")
        hooks[name] = hook
        return hook

    return keep
