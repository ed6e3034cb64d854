"""What is odd and taken all the same, with a warning at its place."""

from __future__ import annotations

import pytest

from bot.errors import Severity
from bot.forms.importer import import_form
from tests.unit.forms.making import Place, found_in, survey

WARNED: list[tuple[str, str, Place]] = [
    (
        "column without effect",
        survey("type | name | label | remarks", "text | a | A? | x"),
        ("survey", 1, "remarks", "unknown_column"),
    ),
    (
        "pictures",
        survey("type | name | label | media::image", "text | a | A? | a.jpg"),
        ("survey", 1, "media::image", "media_ignored"),
    ),
    (
        "cell below no heading",
        survey("type | name | label", "text | a | A? | x"),
        ("survey", 2, "", "cell_without_heading"),
    ),
    (
        "language without code",
        survey("type | name | label::Elvish", "text | a | A?"),
        ("survey", 1, "label::Elvish", "unknown_language"),
    ),
    (
        "translation missing",
        survey("type | name | label::en | label::km", "text | a | A? |"),
        ("survey", 2, "label::en", "no_translation"),
    ),
    (
        "long label",
        survey("type | name | label", f"text | a | {'long ' * 150}"),
        ("survey", 2, "label", "long_label"),
    ),
    (
        "hint only",
        survey("type | name | label | hint", "text | a | | A?"),
        ("survey", 2, "label", "hint_as_label"),
    ),
    (
        "choice without label",
        survey(
            "type | name | label", "select_one x | a | A?",
            choices=("list_name | name | label", "x | one |", "x | two | Two"),
        ),
        ("choices", 2, "label", "choice_without_label"),
    ),
    (
        "many steps",
        survey("type | name | label | parameters", "range | a | A? | start=0 end=100"),
        ("survey", 2, "parameters", "many_steps"),
    ),
    (
        "many choices",
        survey(
            "type | name | label", "select_one x | a | A?",
            choices=("list_name | name | label", *(f"x | c{n} | C{n}" for n in range(91))),
        ),
        ("survey", 2, "type", "long_list"),
    ),
    (
        "similar names",
        survey("type | name | label", "text | a | A?", "text | A | B?"),
        ("survey", 3, "name", "similar_name"),
    ),
    (
        "setting without effect",
        survey(
            "type | name | label", "text | a | A?",
            settings=("form_title | submission_url", "T | https://example.org"),
        ),
        ("settings", 2, "submission_url", "setting_without_effect"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "place"), [row[1:] for row in WARNED], ids=[row[0] for row in WARNED]
)
def test_form__with_oddities__is_taken_with_a_warning(table: str, place: Place) -> None:
    assert import_form(table).definition is not None
    assert place in found_in(table, Severity.WARNING)
