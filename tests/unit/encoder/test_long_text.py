"""Lines in several screens: every letter is on one of them, and Telegram takes each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder import encode
from bot.i18n import Texts, _, render
from bot.long_text import in_screens
from tests.unit.encoder.screens import judged, words

TITLE = Texts.of({"en": "Remarks", "km": "កំណត់សម្គាល់", "ur": "تبصرے"})


def letters(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "\u2068\u2069")


@given(st.lists(words(9000), max_size=8), st.sampled_from(("en", "km", "ur")))
def test_screens__together__say_everything(remarks: list[str], language: str) -> None:
    lines = [_("{name}: {remark}", name="Sok Dara", remark=words) for words in remarks]
    screens = in_screens(TITLE, lines)
    title = render(TITLE, language)
    said = [judged(encode(screen, language)).text for screen in screens]
    assert all(text.startswith(title) for text in said)
    bodies = "".join(text.removeprefix(title) for text in said)
    assert letters(bodies) == letters("".join(render(line, language) for line in lines))


def test_line__longer_in_one_language__makes_as_many_screens_in_each() -> None:
    line = Texts.of({"en": "short", "km": "ក្សេត្រ" * 1000})
    screens = in_screens(TITLE, [line])
    assert len(screens) == 3
    assert [render(screen.body[0], "en") for screen in screens] == ["short", "…", "…"]


@pytest.mark.parametrize(("length", "count"), [(1749, 1), (1750, 2)])
def test_lines__to_the_edge_of_a_screen__break_between_them(length: int, count: int) -> None:
    assert len(in_screens(TITLE, ["x" * length, "y" * 1750])) == count


def test_lines__none__are_one_screen() -> None:
    assert len(in_screens(TITLE, [])) == 1
