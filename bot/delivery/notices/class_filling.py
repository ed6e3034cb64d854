"""To who keeps a class: most of its seats are taken, or all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.context import Ctx
from bot.delivery.notices import class_facts, class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.models.training import TrainingClass
from bot.screens import Screen
from bot.training import desk, seats

MOST_SHOWN = 6
FULL = 100


def still_taken(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those about a class to come, that the reader keeps, and of which so much is taken still."""
    return [item for item in items if _holds(ctx, item)]


@notice("class_filling", holds=still_taken)
def class_filling(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """How many seats are taken, and how many wait, for each class once."""
    classes = list(
        {item.params["class"]: class_facts.held_of(ctx, item) for item in items}.values()
    )
    body: list[Words] = []
    for held in classes[:MOST_SHOWN]:
        body += [class_lines.which(ctx, held), *class_lines.when(ctx, held)]
        body += [*_figures(ctx, held), ""]
    body += and_more(len(classes) - MOST_SHOWN)
    return Screen(
        title=_title(ctx, classes),
        body=tuple(body),
        rows=tuple(
            class_facts.open_button(ctx, held, named=len(classes) > 1)
            for held in classes[:MOST_SHOWN]
        ),
    )


def _title(ctx: Ctx, classes: Sequence[TrainingClass]) -> Words:
    if len(classes) > 1:
        return _n("{count} class is filling up", "{count} classes are filling up", len(classes))
    return _("A class is full") if _share(ctx, classes[0]) >= FULL else _("A class is filling up")


def _figures(ctx: Ctx, held: TrainingClass) -> list[Words]:
    assert held.id is not None
    taken = _n("{count} seat of {seats} is taken.", "{count} seats of {seats} are taken.",
               seats.taken(ctx.session, held.id), seats=held.seats)  # fmt: skip
    waiting = _waiting(ctx, held.id)
    if not waiting:
        return [taken]
    waits = _n("{count} person waits for a seat.", "{count} people wait for a seat.", waiting)
    return [taken, waits]


def _waiting(ctx: Ctx, class_id: int) -> int:
    count = select(func.count()).select_from(seats.wait_list(class_id).subquery())
    return int(ctx.session.execute(count).scalar_one())


def _holds(ctx: Ctx, item: Item) -> bool:
    held = class_facts.held_of(ctx, item)
    return (
        class_facts.is_to_come(ctx, held)
        and _share(ctx, held) >= item.params["share"]
        and ctx.actor.person_id in desk.keepers_of(ctx, held)
    )


def _share(ctx: Ctx, held: TrainingClass) -> float:
    assert held.id is not None
    return 100 * seats.taken(ctx.session, held.id) / max(1, held.seats)
