"""To a supervisor: an officer is ordered to a class; what became of asking to put it off."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.i18n import Words, _, _n
from bot.screens import Button, Screen
from bot.training import postponements, request_words


def still_ordered(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those who still have to attend, and whom the reader leads."""
    return [item for item in items if postponements.is_ordered(ctx, item.params["enrolment"])]


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    return _n(
        "{count} officer of yours is ordered to a class.",
        "{count} officers of yours are ordered to a class.",
        len(items),
    )


@notice("approval_ordered", line=one_line, holds=still_ordered)
def approval_ordered(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who has to attend what; a reason against it goes to the training unit."""
    cards = [postponements.card(ctx, item.params["enrolment"]) for item in items]
    if len(cards) > 1:
        lines = [_("{name}: {course}, {code}", name=card.person.name, course=card.held.title,
                   code=card.held.code) for card in cards]  # fmt: skip
        title = one_line(ctx, items, _reader)
        rows = ((Button(_("Ordered training"), "apord"),),)
        return Screen(title=title, body=tuple(lines), rows=rows, protect=True)
    card = cards[0]
    return Screen(
        title=_("{name} is ordered to attend a class", name=card.person.name),
        body=(
            *request_words.class_lines(card.held),
            "",
            _("You need not approve it. If this officer cannot be spared, ask for it to be put "
              "off, with the reason."),
        ),
        rows=((Button(_("Ask to put it off"), f"apoff:{card.enrolment_id}"),),),
        protect=True,
    )  # fmt: skip


@notice("postponement_decided")
def postponement_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Whether the training is put off, and why not."""
    try:
        outcome = postponements.outcome(ctx, items[0].params["approval"])
    except Refusal:
        return Drop("not of the reader's people any more")
    title = _("The training of {name} is not put off", name=outcome.person.name)
    if outcome.is_granted:
        title = _("The training of {name} is put off", name=outcome.person.name)
    body: list[Words] = [*request_words.class_lines(outcome.held)]
    if outcome.reason:
        body += ["", _("Reason: {reason}", reason=outcome.reason)]
    return Screen(title=title, body=tuple(body), protect=True)
