"""What is offered when something is finished; conversations register what they can offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.context import Ctx
from bot.screens import Button

Offered: TypeAlias = Callable[[Ctx], Button | None]
OFFERS: dict[int, Offered] = {}


def offer(order: int) -> Callable[[Offered], Offered]:
    """Register a button that may follow a finished form, the lowest `order` first.

    Refuses a second one of the same order.
    """

    def keep(provider: Offered) -> Offered:
        if order in OFFERS:
            raise ValueError(f"two buttons of order {order} follow a finished form")
        OFFERS[order] = provider
        return provider

    return keep


def rows(ctx: Ctx) -> tuple[tuple[Button, ...], ...]:
    """The offers that hold for the actor now, one a row."""
    buttons = (OFFERS[order](ctx) for order in sorted(OFFERS))
    return tuple((button,) for button in buttons if button is not None)
