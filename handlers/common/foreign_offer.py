"""What a donor or another administration offers with a class, as lines."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Words, _
from bot.training.foreign_offers import FIELDS


def offer_lines(offer: Mapping[str, str]) -> list[Words]:
    """Who offers a class, where, in which language, and who pays; blank facts are left out."""
    donor, country, level, paid = (offer.get(name, "") for name in FIELDS)
    told: list[tuple[str, Words]] = [
        (donor, _("Offered by: {donor}", donor=donor)),
        (country, _("Country: {country}", country=country)),
        (level, _("Language needed: {level}", level=level)),
        (paid, _("Who pays: {words}", words=paid)),
    ]
    return [words for fact, words in told if fact]
