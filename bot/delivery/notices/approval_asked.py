"""To whoever decides about an officer's training: a request, and a reminder of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style
from bot.training import approval_cards, approvals, request_words
from bot.training.approval_cards import RequestLine

MOST_LINES = 10
SETTLING = dt.timedelta(hours=24)


def to_ask(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that the reader is still to decide."""
    still = {line.id for line in _lines(ctx, items)}
    return [item for item in items if item.params["approval"] in still]


def to_remind(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those of them that the reader was told of before last night or an outage."""
    return [
        item
        for item in to_ask(ctx, items)
        if not outbox.is_fresh(ctx, _first_key(ctx, item), SETTLING)
    ]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many wait, for a message that joins several notices."""
    count = len(_lines(ctx, items))
    return _n(
        "{count} request waits for your decision: /approvals",
        "{count} requests wait for your decision: /approvals",
        count,
    )


@notice("approval_asked", line=one_line, holds=to_ask)
def approval_asked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who asks for which class, and what it costs; several as a list."""
    lines = _lines(ctx, items)
    if len(lines) == 1:
        return _one(ctx, lines[0])
    count = len(lines)
    return _several(
        lines, _n("{count} request waits for you", "{count} requests wait for you", count)
    )


@notice("approval_reminder", line=one_line, holds=to_remind)
def approval_reminder(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """What has waited for some days; after some more it goes to the next in line."""
    lines = _lines(ctx, items)
    title = _n(
        "A reminder: {count} request waits for you",
        "A reminder: {count} requests wait for you",
        len(lines),
    )
    return _several(lines, title)


def _one(ctx: Ctx, line: RequestLine) -> Screen:
    card = approval_cards.card(ctx, line.id)
    base = f"ap:{card.id}"
    if card.is_postponement:
        rows: tuple[tuple[Button, ...], ...] = ((Button(_("Decide"), base, style=Style.PRIMARY),),)
    else:
        rows = (
            (
                Button(_("Approve"), f"{base}:yes", style=Style.SUCCESS),
                Button(_("Decline"), f"{base}:no", style=Style.DANGER),
            ),
            (
                Button(_("Ask the officer"), f"{base}:ask"),
                Button(_("Earlier trainings"), f"{base}:past"),
            ),
        )
    return Screen(
        title=request_words.title(card),
        body=request_words.facts(card),
        rows=rows,
        protect=True,
    )


def _several(lines: Sequence[RequestLine], title: Text) -> Screen:
    body: list[Words] = [request_words.in_list(line) for line in lines[:MOST_LINES]]
    body += and_more(len(lines) - MOST_LINES)
    only = f"ap:{lines[0].id}" if len(lines) == 1 else "apps"
    return Screen(
        title=title,
        body=tuple(body),
        rows=((Button(_("Decide"), only, style=Style.PRIMARY),),),
        protect=True,
    )


def _lines(ctx: Ctx, items: Sequence[Item]) -> list[RequestLine]:
    return approval_cards.still_to_decide(ctx, [item.params["approval"] for item in items])


def _first_key(ctx: Ctx, item: Item) -> str:
    assert ctx.actor.person_id is not None
    return approvals.asked_key(ctx, item.params["approval"], ctx.actor.person_id)
