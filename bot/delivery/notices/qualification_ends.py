"""To a holder: what they hold ends soon, or today, or can be renewed for a few days more."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.models.qualifications import Qualification
from bot.screens import Button, Screen
from bot.training.qualifications import validity


def still_ends(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """The latest stage of what is not renewed, lapsed or given more time by now."""
    return [item for item in items if _holds(ctx, item)]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    held = _held(ctx, items)
    if len(held) == 1:
        return _("{title}: valid until {day}.", title=facts.title_of(ctx, held[0]),
                 day=held[0].expires_on)  # fmt: skip
    return _n("{count} qualification of yours ends soon.",
              "{count} qualifications of yours end soon.", len(held))  # fmt: skip


@notice("qualification_ends", line=one_line, holds=still_ends)
def qualification_ends(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Until when, what is still to be completed, and the class that would bring it."""
    held = _held(ctx, items)
    return _one(ctx, held[0]) if len(held) == 1 else _several(ctx, held)


def _one(ctx: Ctx, row: Qualification) -> Screen:
    way = facts.way_of(ctx, row)
    more_time = (Button(_("Ask for more time"), f"qmore:{row.id}"),)
    shown = (Button(_("Show it"), f"myq1:{row.curriculum_id}"),)
    return Screen(
        title=_title(ctx, row),
        body=(*_facts(ctx, row), "", *facts.way_lines(way)),
        rows=(*facts.class_rows([way]), shown, more_time),
    )


def _several(ctx: Ctx, held: Sequence[Qualification]) -> Screen:
    body: list[Words] = []
    for row in held[: facts.MOST_SHOWN]:
        body += [*_facts(ctx, row), ""]
    ways = [facts.way_of(ctx, row) for row in held[: facts.MOST_SHOWN]]
    return Screen(
        title=_n("{count} qualification of yours ends", "{count} qualifications of yours end",
                 len(held)),
        body=(*body, *facts.more_line(len(held))),
        rows=(*facts.class_rows(ways), facts.MINE),
    )  # fmt: skip


def _title(ctx: Ctx, row: Qualification) -> Text:
    assert row.expires_on is not None, "only what ends is told to end"
    days = (row.expires_on - ctx.today()).days
    if days < 0:
        return _("A qualification of yours has ended and can still be renewed")
    if days == 0:
        return _("A qualification of yours ends today")
    return _n("A qualification of yours ends in {count} day",
              "A qualification of yours ends in {count} days", days)  # fmt: skip


def _facts(ctx: Ctx, row: Qualification) -> list[Words]:
    title, until = facts.title_of(ctx, row), facts.lapses_after(ctx, row)
    lines: list[Words] = [_("{title}: valid until {day}.", title=title, day=row.expires_on)]
    if row.extended_until is not None and row.extended_until == until:
        lines.append(_("Your supervisor has given you time until {day}.", day=until))
    elif until != row.expires_on:
        lines.append(_("It can be renewed until {day}; after that it has lapsed.", day=until))
    return lines


def _held(ctx: Ctx, items: Sequence[Item]) -> list[Qualification]:
    """Each once, the first to end first."""
    rows = {item.params["qualification"]: facts.held_of(ctx, item) for item in items}
    return sorted(rows.values(), key=lambda row: (str(row.expires_on), row.id or 0))


def _holds(ctx: Ctx, item: Item) -> bool:
    row = facts.held_of(ctx, item)
    if not facts.is_in_force(ctx, row) or validity.is_away(row, ctx.today()):
        return False
    if "until" in item.params:
        return bool(str(row.extended_until) == item.params["until"])
    return bool(row.told_stage == item.params["stage"])
