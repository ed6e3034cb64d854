"""The second opinion of the proof “lossy”: it can tell an answer from one given for another."""

from __future__ import annotations

import pytest

from scripts.proofs import Disproved
from scripts.proofs.lossy_forms import EVERY_TYPE, LIBRARY, meaning, read_form
from scripts.proofs.lossy_journal import Journal
from scripts.proofs.lossy_screen import Screen

FORM = read_form(LIBRARY / "reaction_trainee.md")
EVERY = read_form(EVERY_TYPE)


def test_check__typed_while_it_was_shown__is_explained() -> None:
    journal = Journal(FORM, "en")
    journal.text_arrived("4", replied_to="", on_screen="overall", meant="overall")
    journal.check({"overall": "4"})
    assert journal.explained == 1


def test_check__replied_to_another_question__is_disproved() -> None:
    journal = Journal(FORM, "en")
    journal.text_arrived("4", replied_to="overall", on_screen="relevance", meant="overall")
    with pytest.raises(Disproved, match="relevance went from None to '4'"):
        journal.check({"relevance": "4"})


def test_check__answer_gone_without_a_skip__is_disproved() -> None:
    journal = Journal(FORM, "en", stored={"venue": "2"})
    with pytest.raises(Disproved, match="venue went from '2' to None"):
        journal.check({})


def test_check__choice_pressed_off__explains_no_choice_that_came() -> None:
    journal = Journal(EVERY, "en", stored={"topics": ["hs"]})
    screen = Screen(title="On which topics?")
    journal.pressed(screen, "☑ Rules of origin", "m:1:6:i1:0")
    with pytest.raises(Disproved):
        journal.check({"topics": ["hs", "origin"]})


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("years", "១២", 12),
        ("share", "0.25", 0.25),
        ("last_course", "۳۰.۱۱.۲۰۲۵", "2025-11-30"),
        ("wants", "2", "no"),
        ("wants", "ហ៊ឺ", None),
        ("topics", "Valuation", ["value"]),
        ("welcome", "anything", None),
    ],
)
def test_meaning__words_typed__are_this_answer(name: str, words: str, value: object) -> None:
    assert meaning(EVERY.question(name), words, "en") == value
