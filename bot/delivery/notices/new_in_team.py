"""To a new supervisor: an officer who is in a class, or about to be."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.screens import Screen
from bot.training import transfers


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those who still have the place, and whom the reader leads."""
    return [item for item in items if transfers.is_in_team(ctx, item.params["enrolment"])]


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    return _n(
        "{count} officer who is new in your team has a place in a class.",
        "{count} officers who are new in your team have a place in a class.",
        len(items),
    )


@notice("new_in_team", line=one_line, holds=still_so)
def new_in_team(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who is away for which class, and when; the place stays."""
    lines: list[Words] = []
    for item in items:
        place = transfers.place(ctx, item.params["enrolment"])
        lines.append(
            _(
                "{name}: {course}, {code}, {start} to {end}",
                name=place.person.name,
                course=place.held.title,
                code=place.held.code,
                start=place.held.starts_on,
                end=place.held.ends_on,
            )
        )
    title = _n(
        "An officer who is new in your team has a place in a class",
        "{count} officers who are new in your team have a place in a class",
        len(items),
    )
    return Screen(title=title, body=(*lines, "", _("The places stay.")), protect=True)
