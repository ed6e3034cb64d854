"""What is offered when something is finished; conversations register what they can offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.context import Ctx
from bot.screens import Button, Style

Offered: TypeAlias = Callable[[Ctx], Button | None]
OFFERS: list[Offered] = []


def offer(provider: Offered) -> Offered:
    """Register a button that may follow a finished form, such as the next task."""
    OFFERS.append(provider)
    return provider


def rows(ctx: Ctx) -> tuple[tuple[Button, ...], ...]:
    """The offers that hold for the actor now, one a row, the one to take next first."""
    buttons = [button for provider in OFFERS if (button := provider(ctx)) is not None]
    buttons.sort(key=lambda button: button.style is not Style.PRIMARY)
    return tuple((button,) for button in buttons)
