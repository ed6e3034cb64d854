"""Who wants to know when an import has been applied or undone, such as the linking of chats."""

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


def after_apply(kind: str, hook: Hook) -> Hook:
    """Have `hook` called in the transaction that applies or undoes imports of this kind.

    Refuses the same hook twice.
    """
    hooks = HOOKS.setdefault(kind, [])
    if hook in hooks:
        raise ValueError(f"{hook.__qualname__} is registered twice for {kind}")
    hooks.append(hook)
    return hook


def tell(ctx: Ctx, applied: Applied) -> None:
    """Call everyone who listens to this kind."""
    for hook in HOOKS.get(applied.kind, ()):
        hook(ctx, applied)
