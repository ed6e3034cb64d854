"""Faults of choices, scales, calculations and settings: each at its sheet, row and column."""

from __future__ import annotations

import pytest

from bot.forms.importer import import_form
from bot.i18n import render
from tests.unit.forms.making import YES_NO, Place, found_in, survey

REFUSED: list[tuple[str, str, set[Place]]] = [
    (
        "codes",
        survey(
            "type | name | label",
            "select_multiple x | a | A?",
            choices=(
                "list_name | name | label", "x | one two | A", "x | b | B", "x | b | C",
                "x | | D", "| e | E", f"x | {'f' * 65} | F",
            ),
        ),
        {
            ("choices", 2, "name", "code_with_space"),
            ("choices", 4, "name", "doubled_code"),
            ("choices", 5, "name", "no_code"),
            ("choices", 6, "list_name", "no_list_name"),
            ("choices", 7, "name", "code_too_long"),
        },
    ),
    (
        "constraint on a note",
        survey("type | name | label | constraint", "note | a | A | . > 1"),
        {("survey", 2, "constraint", "constraint_without_answer")},
    ),
    (
        "calculation missing and misplaced",
        survey(
            "type | name | label | calculation", "calculate | a | |", "text | b | B? | 1 + 1",
            "begin group | g | G | 2", "note | c | C |", "end group | | |",
        ),
        {
            ("survey", 2, "calculation", "no_calculation"),
            ("survey", 3, "calculation", "calculation_of_answer"),
            ("survey", 4, "calculation", "group_with_answer"),
        },
    ),
    (
        "trigger",
        survey("type | name | label | trigger", "text | a | A? |", "text | b | B? | ${a}"),
        {("survey", 3, "trigger", "trigger")},
    ),
    (
        "scales that are none",
        survey(
            "type | name | label | parameters", "range | a | A? | start=1 end=1",
            "range | b | B? | start=1 end=5 step=0", "range | c | C? | start=x",
            "range | d | D? | start=1 end=5 step=9", "range | e | E? | start = 1",
        ),
        {("survey", row, "parameters", "bad_scale") for row in (2, 3, 4, 5)}
        | {("survey", 6, "parameters", "bad_parameters")},
    ),
    (
        "defaults that are no answer",
        survey(
            "type | name | label | default | parameters", "integer | a | A? | many |",
            "range | b | B? | 9 | start=1 end=5", "select_one yn | c | C? | maybe |",
            choices=YES_NO,
        ),
        {("survey", row, "default", "bad_default") for row in (2, 3, 4)},
    ),
    (
        "anonymous",
        survey(
            "type | name | label", "start | s |", "today | t |", "username | u |",
            "deviceid | d |", "end | e |", "text | a | A?",
            settings=("form_title | anonymous", "T | yes"),
        ),
        {("survey", row, "type", "identifying_type") for row in (2, 3, 4, 5, 6)},
    ),
    (
        "files in an anonymous form",
        survey(
            "type | name | label", "image | a | A?", "text | b | B?", "audio | c | C?",
            "file | d | D?",
            settings=("form_title | anonymous", "T | yes"),
        ),
        {("survey", row, "type", "file_in_anonymous_form") for row in (2, 4, 5)},
    ),
    (
        "pictures of no size",
        survey("type | name | label | parameters", "image | a | A? | max-pixels=big",
               "image | b | B? | max-pixels=0", "image | c | C? | max-pixels=640"),
        {("survey", row, "parameters", "bad_max_pixels") for row in (2, 3)},
    ),
    (
        "settings",
        survey(
            "type | name | label::en", "text | a | A?",
            settings=(
                "form_titel | anonymous | default_language | fields",
                "T | perhaps | Khmer (km) | a reason",
            ),
        ),
        {
            ("settings", 2, "form_titel", "unknown_setting"),
            ("settings", 2, "anonymous", "not_yes_or_no"),
            ("settings", 2, "default_language", "default_language_missing"),
            ("settings", 2, "fields", "field_missing"),
        },
    ),
    (
        "other twice",
        survey(
            "type | name | label",
            "select_one yn or_other | a | A?",
            "text | a_other | B?",
            choices=YES_NO,
        ),
        {("survey", 2, "type", "doubled_name")},
    ),
    (
        "filter of live data",
        survey(
            "type | name | label | choice_filter",
            "select_one_from_file rollcall:people.csv | a | A? | unit = 'x'",
        ),
        {("survey", 2, "type", "filter_of_live_data")},
    ),
    (
        "too many questions",
        survey("type | name | label", *(f"text | q{n} | Q?" for n in range(501))),
        {("survey", 502, "", "too_many_questions")},
    ),
    ("no questions", survey("type | name | label"), {("survey", 0, "", "no_questions")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "expected"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_form__with_faults__is_refused_at_each_of_them(table: str, expected: set[Place]) -> None:
    assert found_in(table) == expected
    for fault in import_form(table).faults:
        assert all(render(fault.sentence, language) for language in ("en", "km", "ur"))
