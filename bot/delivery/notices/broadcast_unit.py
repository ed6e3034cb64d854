"""What those who send to many are told: to approve it, what was decided, how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaigns.broadcasts import reporting
from bot.campaigns.broadcasts.spoken import tally_lines
from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState, RecipientState
from bot.people import directory
from bot.screens import Button, Screen, Style

R = RecipientState
TITLES: dict[BroadcastState, Text] = {
    BroadcastState.SENDING: _("Being sent: {title}"),
    BroadcastState.PAUSED: _("Paused: {title}"),
    BroadcastState.STOPPED: _("Stopped: {title}"),
    BroadcastState.DONE: _("Sent: {title}"),
    BroadcastState.RECALLED: _("Withdrawn: {title}"),
}
GONE = Drop("the message is gone")


@notice("broadcast_approval")
def broadcast_approval(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """To whoever may approve it: how many it goes to; of an emergency, that it goes already."""
    row = _row(ctx, items)
    if row is None or row.made_by is None:
        return GONE
    is_urgent = row.kind is BroadcastKind.EMERGENCY
    if row.state is not BroadcastState.ASKED and not is_urgent:
        return Drop("decided already")
    name, people = directory.name_of(ctx.session, row.made_by), row.counts.get("size", 0)
    what = _("{name}, training unit: “{title}”", name=name, title=row.title)
    count = _n("It goes to {count} person.", "It goes to {count} people.", people)
    if is_urgent:
        title = _("An urgent message is going out")
        last = _("It did not wait for approval. You can read it here.")
    else:
        title = _("A message waits for your approval")
        last = _("It goes out once somebody else than its maker approves it.")
    look = Button(_("Read it"), f"bcok:{row.id}", style=Style.PRIMARY)
    return Screen(title=title, body=(what, count, "", last), rows=((look,),))


@notice("broadcast_decided")
def broadcast_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To its maker: approved, or given back with a reason."""
    row, params = _row(ctx, items), items[0].params
    if row is None:
        return GONE
    name = directory.name_of(ctx.session, params["by"])
    if params["approved"]:
        title = _("Approved: {title}", title=row.title)
        body: tuple[Words, ...] = (_("Approved by {name}. It goes out now, or at its time.",
                                     name=name),)  # fmt: skip
    else:
        title = _("Not approved: {title}", title=row.title)
        body = (
            _("Given back by {name}.", name=name),
            _("Reason: {reason}", reason=row.reason),
        )
    return Screen(title=title, body=body, rows=_open(row))


@notice("broadcast_progress")
def broadcast_progress(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """How far it is now; one message, which moves."""
    row = _row(ctx, items)
    if row is None or row.state not in TITLES:
        return GONE
    assert row.id is not None
    return Screen(
        title=_title(row),
        body=tuple(tally_lines(reporting.tally(ctx, row.id))),
        rows=_open(row),
    )


@notice("broadcast_done")
def broadcast_done(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Nothing of it is on its way any more: what became of it."""
    row = _row(ctx, items)
    if row is None or row.state not in TITLES:
        return GONE
    assert row.id is not None
    found = reporting.tally(ctx, row.id)
    body = [*tally_lines(found)]
    if row.reason and row.state in (BroadcastState.STOPPED, BroadcastState.RECALLED):
        body += ["", _("Reason: {reason}", reason=row.reason)]
    if found.of(R.UNKNOWN):
        body += ["", _("Of some nobody can say whether they got it. The report names them.")]
    return Screen(title=_title(row), body=tuple(body), rows=_open(row))


def _row(ctx: Ctx, items: Sequence[Item]) -> Broadcast | None:
    return ctx.session.get(Broadcast, items[0].params["broadcast"])


def _title(row: Broadcast) -> Text:
    return Text(TITLES[row.state].msgid, (("title", row.title),))


def _open(row: Broadcast) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("Show the message"), f"bc:{row.id}"),),)
