"""Letters in the pictures: shaped as HarfBuzz shapes them, and none missing."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
import uharfbuzz
from babel.messages.pofile import read_po
from matplotlib.font_manager import fontManager
from matplotlib.ft2font import LoadFlags

from bot.i18n import LANGUAGES, LOCALES
from bot.reports import fonts
from tests.unit.reports.shaped_strings import KHMER, URDU_SENTENCES, URDU_WORDS

FILE_OF = {
    "Noto Sans": "NotoSans",
    "Noto Sans Khmer": "NotoSansKhmer",
    "Noto Naskh Arabic": "NotoNaskhArabic",
}
SPACE = 3
PLACEHOLDER = re.compile(r"\{\w+\}")


def drawn(text: str, language: str, *, bold: bool) -> list[tuple[str, int]]:
    """Font and glyph as the pictures use them, from left to right."""
    items = fonts.face(language, bold=bold)._layout(text, LoadFlags.DEFAULT, language=language)
    return [(item.ft_object.family_name, item.glyph_index) for item in items]


def shaped(text: str, family: str, language: str, *, bold: bool) -> list[tuple[str, int]]:
    """Font and glyph as HarfBuzz shapes `text` in one font, from left to right."""
    path = fonts.FOLDER / f"{FILE_OF[family]}-{'Bold' if bold else 'Regular'}.ttf"
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language
    if re.search("[۰-۹]", text):
        buffer.direction = "ltr"
    uharfbuzz.shape(font, buffer)
    return [(family, info.codepoint) for info in buffer.glyph_infos]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", KHMER)
def test_khmer__in_pictures__shaped_as_harfbuzz_does(text: str, bold: bool) -> None:
    assert drawn(text, "km", bold=bold) == shaped(text, fonts.KHMER, "km", bold=bold)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("word", URDU_WORDS)
def test_urdu_word__in_pictures__shaped_as_harfbuzz_does(word: str, bold: bool) -> None:
    assert _letters(drawn(word, "ur", bold=bold)) == _letters(
        shaped(word, fonts.ARABIC, "ur", bold=bold)
    )


@pytest.mark.parametrize("sentence", URDU_SENTENCES)
def test_urdu_sentence__in_pictures__runs_from_right_to_left(sentence: str) -> None:
    words = [shaped(word, fonts.ARABIC, "ur", bold=False) for word in sentence.split(" ")]
    expected = list(chain.from_iterable(reversed(words)))
    assert _letters(drawn(sentence, "ur", bold=False)) == expected


def test_urdu__with_latin_inside__keeps_each_script_in_its_order() -> None:
    latin = shaped("ASYCUDA 12", fonts.LATIN, "ur", bold=False)
    before, after = (shaped(word, fonts.ARABIC, "ur", bold=False) for word in ("نظام", "میں"))
    seen = drawn("نظام \u2068ASYCUDA 12\u2069 میں", "ur", bold=False)
    assert _letters(seen) == after + before
    assert _letters(seen, fonts.LATIN) == _letters(latin, fonts.LATIN)


def test_lam_alef__joined__takes_its_own_forms() -> None:
    apart = {*drawn("ل", "ur", bold=False), *drawn("ا", "ur", bold=False)}
    assert apart.isdisjoint(drawn("لا", "ur", bold=False))


def test_subscript__after_coeng__draws_no_coeng_of_its_own() -> None:
    (coeng,) = shaped("\u17d2", fonts.KHMER, "km", bold=False)[-1:]
    assert coeng not in drawn("ស្ត្រី", "km", bold=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_glyphs__a_script_without_font__are_named(language: str) -> None:
    assert fonts.missing_glyphs("Rollcall \u4e16", language) == {"\u4e16"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_glyphs__every_script_of_the_house__none(language: str) -> None:
    everything = "\n".join((*KHMER, *URDU_WORDS, *URDU_SENTENCES, "“Class 12”: 45 % – …"))
    assert fonts.missing_glyphs(everything, language) == set()


# Signs of buttons and lists in the chat, which phones draw with fonts of their own.
CHAT_SIGNS = frozenset("✓☑☐→")
AT_ONCE = 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_glyphs__whole_catalogue__none(language: str) -> None:
    sentences = (PLACEHOLDER.sub("", sentence) for sentence in _catalogue(language))
    words = sorted({word for sentence in sentences for word in sentence.split()})
    missing: set[str] = set()
    for first in range(0, len(words), AT_ONCE):
        missing |= fonts.missing_glyphs("\n".join(words[first : first + AT_ONCE]), language)
    assert missing - CHAT_SIGNS == set()


def test_fonts__registered__are_our_own_files_whatever_the_machine_has() -> None:
    for language in LANGUAGES:
        for bold in (False, True):
            found = fontManager._find_fonts_by_props(fonts.font(language, 30, bold=bold))
            assert [Path(path.path) for path in found] == fonts.paths(language, bold=bold)


def test_fonts__each_file__comes_with_its_licence() -> None:
    for stem in FILE_OF.values():
        licence = (fonts.FOLDER / f"OFL-{stem}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in licence


def _letters(glyphs: list[tuple[str, int]], family: str = fonts.ARABIC) -> list[tuple[str, int]]:
    """Only the glyphs of one font, without spaces and the marks that leave no ink."""
    return [glyph for glyph in glyphs if glyph[0] == family and glyph[1] != SPACE]


def _catalogue(language: str) -> list[str]:
    path = LOCALES / language / "LC_MESSAGES" / "rollcall.po"
    if not path.exists():
        return [LANGUAGES[language]]
    with path.open("rb") as source:
        messages = list(read_po(source, locale=language))
    wordings = [message.string or message.id for message in messages]
    return [word for words in wordings for word in ([words] if isinstance(words, str) else words)]
