"""Who wants to know when an import has been applied, is to be undone, or has been undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did, by ids of the kind's own rows.

    `changed` leaves out the new rows. For people, `moved` have another unit or position,
    `left` are no longer active, `returned` are active again, `led_anew` have another supervisor.
    After an undo, `undone` is true and the ids are those that were put back; `new` ones are gone
    then.
    """

    run_id: int
    kind: str
    counts: dict[str, int]
    undone: bool = False
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    led_anew: tuple[int, ...] = ()


Hook: TypeAlias = Callable[[Ctx, Applied], None]
HOOKS: dict[str, list[Hook]] = {}
UNDOING: dict[str, list[Hook]] = {}


def after_apply(kind: str, hook: Hook) -> Hook:
    """Have `hook` called in the transaction that applies or undoes imports of this kind.

    Refuses the same hook twice.
    """
    return _keep(HOOKS, kind, hook)


def before_undo(kind: str, hook: Hook) -> Hook:
    """Have `hook` take away, before an import of this kind is undone, what followed from it by
    rule alone and would stand in its way; a refused undo brings it back.

    Refuses the same hook twice.
    """
    return _keep(UNDOING, kind, hook)


def tell(ctx: Ctx, applied: Applied) -> None:
    """Call everyone who listens to this kind."""
    for hook in HOOKS.get(applied.kind, ()):
        hook(ctx, applied)


def clear_way(ctx: Ctx, applied: Applied) -> None:
    """Call everyone who has something to take away before this kind is undone."""
    for hook in UNDOING.get(applied.kind, ()):
        hook(ctx, applied)


def _keep(hooks: dict[str, list[Hook]], kind: str, hook: Hook) -> Hook:
    kept = hooks.setdefault(kind, [])
    if hook in kept:
        raise ValueError(f"{hook.__qualname__} is registered twice for {kind}")
    kept.append(hook)
    return hook
