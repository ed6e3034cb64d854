"""To who keeps a class: too few have a place for it to be held."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import class_facts, class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.models.training import TrainingClass
from bot.screens import Screen
from bot.training import desk, minimum, seats

MOST_SHOWN = 6


def still_few(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those about a class that begins as told, that lacks trainees, and that the reader keeps."""
    return [
        item
        for item in items
        if class_facts.begins_as_told(ctx, item)
        and minimum.lacks(ctx.session, class_facts.held_of(ctx, item))
        and ctx.actor.person_id in desk.keepers_of(ctx, class_facts.held_of(ctx, item))
    ]


@notice("class_minimum", holds=still_few)
def class_minimum(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """How many there are and how many are needed, for each class once."""
    classes = list(
        {item.params["class"]: class_facts.held_of(ctx, item) for item in items}.values()
    )
    body: list[Words] = []
    for held in classes[:MOST_SHOWN]:
        body += [
            class_lines.which(ctx, held),
            *class_lines.when(ctx, held),
            _figures(ctx, held),
            "",
        ]
    body += and_more(len(classes) - MOST_SHOWN)
    body.append(_("You can call for more, move the class, or cancel it."))
    return Screen(
        title=_n(
            "A class has too few trainees", "{count} classes have too few trainees", len(classes)
        ),
        body=tuple(body),
        rows=tuple(
            class_facts.open_button(ctx, held, named=len(classes) > 1)
            for held in classes[:MOST_SHOWN]
        ),
    )


def _figures(ctx: Ctx, held: TrainingClass) -> Words:
    assert held.id is not None
    return _n(
        "{count} person has a place; at least {least} are needed.",
        "{count} people have a place; at least {least} are needed.",
        seats.taken(ctx.session, held.id),
        least=minimum.of(ctx.session, held),
    )
