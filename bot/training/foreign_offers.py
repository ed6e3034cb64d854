"""What a donor or another administration offers with a class: who, where, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import audit
from bot.context import Ctx
from bot.models.training import TrainingClass
from bot.training import catalogue, class_reach, classes, course_fields
from bot.training.catalogue import ClassCard

FIELDS = ("donor", "country", "language_level", "paid_by")


def of_class(ctx: Ctx, class_id: int) -> dict[str, str]:
    """What is known of the offer, by field; refuses classes out of reach."""
    return known(class_reach.require_editor(ctx, class_id))


def known(held: TrainingClass) -> dict[str, str]:
    """What is known of the offer of a class, by field; blank ones are left out."""
    return {name: str(held.offer[name]) for name in FIELDS if held.offer.get(name)}


def keep(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> ClassCard:
    """Keep what was typed; a blank takes a fact away. Refuses classes out of reach or closed."""
    held = classes.require_open(ctx, class_id)
    values = {name: course_fields.line(str(typed.get(name) or "")) for name in FIELDS}
    before = dict(held.offer)
    held.offer = {name: words for name, words in values.items() if words}
    ctx.session.flush()
    audit.record(ctx, "class.offer", "class", class_id, old=before, new=held.offer)
    return catalogue.card(ctx, class_id)
