"""The sheet for who carries a message: its words in every language, and a card for each person."""

from __future__ import annotations

import datetime as dt
import re
import zlib

import pytest

from bot.i18n import LANGUAGES
from bot.reports.messenger_pdf import Carried, messenger_sheet

MADE = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
NASTY = '#panic("x") *b* $a$ @ref <l> \\ // `c` = "quoted"'
TEXTS = {"en": f"A course begins.\n\n{NASTY}", "km": "វគ្គសិក្សាថ្មី", "ur": "نیا کورس"}


def people(count: int, name: str = "Sok Dara") -> list[Carried]:
    return [
        Carried(name, f"P-{one}", "Poipet", f"https://t.me/bot?start=x{one}", one % 2 == 0)
        for one in range(count)
    ]


def inside(pdf: bytes) -> bytes:
    """Everything a PDF holds with its streams unpacked."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("texts", [{}, TEXTS])
def test_sheet__any_language__has_a_link_for_each(language: str, texts: dict[str, str]) -> None:
    pdf = messenger_sheet(people(11), texts, language, MADE)
    links = set(re.findall(rb"/URI\s*\((.*?)\)", inside(pdf)))
    assert links == {f"https://t.me/bot?start=x{one}".encode() for one in range(11)}


def test_sheet__long_message_and_many_people__go_on_over_pages() -> None:
    content = inside(messenger_sheet(people(40), {"en": "All of it. " * 900}, "en", MADE))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 4


def test_sheet__signs_of_the_typesetter__are_plain_letters() -> None:
    assert messenger_sheet(people(2, NASTY), {"en": NASTY}, "en").startswith(b"%PDF")


def test_sheet__same_date__is_the_same_file() -> None:
    one, two = (messenger_sheet(people(3), TEXTS, "ur", MADE) for _time in range(2))
    assert one == two


def test_sheet__for_nobody__is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        messenger_sheet([], TEXTS, "en")
