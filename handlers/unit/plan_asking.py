"""Forms about what is there already: all at once, each answer to be changed by its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.forms import service
from bot.planning import plan_forms
from bot.screens import Button, Reply
from handlers.common import ask_form, closing


def correct(ctx: Ctx, form: str, purpose: Mapping[str, Any], typed: Mapping[str, str]) -> Reply:
    """Open a form that is filled in; one with nothing in it asks from the first question on."""
    service.begin(ctx, form, purpose, typed)
    return ask_form.show_all(ctx) if typed else ask_form.show(ctx)


@closing.offer(36)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to the plan, the line, the goal or the place, once a form about it is taken."""
    action = plan_forms.way_back(ctx)
    if action is None:
        return None
    return Button(plan_forms.BACK[action.partition(":")[0]], action)
