"""How alike wishes and topics are, in scripts with and without spaces."""

from __future__ import annotations

import pytest

from bot.needs.similarity import Likeness, alike, most_alike
from bot.needs.sorting import CLEAR, FAINT


@pytest.mark.parametrize(
    ("wish", "topic", "other"),
    [
        ("Training on HS classification, please", "HS classification", "Rules of origin"),
        ("valuation", "Customs valuation", "Risk management"),
        ("ការវាយតម្លៃគយសម្រាប់រថយន្ត", "ការវាយតម្លៃគយ", "វិធានដើមកំណើត"),
        ("کسٹمز ویلیوایشن کی تربیت", "کسٹمز ویلیوایشن", "ٹیرف کی درجہ بندی"),
        ("RULES   OF ORIGIN!", "Rules of origin", "Customs valuation"),
    ],
    ids=["english", "short", "khmer", "urdu", "spelt otherwise"],
)
def test_alike__wish_and_its_topic__are_clear_and_others_are_not(
    wish: str, topic: str, other: str
) -> None:
    assert alike(wish, topic) >= CLEAR
    assert alike(wish, other) < FAINT


def test_alike__the_same_words__are_wholly_so() -> None:
    assert alike("Rules of origin", "rules of  ORIGIN") == pytest.approx(1)


@pytest.mark.parametrize("words", ["", "   ", "…!"])
def test_alike__without_letters__is_like_nothing(words: str) -> None:
    assert alike(words, "Rules of origin") == most_alike(words, ()) == 0


def test_likeness__of_many__is_that_of_the_nearest_spelling() -> None:
    spelt = {"val": ("Customs valuation", "value of cars"), "origin": ("Rules of origin",)}
    found = Likeness(spelt.items()).to("the value of used cars")
    assert found == {
        key: pytest.approx(most_alike("the value of used cars", names))
        for key, names in spelt.items()
        if most_alike("the value of used cars", names)
    }
    assert max(found, key=lambda key: found[key]) == "val"
