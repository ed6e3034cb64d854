"""Certificates from elsewhere: to the training unit, and back to who sent them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.i18n import Words, _, _n
from bot.models.qualifications import EvidenceState
from bot.screens import Attachment, Button, FileKind, Screen, Style
from bot.training.qualifications import evidence_cards
from bot.training.qualifications.evidence_cards import EvidenceCard


def still_waiting(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that the reader is still to decide about."""
    return [item for item in items if (card := _card(ctx, item)) is not None and card.waits]


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many wait, for a message that joins several notices."""
    return _n(
        "{count} certificate waits to be confirmed.",
        "{count} certificates wait to be confirmed.",
        len(items),
    )


@notice("evidence_sent", line=one_line, holds=still_waiting)
def evidence_sent(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """One with its picture, several as a number."""
    if len(items) > 1:
        row = (Button(_("Certificates to confirm"), "evidq", style=Style.PRIMARY),)
        return Screen(body=(one_line(ctx, items, reader),), rows=(row,))
    card = _card(ctx, items[0])
    return _shown(card, reader) if card is not None else Drop("may not decide about it any more")


@notice("evidence_picture")
def evidence_picture(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The picture that somebody asked to see again."""
    card = _card(ctx, items[0])
    return _shown(card, reader) if card is not None else Drop("taken back since")


@notice("evidence_decided")
def evidence_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Whether it counts, as what, or why not."""
    card = _card(ctx, items[0])
    if card is None or card.state != items[0].params["state"]:
        return Drop("decided otherwise since")
    rows = ((Button(_("My qualifications"), "myq"),),)
    if card.state is EvidenceState.CONFIRMED:
        counts = _("It counts as {title}, {day}.", title=card.counts_as, day=card.counts_from)
        body = (card.title, counts, *evidence_cards.too_early(ctx, card.id))
        return Screen(title=_("Your certificate counts"), body=body, rows=rows)
    reason = _("Reason: {reason}", reason=card.reason)
    return Screen(title=_("Your certificate does not count"), body=(card.title, reason), rows=rows)


def _card(ctx: Ctx, item: Item) -> EvidenceCard | None:
    try:
        return evidence_cards.card(ctx, item.params["evidence"])
    except Refusal:
        return None


def _shown(card: EvidenceCard, reader: Reader) -> Screen:
    body: list[Words] = [_("{name}, {unit}", name=card.person.name, unit=card.person.unit)]
    if card.completed_on is not None:
        body.append(_("Completed on {day}", day=card.completed_on))
    kind = FileKind.PHOTO if card.is_photo else FileKind.DOCUMENT
    back = Button(_("« Certificates"), f"evidone:{card.id}")
    if reader.person_id != card.person.id:
        back = Button(_("Decide"), f"evidc:{card.id}", style=Style.PRIMARY)
    return Screen(
        title=card.title,
        body=tuple(body),
        rows=((back,),),
        attachment=Attachment(card.file, kind) if card.file is not None else None,
        protect=True,
    )
