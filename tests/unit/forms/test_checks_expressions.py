"""Faults of expressions and of what they name: each at its sheet, row and column."""

from __future__ import annotations

import pytest

from bot.forms.importer import import_form
from bot.i18n import render
from tests.unit.forms.making import YES_NO, Place, found_in, survey

REFUSED: list[tuple[str, str, set[Place]]] = [
    (
        "expressions",
        survey(
            "type | name | label | relevant | constraint", "integer | a | A? | | . == 5",
            "text | b | B? | ${a} > 1 && ${a} < 5 |", "text | c | C? | (${a} > 1 |",
            "text | d | D? | selcted(${a}, '1') |", "text | e | E? | . > 1 |",
        ),
        {
            ("survey", 2, "constraint", "foreign_operator"),
            ("survey", 3, "relevant", "foreign_operator"),
            ("survey", 4, "relevant", "unbalanced_brackets"),
            ("survey", 5, "relevant", "unknown_function"),
            ("survey", 6, "relevant", "itself_without_answer"),
        },
    ),
    (
        "unknown names",
        survey(
            "type | name | label | relevant", "text | first | A? |",
            "text | b | About ${frist} | ${second} = 'x'",
        ),
        {("survey", 3, "label", "unknown_name"), ("survey", 3, "relevant", "unknown_name")},
    ),
    (
        "unknown name in the label of a choice",
        survey(
            "type | name | label",
            "select_one x | a | A?",
            choices=("list_name | name | label", "x | one | About ${nobody}"),
        ),
        {("choices", 2, "label", "unknown_name")},
    ),
    (
        "forward references",
        survey(
            "type | name | label | relevant", "text | a | About ${b} | ${c} > 1",
            "text | b | B? |", "integer | c | C? |",
        ),
        {
            ("survey", 2, "label", "forward_reference"),
            ("survey", 2, "relevant", "forward_reference"),
        },
    ),
    (
        "forward reference through a calculation",
        survey(
            "type | name | label | relevant | calculation", "text | a | A? | ${sum} > 1 |",
            "integer | b | B? | |", "calculate | sum | | | ${b} + 1",
        ),
        {("survey", 2, "relevant", "forward_reference")},
    ),
    (
        "circle of calculations",
        survey(
            "type | name | label | calculation", "calculate | a | | ${b} + 1",
            "calculate | b | | ${a} + 1", "note | c | C |",
        ),
        {("survey", 2, "calculation", "circular")},
    ),
    (
        "circle through a group",
        survey(
            "type | name | label | relevant", "begin group | g | G | ${a} = 'x'",
            "text | a | A? |", "end group | | |",
        ),
        {("survey", 2, "relevant", "circular"), ("survey", 2, "relevant", "forward_reference")},
    ),
    (
        "codes that do not exist",
        survey(
            "type | name | label | relevant", "select_one yn | a | A? |",
            "select_multiple yn | m | M? |", "text | b | B? | ${a} = 'Yess'",
            "text | c | C? | selected(${m}, 'maybe') or 'no' != ${a}",
            choices=YES_NO,
        ),
        {("survey", 4, "relevant", "unknown_code"), ("survey", 5, "relevant", "unknown_code")},
    ),
    (
        "choice filter",
        survey(
            "type | name | label | choice_filter", "select_one yn | a | A? |",
            "select_one yn | b | B? | region = ${a}", choices=YES_NO,
        ),
        {("survey", 3, "choice_filter", "unknown_choice_column")},
    ),
    (
        "group named in a condition",
        survey(
            "type | name | label | relevant",
            "begin group | g | G |",
            "text | a | A? |",
            "end group | | |",
            "text | b | B? | ${g} = 'x'",
        ),
        {("survey", 5, "relevant", "unknown_name")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "expected"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_form__with_faults__is_refused_at_each_of_them(table: str, expected: set[Place]) -> None:
    assert found_in(table) == expected
    for fault in import_form(table).faults:
        assert all(render(fault.sentence, language) for language in ("en", "km", "ur"))


def test_fault__mistyped_name__suggests_the_nearest() -> None:
    table = survey(
        "type | name | label | relevant",
        "text | attended | A? |",
        "text | b | B? | ${atended} = ''",
    )
    (fault,) = import_form(table).refusals
    assert render(fault.sentence, "en") == (
        "There is no question named atended. Did you mean attended?"
    )


def test_fault__code_in_other_case__suggests_the_code() -> None:
    table = survey(
        "type | name | label | relevant", "select_one yn | a | A? |",
        "text | b | B? | ${a} = 'Yess'",
        choices=YES_NO,
    )  # fmt: skip
    (fault,) = import_form(table).refusals
    assert render(fault.sentence, "en") == (
        "a has no choice with the code Yess. Did you mean yes?"
    )


def test_fault__found_by_pyxform_alone__has_its_row() -> None:
    table = survey(
        "type | name | label | parameters", "text | a | A? |", "text | b | B? | colour=red"
    )
    (fault,) = import_form(table).refusals
    assert (fault.code, fault.sheet, fault.row) == ("pyxform", "survey", 3)
