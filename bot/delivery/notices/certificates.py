"""Certificates: to their owner as a file, that one is revoked, and all of a class to print."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.screens import Attachment, Button, Screen
from bot.training import catalogue, certificate_cards
from bot.training.qualifications import early


@notice("certificate_again")
@notice("certificate_ready")
def certificate_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The file, and how others can check it."""
    params = items[0].params
    card = certificate_cards.card(ctx, params["certificate"])
    if card.revoked_at is not None:
        return Drop("revoked since")
    body: list[Words] = [
        card.title,
        _("Number {number}", number=card.number),
        _(
            "Whoever wants to check it can scan the code, or send /verify {code} to this bot.",
            code=card.code,
        ),
    ]
    held = catalogue.card(ctx, card.class_id)
    if held.ends_on is not None:
        body += early.renews_nothing(ctx, card.person_id, held.course_id, held.ends_on)
    return Screen(
        title=_("Your certificate"),
        body=tuple(body),
        rows=(
            (
                Button(_("Show the class"), f"c:{card.class_id}"),
                Button(_("Send it again"), f"cert:{card.id}"),
            ),
        ),
        attachment=Attachment(params["blob"]),
    )


@notice("certificate_revoked")
def certificate_revoked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Which one, and why."""
    card = certificate_cards.card(ctx, items[0].params["certificate"])
    return Screen(
        title=_("Certificate {number} is not valid any more", number=card.number),
        body=(
            card.title,
            _("Reason: {reason}", reason=card.revoked_words),
            _("If this is wrong, tell the training unit with /ask."),
        ),
    )


@notice("certificates_printed")
def certificates_printed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """All certificates of a class, one to a page."""
    params = items[0].params
    held = catalogue.card(ctx, params["class"])
    return Screen(
        title=_("Certificates of class {code}", code=held.code),
        body=(
            _n("{count} page to print.", "{count} pages to print.", params["count"]),
            _("Every officer on Telegram has received their own already."),
        ),
        attachment=Attachment(params["blob"]),
    )
