"""What happens when people leave or move, besides what the roster shows.

Higher rooms register here what they have to tidy up; roster import and editing call it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.context import Ctx
from bot.people import linking

Hook: TypeAlias = Callable[[Ctx, Sequence[int]], None]
LEAVING: dict[str, Hook] = {}
MOVING: dict[str, Hook] = {}


def on_leaving(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people who have left; refuses a second one of the name."""
    return _register(LEAVING, name)


def on_moving(name: str) -> Callable[[Hook], Hook]:
    """Register what to do about people in a new post; refuses a second one of the name."""
    return _register(MOVING, name)


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


def _register(hooks: dict[str, Hook], name: str) -> Callable[[Hook], Hook]:
    def keep(hook: Hook) -> Hook:
        if name in hooks:
            raise ValueError(f"hook {name} is registered twice")
        hooks[name] = hook
        return hook

    return keep
