"""Screens at random, in words of three scripts and of no script at all, and their judge."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from bot.encoder import Encoded
from bot.i18n import ISOLATE, POP_ISOLATE
from bot.sandbox.api_table import load_table
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.request import Call
from bot.sandbox.rich_text import RichText
from bot.sandbox.text_rules import caption_text, message_text
from bot.sandbox.validate import checked_parameters
from bot.screens import Attachment, Button, FileKind, Screen, Style

ENGLISH = ("officer", "valuation", "of", "goods", "a", "1,234", "x" * 70)
KHMER = ("ស្ត្រី", "មន្ត្រីគយ", "ការ\u200bវាយតម្លៃ", "ក្សេត្រ", "ជំនួយការ" * 9)
URDU = ("افسر", "تشخیص", "مالیت", "کا", "نستعلیق" * 11)
OTHER = ("👩🏽‍✈️", "🇰🇭🇫🇯", "é", f"{ISOLATE}VAL-1{POP_ISOLATE}", '"\\', "👍" * 40, "\n", " ")
SCRIPTS = (ENGLISH, KHMER, URDU, OTHER, ENGLISH + KHMER + URDU + OTHER)


@st.composite
def words(draw: st.DrawFn, most: int) -> str:
    """Words of one script up to `most` code points, often exactly so many."""
    script = draw(st.sampled_from(SCRIPTS))
    some = draw(st.lists(st.sampled_from(script), max_size=30))
    text = draw(st.sampled_from((" ", "", "\n"))).join(some)
    wanted = draw(st.one_of(st.integers(0, most), st.sampled_from((most, most - 1))))
    if not text.strip():
        return text
    return (f"{text} " * (wanted // (len(text) + 1) + 1))[:wanted]


def labels() -> st.SearchStrategy[str]:
    return words(90)


def buttons() -> st.SearchStrategy[Button]:
    return st.builds(
        Button,
        label=labels(),
        action=st.text("abcxyz:0123456789", min_size=1, max_size=48),
        guarded=st.booleans(),
        style=st.sampled_from(Style),
    )


@st.composite
def keyboards(draw: st.DrawFn) -> tuple[tuple[Button, ...], ...]:
    """Rows of any width, as many buttons as nobody would draw."""
    some = draw(st.lists(buttons(), max_size=6))
    times = draw(st.sampled_from((1, 3, 17, 40)))
    width = draw(st.integers(1, 12))
    every = some * times
    return tuple(tuple(every[at : at + width]) for at in range(0, len(every), width))


def screens() -> st.SearchStrategy[Screen]:
    attachment = Attachment(1, FileKind.DOCUMENT)
    return st.builds(
        Screen,
        title=st.one_of(words(120), words(5000)),
        above=words(300),
        body=st.lists(st.one_of(words(300), words(4200)), max_size=12).map(tuple),
        rows=keyboards(),
        attachment=st.sampled_from((None, attachment)),
        share_contact=st.one_of(st.just(""), labels()),
        remove_keyboard=st.booleans(),
    ).filter(_says_something)


def _says_something(screen: Screen) -> bool:
    said = f"{screen.title}{screen.above}{''.join(map(str, screen.body))}"
    return bool(said.strip()) or screen.attachment is not None


def judged(encoded: Encoded, *, caption: bool = False) -> RichText:
    """The text as the sandbox would keep it; refuses whatever Telegram would refuse."""
    method, text, entities = ("sendMessage", "text", "entities")
    given: dict[str, object] = {"chat_id": 501}
    if caption:
        method, text, entities = ("sendDocument", "caption", "caption_entities")
        given["document"] = "file-1"
    given[text] = encoded.text
    given[entities] = json.dumps(encoded.entities)
    if encoded.reply_markup is not None:
        given["reply_markup"] = json.dumps(encoded.reply_markup)
    params = checked_parameters(load_table(), Call(method, given))
    checked_markup(params.get("reply_markup"))
    return caption_text(params) if caption else message_text(params)
