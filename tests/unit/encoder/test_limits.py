"""Whatever screen a conversation makes, Telegram takes it: at the edges, and at random."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder import encode
from bot.sandbox.errors import ApiError
from bot.sandbox.keyboards import LARGEST_MARKUP
from bot.sandbox.rich_text import utf16_length, utf16_slice
from bot.screens import Attachment, Button, Screen
from tests.unit.encoder.screens import buttons, judged, screens, words

ABOUT = "What should change?"


def text_of(length: int) -> Screen:
    return Screen(title=ABOUT, body=("x" * (length - len(ABOUT) - 2),))


def grid(count: int, width: int, label: str = "ok") -> Screen:
    every = [Button(label, f"a:{number}") for number in range(count)]
    rows = [tuple(every[at : at + width]) for at in range(0, count, width)]
    return Screen(title=ABOUT, rows=tuple(rows))


def labels_of(screen: Screen) -> list[list[str]]:
    encoded = encode(screen, "en")
    judged(encoded)
    assert encoded.reply_markup is not None
    return [[button["text"] for button in row] for row in encoded.reply_markup["inline_keyboard"]]


@given(screens(), st.sampled_from(("en", "km", "ur")), st.integers(0, 10**9))
def test_screen__of_any_size_in_any_language__is_taken(
    screen: Screen, language: str, revision: int
) -> None:
    encoded = encode(screen, language, revision)
    kept = judged(encoded, caption=screen.attachment is not None)
    for entity in encoded.entities:
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16_length(encoded.text)
    assert all(entity["type"] != "bold" or entity["length"] for entity in kept.entities)


@given(words(5000), words(300))
def test_title__cut_or_not__is_bold_to_its_end_and_no_further(title: str, above: str) -> None:
    if not title.strip():
        return
    encoded = encode(Screen(title=title, above=above, body=("The rest.",)), "en")
    (bold,) = encoded.entities
    shown = utf16_slice(encoded.text, bold["offset"], bold["length"])
    assert encoded.text.endswith(f"{shown}\n\nThe rest.")
    assert shown == title.strip() or shown.endswith("…")


@pytest.mark.parametrize("length", [4095, 4096])
def test_text__up_to_the_limit__stands_whole(length: int) -> None:
    encoded = encode(text_of(length), "en")
    assert len(judged(encoded).text) == length
    assert "…" not in encoded.text


def test_text__one_too_long__is_cut_and_taken() -> None:
    encoded = encode(text_of(4097), "en")
    assert len(judged(encoded).text) == 4096
    assert encoded.text.endswith("…")


def test_caption__at_and_over_the_limit__is_taken() -> None:
    for length in (1024, 1025):
        screen = Screen(body=("x" * length,), attachment=Attachment(1))
        assert len(judged(encode(screen, "en"), caption=True).text) == 1024


def test_text__in_letters_of_two_units__counts_letters() -> None:
    encoded = encode(Screen(title="👍" * 2000, body=("👍" * 2094,)), "en")
    assert len(judged(encoded).text) == 4096
    assert encoded.entities == [{"type": "bold", "offset": 0, "length": 4000}]


def test_long_paragraph__among_short_ones__alone_gives_way() -> None:
    screen = Screen(above="Question 3 of 9", title=ABOUT, body=("x " * 4000, "Type your answer."))
    text = judged(encode(screen, "en")).text
    assert text.startswith(f"Question 3 of 9\n\n{ABOUT}\n\nx x")
    assert text.endswith(" x…\nType your answer.")


def test_many_lines__too_many__say_so_and_keep_the_last() -> None:
    lines = tuple(f"Line {number} of a list that nobody counted" for number in range(300))
    text = judged(encode(Screen(title=ABOUT, body=(*lines, "Press a number.")), "en")).text
    assert text.endswith("\n…\nPress a number.")
    assert 4000 < len(text) <= 4096


def test_row__of_eight_and_of_nine__is_kept_and_wrapped() -> None:
    assert [len(row) for row in labels_of(grid(8, 8))] == [8]
    assert [len(row) for row in labels_of(grid(9, 9))] == [8, 1]


def test_buttons__a_hundred_and_one_more__keep_the_last_row() -> None:
    assert sum(map(len, labels_of(grid(100, 5)))) == 100
    more = grid(101, 5)
    back = (Button("« Back", "back"),)
    kept = labels_of(Screen(title=ABOUT, rows=(*more.rows[:20], back)))
    assert sum(map(len, kept)) <= 100
    assert kept[-1] == ["« Back"]


@given(buttons(), st.integers(20, 100))
def test_markup__of_long_labels__stays_under_the_limit_of_bytes(
    button: Button, count: int
) -> None:
    screen = Screen(title=ABOUT, rows=tuple((button,) for _ in range(count)))
    encoded = encode(screen, "en", 1)
    judged(encoded)
    packed = json.dumps(encoded.reply_markup, ensure_ascii=False, separators=(",", ":"))
    assert len(packed.encode()) <= LARGEST_MARKUP


@pytest.mark.parametrize(("size", "fits"), [(1, True), (64, True), (65, False)])
def test_data__of_so_many_bytes__fits_or_is_a_bug(size: int, fits: bool) -> None:
    screen = Screen(title=ABOUT, rows=((Button("ok", "ÿ" * (size // 2) + "x" * (size % 2)),),))
    if fits:
        judged(encode(screen, "en"))
    else:
        with pytest.raises(ValueError, match="is not 1 to 64 bytes"):
            encode(screen, "en")


def test_label__without_words__is_not_empty() -> None:
    assert labels_of(Screen(title=ABOUT, rows=((Button(" ", "a"), Button("", "b")),))) == [
        ["…", "…"]
    ]


def test_screen__without_words__is_a_bug() -> None:
    with pytest.raises(ValueError, match="without words"):
        encode(Screen(rows=((Button("ok", "a"),),)), "en")


@pytest.mark.parametrize(
    "screen",
    [
        Screen(title="x" * 4097),
        Screen(body=("x" * 1025,), attachment=Attachment(1)),
        grid(101, 5),
        grid(9, 9),
        grid(90, 5, "ក" * 64),
    ],
    ids=["4097", "1025", "101 buttons", "9 in a row", "bytes"],
)
def test_judge__of_the_same_screen_uncut__refuses(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its limits the encoder's output is refused: the judge can tell."""
    for name in ("MOST_TEXT", "MOST_CAPTION", "MOST_BUTTONS", "WIDEST_ROW", "MOST_MARKUP_BYTES"):
        monkeypatch.setattr(f"bot.encoder.{name}", 10**9)
    with pytest.raises(ApiError):
        judged(encode(screen, "en"), caption=screen.attachment is not None)
