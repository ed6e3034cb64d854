"""A message to many, as each of its readers gets it; corrected, and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaigns.broadcasts import telling, wording
from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.broadcasts import Broadcast, BroadcastState
from bot.people import directory
from bot.screens import Screen

OVER = {
    BroadcastState.PAUSED: telling.PAUSED,
    BroadcastState.STOPPED: "stopped",
    BroadcastState.RECALLED: "withdrawn",
}
TRIED = _("This is how your message is read. Only you have got it.")


def _still_goes(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    row = _row(ctx, items)
    if row is None or row.state in OVER:
        return Drop(OVER[row.state] if row is not None else "gone")
    return wording.screen(ctx, row, reader.language)


@notice("broadcast")
def broadcast(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The message, in the reader's language or the fallback that was named."""
    return _still_goes(ctx, items, reader)


@notice("broadcast_emergency")
def broadcast_emergency(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The same, marked as urgent."""
    return _still_goes(ctx, items, reader)


@notice("broadcast_test")
def broadcast_test(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The same for whoever writes it, to be tried out."""
    row = _row(ctx, items)
    if row is None:
        return Drop("gone")
    return wording.screen(ctx, row, reader.language, TRIED)


@notice("broadcast_correction")
def broadcast_correction(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Its newest words, in place of those that were sent."""
    row = _row(ctx, items)
    if row is None or row.state is BroadcastState.RECALLED:
        return Drop("withdrawn")
    return wording.screen(ctx, row, reader.language, wording.CORRECTED)


@notice("broadcast_recalled")
def broadcast_recalled(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """That it was withdrawn, by whom and why, in place of its words; a file stays in the chat."""
    row = _row(ctx, items)
    if row is None:
        return Drop("gone")
    body: list[Words] = []
    by = row.counts.get("recalled_by")
    if by is not None:
        name = directory.name_of(ctx.session, by)
        body.append(_("Withdrawn by {name}, training unit.", name=name))
    body.append(_("Reason: {reason}", reason=row.reason))
    return Screen(
        title=_("A message to you was withdrawn"),
        body=tuple(body),
        attachment=wording.attachment(row),
    )


def _row(ctx: Ctx, items: Sequence[Item]) -> Broadcast | None:
    return ctx.session.get(Broadcast, items[0].params["broadcast"])
