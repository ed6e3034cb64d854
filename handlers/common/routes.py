"""The table of everything a person can do: commands, buttons, typed answers, files.

Conversations register here; the edge looks up and checks access before it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text
from bot.people.access_table import Action
from bot.screens import Reply

Conversation: TypeAlias = Callable[[Ctx, Event], Reply | None]
Kept = TypeVar("Kept", bound=Conversation)


class RouteKind(StrEnum):
    COMMAND = "command"
    PRESS = "press"
    TEXT = "text"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Route:
    """One way in. `action` is what the actor must be allowed to do; None means anyone at all.

    `menu` is the command's line in the command menu, for those who may use it.
    """

    kind: RouteKind
    name: str
    conversation: Conversation
    action: Action | None
    menu: Text | None = None


ROUTES: dict[tuple[RouteKind, str], Route] = {}


def command(name: str, action: Action | None, menu: Text | None = None) -> Callable[[Kept], Kept]:
    """Register `/name`; refuses a second one."""
    return _register(RouteKind.COMMAND, name, action, menu)


def press(prefix: str, action: Action | None) -> Callable[[Kept], Kept]:
    """Register buttons whose action is `prefix` or begins with `prefix:`; refuses a second one."""
    return _register(RouteKind.PRESS, prefix, action, None)


def text(prefix: str, action: Action | None) -> Callable[[Kept], Kept]:
    """Register what takes typed words while a screen `asks` `prefix:…`."""
    return _register(RouteKind.TEXT, prefix, action, None)


def file(action: Action | None, prefix: str = "") -> Callable[[Kept], Kept]:
    """Register what takes files while a screen `asks` `prefix:…`, pictures too; without a prefix
    the one conversation that takes all other files, but no pictures.
    """
    return _register(RouteKind.FILE, prefix, action, None)


def find(kind: RouteKind, name: str) -> Route | None:
    """The route for a command, a button's prefix or what a screen asks."""
    return ROUTES.get((kind, name))


def _register(
    kind: RouteKind, name: str, action: Action | None, menu: Text | None
) -> Callable[[Kept], Kept]:
    def keep(conversation: Kept) -> Kept:
        if (kind, name) in ROUTES:
            raise ValueError(f"{kind} {name} is registered twice")
        ROUTES[kind, name] = Route(kind, name, conversation, action, menu)
        return conversation

    return keep
