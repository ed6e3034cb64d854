"""Certificates to print: the local language and English together, one to a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.i18n import Words, _, is_right_to_left, render
from bot.reports import fonts
from bot.reports.qr import qr_svg
from bot.reports.typesetting import LEADING, typeset
from bot.training.certificate_cards import Printed

ENGLISH = "en"


def certificates(found: Sequence[Printed], made_at: dt.datetime | None = None) -> bytes:
    """An A4 PDF with one page for each; refuses (ValueError) to make none."""
    if not found:
        raise ValueError("there is no certificate to print")
    content = {"certificates": [_page(one) for one in found]}
    return typeset("certificate", _("Certificate"), content, ENGLISH, made_at)


def _page(one: Printed) -> dict[str, object]:
    languages = [ENGLISH] if one.local == ENGLISH else [one.local, ENGLISH]
    return {
        "blocks": [_block(one, language) for language in languages],
        "number": one.number,
        "code": one.code,
        "link": one.link,
        "qr": qr_svg(one.link),
    }


def _block(one: Printed, language: str) -> dict[str, object]:
    """Everything that is said on the page in one language."""

    def say(words: Words) -> str:
        return render(words, language)

    local = one.name_english if language == ENGLISH else one.name_local
    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "heading": say(_("Certificate")),
        "certifies": say(_("This is to certify that")),
        "rank": one.rank if ENGLISH in (language, one.local) else "",
        "name": local or one.name_english or one.name_local,
        "completed": say(_("has completed the course")),
        "title": say(one.title),
        "when": say(_when(one)),
        "issued": say(
            _("Certificate number {number}, issued on {day}", number=one.number, day=one.issued_on)
        ),
        "signature": say(_("For the training unit")),
        "check": say(
            _("To check it, scan the code, or send the bot: /verify {code}", code=one.code)
        ),
    }


def _when(one: Printed) -> Words:
    when = (
        _("on {day}", day=one.last)
        if one.first == one.last
        else _("from {first} to {last}", first=one.first, last=one.last)
    )
    if one.place and one.hours:
        return _(
            "held {when}, {place}, {hours} hours", when=when, place=one.place, hours=one.hours
        )
    if one.place:
        return _("held {when}, {place}", when=when, place=one.place)
    if one.hours:
        return _("held {when}, {hours} hours", when=when, hours=one.hours)
    return _("held {when}", when=when)
