"""To who held a qualification: it has lapsed, and how to earn it anew."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.models.qualifications import Qualification
from bot.screens import Button, Screen
from bot.training.qualifications.validity import TOLD_LAPSED, Standing


def still_lapsed(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that were not renewed since, and of which no time was given, or has passed again."""
    return [item for item in items if _holds(ctx, item)]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    held = _held(ctx, items)
    if len(held) == 1:
        return _("{title} has lapsed.", title=facts.title_of(ctx, held[0]))
    return _n("{count} qualification of yours has lapsed.",
              "{count} qualifications of yours have lapsed.", len(held))  # fmt: skip


@notice("qualification_lapsed", line=one_line, holds=still_lapsed)
def qualification_lapsed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """What does not hold any more, what is to be completed, and the class that would bring it."""
    held = _held(ctx, items)
    ways = [facts.way_of(ctx, row) for row in held[: facts.MOST_SHOWN]]
    body: list[Words] = [
        _("{title}: it ended on {day}.", title=facts.title_of(ctx, row), day=row.expires_on)
        for row in held[: facts.MOST_SHOWN]
    ]
    if len(held) == 1:
        body += ["", *facts.way_lines(ways[0])]
        button = (Button(_("Show it"), f"myq1:{held[0].curriculum_id}"),)
    else:
        body += facts.more_line(len(held))
        button = facts.MINE
    return Screen(
        title=_n("A qualification of yours has lapsed",
                 "{count} qualifications of yours have lapsed", len(held)),
        body=tuple(body),
        rows=(*facts.class_rows(ways), button),
    )  # fmt: skip


def _held(ctx: Ctx, items: Sequence[Item]) -> list[Qualification]:
    rows = {item.params["qualification"]: facts.held_of(ctx, item) for item in items}
    return sorted(rows.values(), key=lambda row: (str(row.expires_on), row.id or 0))


def _holds(ctx: Ctx, item: Item) -> bool:
    row = facts.held_of(ctx, item)
    ended_on = row.extended_until or row.expires_on
    is_latest = row.told_stage == TOLD_LAPSED and str(ended_on) == item.params["occasion"]
    return row.current and is_latest and facts.standing_of(ctx, row) is Standing.LAPSED
