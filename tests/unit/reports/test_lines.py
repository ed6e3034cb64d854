"""Lines that fit and never end inside a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import ISOLATE, POP_ISOLATE
from bot.reports.lines import clusters, syllables, wrap
from tests.unit.reports.shaped_strings import KHMER, URDU_SENTENCES

SENTENCE = "អ្វីដែលខ្ញុំបានរៀនមានប្រយោជន៍សម្រាប់ការងារនៅការិយាល័យរបស់ខ្ញុំ"
COENG = "\u17d2"


def letters(text: str) -> float:
    """A stand-in for pixels: each cluster is one wide."""
    return len(clusters(text))


def test_wrap__latin__breaks_at_spaces() -> None:
    assert wrap("one two three", 7, len) == ["one two", "three"]


def test_wrap__paragraphs__keep_their_own_lines() -> None:
    assert wrap("one\ntwo three", 20, len) == ["one", "two three"]


def test_wrap__zero_width_spaces__are_where_khmer_breaks() -> None:
    text = "គោលបំណង\u200bនៃ\u200bវគ្គ\u200bសិក្សា"
    assert wrap(text, 8, letters) == ["គោលបំណង\u200bនៃ", "វគ្គ\u200bសិក្សា"]


@pytest.mark.parametrize("width", [2, 3, 5, 8, 13])
def test_wrap__khmer_without_spaces__breaks_only_between_clusters(width: int) -> None:
    lines = wrap(SENTENCE, width, letters)
    assert "".join(lines) == SENTENCE
    assert sum((clusters(line) for line in lines), []) == clusters(SENTENCE)
    assert all(not line.startswith(COENG) and not line.endswith(COENG) for line in lines)


def test_wrap__too_many_lines__last_ends_in_an_ellipsis() -> None:
    lines = wrap("one two three four", 5, len, most=2)
    assert lines == ["one", "two…"]


def test_wrap__ellipsis__fits_in_the_line() -> None:
    assert all(len(line) <= 6 for line in wrap("abcdef ghijkl mnopqr", 6, len, most=2))


def test_wrap__isolated_words_over_two_lines__each_line_closes_its_own() -> None:
    lines = wrap(f"{ISOLATE}ASYCUDA World{POP_ISOLATE} نظام", 9, len)
    assert lines[0] == f"{ISOLATE}ASYCUDA{POP_ISOLATE}"
    assert lines[1].startswith(f"{ISOLATE}World{POP_ISOLATE}")


@given(st.text(alphabet=st.sampled_from([*"ab (.", *SENTENCE, *URDU_SENTENCES[2]]), max_size=40))
def test_wrap__anything__loses_no_letter(text: str) -> None:
    lines = wrap(text, 4, letters)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("word", KHMER)
def test_clusters__joined_again__are_the_word(word: str) -> None:
    assert "".join(clusters(word)) == word


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("ស្ត្រី", ["ស្ត្រី"]),
        ("កម្ពុជា", ["ក", "ម្ពុ", "ជា"]),
        ("ពោធិ៍", ["ពោ", "ធិ៍"]),
        ("قواعدِ", ["ق", "و", "ا", "ع", "دِ"]),
    ],
)
def test_clusters__letters_with_all_they_carry__stay_whole(word: str, parts: list[str]) -> None:
    assert clusters(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("បន្ទប់", ["បន្ទប់"]),
        ("បណ្តុះបណ្តាល", ["បណ្តុះ", "បណ្តាល"]),
        ("ការងារ។", ["ការ", "ងារ។"]),
        ("ហើយខ្ញុំពន្យល់", ["ហើយ", "ខ្ញុំ", "ពន្យល់"]),
        ("ទាំងទៅកន្លែង", ["ទាំង", "ទៅ", "កន្លែង"]),
        ("«វគ្គ១២»", ["«វគ្គ", "១២»"]),
    ],
)
def test_syllables__khmer__keep_final_consonant_and_punctuation(
    word: str, parts: list[str]
) -> None:
    assert syllables(word) == parts
