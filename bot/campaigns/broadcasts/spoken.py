"""Numbers and reasons of a message to many in words, for notices, pages and reports alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.campaigns.broadcasts.reporting import Tally
from bot.campaigns.broadcasts.telling import NOT_CORRECTED
from bot.i18n import Percent, Text, Words, _, _n
from bot.models.broadcasts import RecipientState

R = RecipientState
STATES: Mapping[RecipientState, Text] = {
    R.WAITING: _("waiting"),
    R.QUEUED: _("on its way"),
    R.SENT: _("delivered"),
    R.FAILED: _("refused by Telegram"),
    R.DROPPED: _("not sent"),
    R.UNKNOWN: _("not known"),
}
REFUSED = "refused: "
"""Before the words of a refusal that kept a message from being written."""
REASONS: Mapping[str, Text] = {
    "not linked to a chat": _("has not linked a chat"),
    "blocked the bot": _("has blocked the bot"),
    "blocked": _("has blocked the bot"),
    "not started": _("has never started the bot"),
    "has left": _("has left the administration"),
    "stopped": _("the message was stopped before"),
    "withdrawn": _("the message was withdrawn before"),
    "the file is gone": _("the file was not kept any more"),
    "refused": _("Telegram refused the message"),
    "sent or not, unknown": _("the connection broke off while it was sent"),
    "the courier ended before the outcome was recorded": _(
        "Rollcall was stopped while it was sent"
    ),
    "gone": _("the message is not there any more"),
    "account gone": _("the account is no longer linked"),
    "never started": _("has never started the bot"),
    "no reason left": _("there was nothing to tell any more"),
    "not editable": _("Telegram did not let the message be changed"),
    "two pollers": _("another program uses the bot; the operator was told"),
    "its row in the outbox is gone": _("Rollcall has lost track of it"),
    "bug": _("a fault in Rollcall; the operator was told"),
}


def reason_words(reason: str) -> Words:
    """A reason that stands beside a recipient, in words; what is new is shown as it is."""
    if reason.startswith(NOT_CORRECTED):
        why = reason_words(reason.removeprefix(NOT_CORRECTED))
        return _("has the earlier words: {why}", why=why)
    if reason.startswith(REFUSED):
        return _("the message could not be written: {why}", why=reason.removeprefix(REFUSED))
    return REASONS.get(reason, reason)


def tally_lines(tally: Tally) -> Iterator[Words]:
    """How far it is, and what became of it, a line each; what there is none of is left out."""
    if not tally.total:
        yield _("Nobody has been sent it yet.")
        return
    ended = tally.total - tally.left
    share = Percent(ended / tally.total)
    yield _("{done} of {total} done, {share}", done=ended, total=tally.total, share=share)
    sent = tally.of(R.SENT)
    yield _n("Delivered to {count} person.", "Delivered to {count} people.", sent)
    if missed := tally.of(R.FAILED) + tally.of(R.DROPPED):
        yield _n("{count} person did not get it.", "{count} people did not get it.", missed)
    if unknown := tally.of(R.UNKNOWN):
        yield _n(
            "Of {count} person it is not known.", "Of {count} people it is not known.", unknown
        )
    if tally.read:
        yield _n(
            "{count} person confirmed: read and understood.",
            "{count} people confirmed: read and understood.",
            tally.read,
        )
    if tally.enrolled:
        yield _n(
            "{count} person asked for a place since.",
            "{count} people asked for a place since.",
            tally.enrolled,
        )
