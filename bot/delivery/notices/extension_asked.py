"""To who decides: an officer asks for more time to renew what ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.people import directory
from bot.screens import Button, Screen, Style
from bot.training.qualifications import extensions

MOST_SHOWN = 6


def still_asked(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that nobody has decided about, about people for whom the reader decides."""
    return [item for item in items if _holds(ctx, item)]


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    return _n(
        "{count} officer asks for more time to renew.",
        "{count} officers ask for more time to renew.",
        len(items),
    )


@notice("extension_asked", line=one_line, holds=still_asked)
def extension_asked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who, for what, until when it is valid, and why; a button to decide each."""
    body: list[Words] = []
    rows = []
    for item in items[:MOST_SHOWN]:
        held = facts.held_of(ctx, item)
        name = directory.name_of(ctx.session, held.person_id)
        request = extensions.open_request(ctx, held.id or 0)
        until = facts.lapses_after(ctx, held)
        body.append(
            _("{name}: {title}, valid until {day}", name=name,
              title=facts.title_of(ctx, held), day=held.expires_on)
        )  # fmt: skip
        if until != held.expires_on:
            body.append(_("It can be renewed until {day}.", day=until))
        if request is not None and request.reason:
            body.append(_("Reason: {reason}", reason=request.reason))
        body.append("")
        label = _("Decide about {name}", name=name)
        rows.append((Button(label, f"qext:{held.id}", style=Style.PRIMARY),))
    body += and_more(len(items) - MOST_SHOWN)
    title = _n("An officer asks for more time to renew",
               "{count} officers ask for more time to renew", len(items))  # fmt: skip
    return Screen(title=title, body=tuple(body), rows=tuple(rows), protect=True)


def _holds(ctx: Ctx, item: Item) -> bool:
    held = facts.held_of(ctx, item)
    request = extensions.open_request(ctx, held.id or 0)
    return (
        held.current
        and request is not None
        and request.entry_id == item.params["entry"]
        and extensions.decides(ctx, held.person_id)
    )
