"""Typed questions in three languages: what they name, what they leave open."""

from __future__ import annotations

import pytest

from bot.training.qualifications.question import MOST_WORDS, Asked, Named, best, may_ask, read

CURRICULA = [
    Named("valuation", ("VALUER", "Customs Valuation", "ការវាយតម្លៃគយ", "کسٹمز ویلیوایشن")),
    Named("advanced", ("VAL2", "Advanced Customs Valuation")),
    Named("origin", ("ORI", "Rules of Origin", "វិធានដើមកំណើតទំនិញ", "قواعدِ اصل")),
    Named("dogs", ("DOG", "Dog Handling")),
]
OFFICES = [
    Named("poipet", ("Poipet",)),
    Named("bavet", ("បាវិត",)),
    Named("karachi", ("کراچی",)),
    Named("port", ("Sihanoukville Autonomous Port",)),
]


def understood(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What is named, where, and what is left."""
    names = [name for one in (*CURRICULA, *OFFICES) for name in one.names]
    asked = read(text, names)
    about = best(asked.words, CURRICULA)
    left = [word for word in asked.words if word not in about.words]
    where = best(left, OFFICES)
    return about.keys, where.keys, tuple(word for word in left if word not in where.words)


@pytest.mark.parametrize(
    ("text", "about", "where"),
    [
        ("who at Poipet is qualified in customs valuation, until when?", "valuation", "poipet"),
        ("WHO IS QUALIFIED IN ORIGIN AT POIPET", "origin", "poipet"),
        ("Who holds ORI in Sihanoukville?", "origin", "port"),
        ("who in poipet has advanced valuation", "advanced", "poipet"),
        ("qualified dogs poipet", "dogs", "poipet"),
        ("តើអ្នកណានៅបាវិតមានគុណវុឌ្ឍិវាយតម្លៃ ដល់ពេលណា?", "valuation", "bavet"),
        ("តើនរណានៅ Poipet មានគុណវុឌ្ឍិការវាយតម្លៃគយ?", "valuation", "poipet"),
        ("នរណានៅបាវិតមានគុណវុឌ្ឍិខាងដើមកំណើតទំនិញ", "origin", "bavet"),
        ("نراچی", "", ""),
        ("کراچی میں کسٹمز ویلیوایشن کا اہل کون ہے اور کب تک؟", "valuation", "karachi"),
        ("كراچي ميں قواعد اصل كي سند كس كے پاس ہے؟", "origin", "karachi"),
        ("who is qualified in dog handling", "dogs", ""),
    ],
)  # fmt: skip
def test_question__in_any_language__names_what_and_where(
    text: str, about: str, where: str
) -> None:
    expected = ((about,) if about else (), (where,) if where else ())
    assert understood(text)[:2] == expected


def test_question__that_fits_several__leaves_the_choice() -> None:
    assert understood("who is qualified in valuation")[0] == ("valuation", "advanced")


def test_question__with_words_nobody_knows__says_which() -> None:
    assert understood("who at Takeo is qualified in origin")[2] == ("takeo",)


@pytest.mark.parametrize(
    ("text", "who", "qualified"),
    [
        ("who is qualified in juggling", True, True),
        ("origin", False, False),
        ("Good morning", False, False),
        ("who are you", True, False),
        ("is Dara qualified", False, True),
        ("کون اہل ہے", True, True),
        ("តើអ្នកណាមានគុណវុឌ្ឍិ", True, True),
        ("", False, False),
        ("?!…", False, False),
    ],
)
def test_question__is_told_from_other_words(text: str, who: bool, qualified: bool) -> None:
    asked = read(text)
    assert (asked.says_who, asked.says_qualified) == (who, qualified)
    assert may_ask(text) == (who or qualified)


def test_name__within_a_longer_word__is_not_meant() -> None:
    assert understood("who has doggedness")[0] == ()


def test_khmer_name__is_taken_whole__before_small_words_are_cut_out() -> None:
    asked = read("នរណានៅតើមាន", ["តើមាន"])
    assert asked.words == ("តើមាន",)


def test_code__typed_in_whole__is_meant_before_codes_that_begin_with_it() -> None:
    codes = [Named(1, ("VAL", "Valuation")), Named(2, ("VALU", "Advanced")), Named(3, ("VAL2",))]
    assert best(read("who holds val").words, codes).keys == (1,)


def test_read__of_a_text_too_long_for_a_question__names_nothing() -> None:
    words = [f"word{number}" for number in range(MOST_WORDS)]
    assert read(f"who is qualified in {' '.join(words)}").words == tuple(words)
    assert read(f"who is qualified in {' '.join(words)} more") == Asked(())
