"""Which function serves which method; refuses a method served twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bot.sandbox.world import World

Params: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[World, Params], object]
_handlers: dict[str, Handler] = {}


def serves(name: str) -> Callable[[Handler], Handler]:
    """Registers a function under the method's official name.

    It gets checked parameters and gives the result, or an awaitable of it.
    """

    def register(handler: Handler) -> Handler:
        if name in _handlers:
            raise ValueError(f"{name} is served twice")
        _handlers[name] = handler
        return handler

    return register


def handler_of(name: str) -> Handler | None:
    return _handlers.get(name)


def served_methods() -> list[str]:
    return sorted(_handlers)
