"""Passing on what was learned: due, reported, confirmed or not."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation import cascade_cards
from bot.evaluation.cascade_cards import DutyCard, Standing
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.models.on_the_job import CascadeDuty
from bot.screens import Button, Screen, Style

MOST_LINES = 8


def still_due(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that nobody has reported."""
    return [item for item in items if (card := _card(ctx, item)) is not None and card.is_due]


def due_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many courses there are to pass on."""
    return _n(
        "What you learned in {count} course is to be passed on.",
        "What you learned in {count} courses is to be passed on.",
        len(items),
    )


@notice("cascade_due", line=due_line, holds=still_due)
def cascade_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """After a course: pass it on by this day, and report it."""
    return _due(ctx, items, due_line(ctx, items, reader))


@notice("cascade_nudge", line=due_line, holds=still_due)
def cascade_nudge(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The last day is near, or over."""
    return _due(ctx, items, _("A reminder: what you learned is to be passed on"))


def still_reported(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that wait to be confirmed."""
    return [
        item
        for item in items
        if (card := _card(ctx, item)) is not None and card.standing is Standing.REPORTED
    ]


def reported_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many reports wait."""
    return _n(
        "{count} report of passing on waits to be confirmed.",
        "{count} reports of passing on wait to be confirmed.",
        len(items),
    )


@notice("cascade_reported", line=reported_line, holds=still_reported)
def cascade_reported(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Who passed on what."""
    found = _cards(ctx, items)
    if not found:
        return Drop("taken back since")
    lines = [_("{name}: {course}", name=one.person.name, course=one.course) for one in found]
    rows = tuple(
        (Button(_("Look at it: {name}", name=one.person.name), f"casct:{one.id}",
                style=Style.PRIMARY),)
        for one in found[:MOST_LINES]
    )  # fmt: skip
    body = (*lines[:MOST_LINES], *and_more(len(lines) - MOST_LINES))
    return Screen(title=reported_line(ctx, items, reader), body=body, rows=rows)


@notice("cascade_decided")
def cascade_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Whether the supervisor confirms it."""
    card = _card(ctx, items[0])
    wanted = Standing.CONFIRMED if items[0].params["act"] == "confirmed" else Standing.DOUBTED
    if card is None or card.standing is not wanted:
        return Drop("decided otherwise since")
    row = (Button(_("What I am to pass on"), "casc"),)
    if wanted is Standing.CONFIRMED:
        title = _("Confirmed: you passed on what you learned")
        return Screen(title=title, body=(card.course,), rows=(row,))
    body = (card.course, _("Reason: {reason}", reason=card.doubt), _("Please report it again."))
    return Screen(title=_("Not confirmed: passing on what you learned"), body=body, rows=(row,))


def _due(ctx: Ctx, items: Sequence[Item], title: Words) -> Screen | Drop:
    found = _cards(ctx, items)
    if not found:
        return Drop("reported since")
    body = [_by_when(one) for one in found[:MOST_LINES]]
    body += and_more(len(found) - MOST_LINES)
    body.append(_("Tell your colleagues what you learned, then report it here."))
    rows = tuple(
        (Button(_("Report: {course}", course=one.course), f"cascrep:{one.id}",
                style=Style.PRIMARY),)
        for one in found[:MOST_LINES]
    )  # fmt: skip
    return Screen(title=title, body=tuple(body), rows=rows)


def _by_when(card: DutyCard) -> Words:
    if card.standing is Standing.OVERDUE:
        return _("{course}: was to be passed on by {day}", course=card.course, day=card.due_on)
    return _("{course}: by {day}", course=card.course, day=card.due_on)


def _cards(ctx: Ctx, items: Sequence[Item]) -> list[DutyCard]:
    return [card for item in items if (card := _card(ctx, item)) is not None]


def _card(ctx: Ctx, item: Item) -> DutyCard | None:
    row = ctx.session.get(CascadeDuty, item.params["duty"])
    return cascade_cards.facts(ctx, row) if row is not None else None
