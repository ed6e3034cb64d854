"""The sheet for who carries a message to people whom the bot does not reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import Words, _, is_right_to_left, render
from bot.reports import fonts
from bot.reports.qr import qr_svg
from bot.reports.typesetting import LEADING, typeset

HEADING = _("To be passed on")
READ_OUT = _(
    "Read or show this message to each person below. Then cut out the cards and give each person "
    "their own: with it they can get such messages on their own phone."
)
HAND_OUT = _(
    "Cut out the cards and give each person their own: with it they can use the training desk "
    "on their own phone."
)
USES = _("Scan the code or open the link, then press Start in Telegram. It works once.")
COMES_BACK = _("The bot was blocked. Scan the code, open the chat and press Start.")


@dataclass(frozen=True, slots=True)
class Carried:
    """One person: the link that leads to the bot, an invite of their own if they need one."""

    name: str
    staff_no: str
    office: str
    link: str
    has_account: bool


def messenger_sheet(
    people: Sequence[Carried],
    texts: Mapping[str, str],
    language: str,
    made_at: dt.datetime | None = None,
) -> bytes:
    """An A4 PDF with the message in each language that it has, and a card for each person.

    Refuses (ValueError) a sheet for nobody.
    """
    if not people:
        raise ValueError("a sheet needs at least one person")
    content = {
        "instruction": render(READ_OUT if texts else HAND_OUT, language),
        "wordings": [_wording(code, text) for code, text in texts.items()],
        "cards": [_card(one, language) for one in people],
    }
    return typeset("messenger", HEADING, content, language, made_at)


def _wording(language: str, text: str) -> dict[str, object]:
    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "lines": text.splitlines(),
    }


def _card(one: Carried, language: str) -> dict[str, str]:
    hint: Words = COMES_BACK if one.has_account else USES
    return {
        "name": one.name,
        "number": render(_("Staff number {number}", number=one.staff_no), language),
        "office": one.office,
        "hint": render(hint, language),
        "link": one.link,
        "code": qr_svg(one.link),
    }
