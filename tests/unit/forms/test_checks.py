"""Every fault is found at its sheet, row and column, and all of them at once."""

from __future__ import annotations

import pytest

from bot.errors import Severity
from bot.forms.importer import import_form
from bot.i18n import render
from tests.unit.forms.making import found_in, survey

YES_NO = ("list_name | name | label", "yn | yes | Yes", "yn | no | No")
Place = tuple[str, int, str, str]

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
        survey("type | name | label", "image | a | A?", "geopoint | b | B?", "rank yn | c | C?"),
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
        "anonymous",
        survey(
            "type | name | label", "start | s |", "today | t |", "username | u |",
            "deviceid | d |", "end | e |", "text | a | A?",
            settings=("form_title | anonymous", "T | yes"),
        ),
        {("survey", row, "type", "identifying_type") for row in (2, 3, 4, 5, 6)},
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


def test_faults__every_sentence__can_be_said_in_every_language() -> None:
    for _name, table, _expected in REFUSED:
        for fault in import_form(table).faults:
            for language in ("en", "km", "ur"):
                assert render(fault.sentence, language)
