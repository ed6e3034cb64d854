"""Faults of columns, types, names, groups and labels: each at its sheet, row and column."""

from __future__ import annotations

import pytest

from bot.forms.importer import import_form
from bot.i18n import render
from tests.unit.forms.making import YES_NO, Place, found_in, survey

REFUSED: list[tuple[str, str, set[Place]]] = [
    (
        "mistyped column",
        survey("type | name | labell", "text | a | A?"),
        {("survey", 1, "labell", "mistyped_column"), ("survey", 2, "label", "no_label")},
    ),
    (
        "mistyped relevant",
        survey("type | name | label | relevent", "text | a | A? |", "text | b | B? | ${a} = ''"),
        {("survey", 1, "relevent", "mistyped_column")},
    ),
    (
        "doubled column",
        survey("type | name | label | caption", "text | a | A? | B?"),
        {("survey", 1, "caption", "doubled_column")},
    ),
    (
        "missing columns",
        survey("kind | name | label", "text | a | A?"),
        {("survey", 1, "type", "missing_column"), ("survey", 2, "type", "no_type")},
    ),
    (
        "row without type",
        survey("type | name | label", "| a | A?"),
        {("survey", 2, "type", "no_type")},
    ),
    (
        "unknown type",
        survey("type | name | label", "intger | a | A?"),
        {("survey", 2, "type", "unknown_type")},
    ),
    (
        "types that come later",
        survey("type | name | label", "time | a | A?", "geopoint | b | B?", "rank yn | c | C?"),
        {("survey", row, "type", "type_comes_later") for row in (2, 3, 4)},
    ),
    (
        "types that are never asked",
        survey("type | name | label", "barcode | a | A?", "geotrace | b | B?", "video | c | C?"),
        {("survey", row, "type", "type_not_in_chat") for row in (2, 3, 4)},
    ),
    (
        "types of a device",
        survey("type | name | label", "phonenumber | a |", "simserial | b |"),
        {("survey", row, "type", "type_device_only") for row in (2, 3)},
    ),
    (
        "repeat",
        survey("type | name | label", "begin repeat | a | A", "text | b | B?", "end repeat | |"),
        {("survey", 2, "type", "type_not_in_chat")},
    ),
    (
        "missing list",
        survey("type | name | label", "select_one yesno | a | A?", choices=YES_NO),
        {("survey", 2, "type", "missing_list")},
    ),
    (
        "select without list",
        survey("type | name | label", "select_one | a | A?", choices=YES_NO),
        {("survey", 2, "type", "no_list_name")},
    ),
    (
        "file of another system",
        survey("type | name | label", "select_one_from_file posts.csv | a | A?"),
        {("survey", 2, "type", "foreign_file")},
    ),
    (
        "several from live data",
        survey("type | name | label", "select_multiple_from_file rollcall:people.csv | a | A?"),
        {("survey", 2, "type", "type_comes_later")},
    ),
    (
        "other with translations",
        survey(
            "type | name | label::en | label::km",
            "select_one yn or_other | a | A? | ក?",
            choices=YES_NO,
        ),
        {("survey", 2, "type", "other_with_translations")},
    ),
    (
        "names",
        survey(
            "type | name | label", "text | | A?", "text | two words | B?", "text | c | C?",
            "text | c | D?", "text | 1st | E?", "text | meta | F?",
        ),
        {
            ("survey", 2, "name", "no_name"),
            ("survey", 3, "name", "bad_name"),
            ("survey", 5, "name", "doubled_name"),
            ("survey", 6, "name", "bad_name"),
            ("survey", 7, "name", "bad_name"),
        },
    ),
    (
        "group not closed",
        survey("type | name | label", "begin group | g | G", "text | a | A?"),
        {("survey", 2, "type", "group_not_closed")},
    ),
    (
        "group not begun",
        survey("type | name | label", "text | a | A?", "end group | |"),
        {("survey", 3, "type", "group_not_begun")},
    ),
    (
        "no label",
        survey("type | name | label", "text | a |"),
        {("survey", 2, "label", "no_label")},
    ),
    (
        "too long for a message",
        survey("type | name | label | hint", f"text | a | {'long ' * 500} | {'hint ' * 500}"),
        {("survey", 2, "label", "message_too_long")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "expected"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_form__with_faults__is_refused_at_each_of_them(table: str, expected: set[Place]) -> None:
    assert found_in(table) == expected
    for fault in import_form(table).faults:
        assert all(render(fault.sentence, language) for language in ("en", "km", "ur"))
