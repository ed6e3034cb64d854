"""A value after its label: with a colon, unless the label ends like a sentence or a question."""

from __future__ import annotations

import pytest

from bot.i18n import ISOLATE, POP_ISOLATE, Labelled, Text, Texts, render


@pytest.mark.parametrize(
    ("label", "language", "said"),
    [
        ("Pace", "en", "Pace: Good"),
        ("How was the pace?", "en", "How was the pace? Good"),
        ("The pace was right.", "en", "The pace was right. Good"),
        ("Which pace:", "en", "Which pace: Good"),
        ("ល្បឿន", "km", "ល្បឿន៖ Good"),
        ("ល្បឿនសមស្រប។", "km", "ល្បឿនសមស្រប។ Good"),
        ("رفتار کیسی تھی؟", "ur", f"رفتار کیسی تھی؟ {ISOLATE}Good{POP_ISOLATE}"),
        ("رفتار", "ur", f"رفتار: {ISOLATE}Good{POP_ISOLATE}"),
        ("Pace?", "ur", f"{ISOLATE}Pace?{POP_ISOLATE} {ISOLATE}Good{POP_ISOLATE}"),
    ],
)
def test_labelled__by_how_the_label_ends__has_a_colon_or_none(
    label: str, language: str, said: str
) -> None:
    assert render(Labelled(Texts.of({language: label}), "Good"), language) == said


def test_labelled__inside_a_sentence__is_rendered() -> None:
    assert render(Text("1. {line}", (("line", Labelled("Pace", 2)),)), "en") == "1. Pace: 2"
