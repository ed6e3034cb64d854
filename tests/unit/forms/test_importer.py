"""What the importer reads: headings, aliases, languages, groups, choices, live data."""

from __future__ import annotations

import pytest

from bot.errors import Severity
from bot.forms import engine
from bot.forms.definition import Question, structure
from bot.forms.headings import language_code
from bot.forms.importer import import_form
from bot.i18n import Texts
from tests.unit.forms.making import NOON, form_of, found_in, survey

YES_NO = ("list_name | name | label", "yn | yes | Yes", "yn | no | No")


def only(table: str) -> Question:
    (question,) = form_of(table).questions
    return question


def test_import__smallest_form__has_a_title_and_its_file_name_as_id() -> None:
    form = form_of(survey("type | name | label", "text | a | A?"))
    assert (form.form_id, form.title, form.languages) == (
        "test",
        Texts.of({"en": "test"}),
        ("en",),
    )
    assert form.questions[0].row == 2


def test_import__settings__are_kept() -> None:
    form = form_of(
        survey(
            "type | name | label",
            "text | reason | Why?",
            settings=(
                "form_title | form_id | version | anonymous | fields",
                "Reaction | reaction | 3 | yes | reason",
            ),
        )
    )
    assert (form.form_id, form.version, form.anonymous, form.fields) == (
        "reaction",
        "3",
        True,
        ("reason",),
    )
    assert form.title.best("en") == "Reaction"


@pytest.mark.parametrize(
    ("heading", "field", "value"),
    [
        ("TYPE | Name | Caption", "label", Texts.of({"en": "x"})),
        ("type | name | label:English", "label", Texts.of({"en": "x"})),
        ("type | name | label::Khmer (km)", "label", Texts.of({"km": "x"})),
        ("command | value | label", "label", Texts.of({"en": "x"})),
    ],
)
def test_import__heading_spelt_otherwise__means_the_same(
    heading: str, field: str, value: Texts
) -> None:
    assert getattr(only(survey(heading, "text | a | x")), field) == value


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("relevance", "relevant"),
        ("bind::relevant", "relevant"),
        ("bind:relevant", "relevant"),
        ("Relevant", "relevant"),
        ("calculate", "calculation"),
        ("bind::calculate", "calculation"),
        ("bind::constraint", "constraint"),
    ],
)
def test_import__expression_column_spelt_otherwise__means_the_same(
    heading: str, field: str
) -> None:
    table = survey(
        f"type | name | label | {heading} | read_only",
        "integer | a | A? | |",
        "text | b | B | ${a} > 1 | yes",
    )
    assert getattr(form_of(table).by_name["b"], field) == "${a} > 1"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("string", "text"),
        ("int", "integer"),
        ("Text", None),
        ("select one yn", "select_one"),
        ("select one from yn", "select_one"),
        ("select1 yn", "select_one"),
        ("add select one prompt using yn", "select_one"),
        ("select all that apply from yn", "select_multiple"),
        ("select multiple yn", None),
        ("trigger", "acknowledge"),
        ("q note", "note"),
        ("get start time", "start"),
    ],
)
def test_import__type_spelt_otherwise__means_the_same_as_for_pyxform(
    words: str, name: str | None
) -> None:
    result = import_form(survey("type | name | label", f"{words} | a | A?", choices=YES_NO))
    if name is None:
        assert {fault.code for fault in result.refusals} == {"pyxform"}
    else:
        assert result.definition is not None
        assert result.definition.questions[0].type == name


def test_import__old_types__bring_their_constraint() -> None:
    form = form_of(
        survey(
            "type | name | label | constraint",
            "percentage | p | P? | . > 5",
            "phone number | n | N? |",
        )
    )
    state = engine.start(form, NOON)
    assert engine.answer(form, state, "p", 101, NOON).problem is not None
    assert engine.answer(form, state, "p", 3, NOON).problem is not None
    assert engine.answer(form, state, "p", 50, NOON).problem is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Khmer (km)", "km"),
        ("English", "en"),
        ("EN", "en"),
        ("اردو", "ur"),
        ("Français", "fr"),
        ("Portuguese (pt-BR)", "pt-br"),
        ("Elvish", "elvish"),
    ],
)
def test_language__as_headings_name_it__has_a_code(written: str, code: str) -> None:
    assert language_code(written) == code


def test_import__two_languages__keeps_both_and_the_default() -> None:
    form = form_of(
        survey(
            "type | name | label::English (en) | label::Khmer (km) | hint",
            "text | a | Name? | ឈ្មោះ? | Short",
            settings=("default_language | form_title", "Khmer (km) | T"),
        )
    )
    assert (form.languages, form.default_language) == (("km", "en"), "km")
    assert dict(form.questions[0].label.by_language) == {"en": "Name?", "km": "ឈ្មោះ?"}
    assert dict(form.questions[0].hint.by_language) == {"km": "Short"}


def test_import__groups__pass_their_relevance_on() -> None:
    form = form_of(
        survey(
            "type | name | label | relevant",
            "integer | n | N? |",
            "begin group | outer | Outer | ${n} > 1 or ${n} = 0",
            "begin_group | inner | | ${n} < 9",
            "text | a | A? | ${n} != 5",
            "end_group | | |",
            "text | b | B? |",
            "end group | | |",
        )
    )
    a, b = form.by_name["a"], form.by_name["b"]
    assert a.groups == ("outer", "inner")
    assert a.relevant == "(${n} > 1 or ${n} = 0) and (${n} < 9) and (${n} != 5)"
    assert b.relevant == "${n} > 1 or ${n} = 0"
    assert [group.name for group in form.groups] == ["outer", "inner"]


def test_import__choices__keep_their_other_columns() -> None:
    question = only(
        survey(
            "type | name | label",
            "select_one yn | a | A?",
            choices=("list_name | name | label | points", "yn | yes | Yes | 3", "yn | no | No |"),
        )
    )
    assert [dict(choice.attributes) for choice in question.choices] == [{"points": "3"}, {}]


def test_import__own_columns__are_kept() -> None:
    question = only(
        survey(
            "type | name | label | score | correct | report_tag",
            "integer | a | A? | 2 | 7 | trainer",
        )
    )
    assert (question.score, question.correct, question.tag) == ("2", "7", "trainer")


def test_import__tag_beside_name__is_the_report_tag() -> None:
    assert only(survey("type | name | label | tag", "text | a | A? | venue")).tag == "venue"


def test_import__live_people__is_a_source() -> None:
    question = only(
        survey("type | name | label", "select_one_from_file rollcall:people.csv | who | Who?")
    )
    assert (question.type, question.source, question.choices) == ("select_one", "people", ())


def test_import__or_other__adds_a_choice_and_a_question() -> None:
    form = form_of(
        survey("type | name | label", "select_one yn or_other | a | A?", choices=YES_NO)
    )
    assert [choice.code for choice in form.by_name["a"].choices] == ["yes", "no", "other"]
    state = engine.answer(form, engine.start(form, NOON), "a", "other", NOON).state
    assert state.open == "a_other"
    assert engine.answer(form, engine.start(form, NOON), "a", "yes", NOON).state.open is None


def test_import__required__is_never_always_or_an_expression() -> None:
    form = form_of(
        survey(
            "type | name | label | required",
            "text | a | A? | yes",
            "text | b | B? | FALSE",
            "text | c | C? | ${a} = 'x'",
        )
    )
    assert [question.required for question in form.questions] == ["true()", "", "${a} = 'x'"]


def test_import__curled_quotes__are_straight_in_expressions_and_kept_in_labels() -> None:
    form = form_of(
        survey(
            "type | name | label | relevant",
            "select_one yn | a | “Good” work? |",
            "text | b | B? | ${a} = ‘yes’",
            choices=YES_NO,
        )
    )
    assert form.by_name["b"].relevant == "${a} = 'yes'"
    assert form.by_name["a"].label.best("en") == "“Good” work?"


def test_import__note_without_name__gets_one() -> None:
    assert only(survey("type | name | label", "note | | Hello")).name == "generated_note_name_2"


def test_import__comment_row__is_skipped_with_a_warning() -> None:
    table = survey("type | name | label | required", "| | | later", "text | a | A? |")
    assert len(form_of(table).questions) == 1
    assert ("survey", 2, "type", "comment_row") in found_in(table, Severity.WARNING)


def test_import__disabled_row__is_left_out() -> None:
    form = form_of(
        survey("type | name | label | disabled", "text | a | A? | yes", "text | b | B? |")
    )
    assert [question.name for question in form.questions] == ["b"]


def test_structure__corrected_wording__is_the_same_and_new_choice_is_not() -> None:
    def shape(label: str, *extra: str) -> object:
        table = survey(
            "type | name | label", f"select_one yn | a | {label}", choices=(*YES_NO, *extra)
        )
        return structure(form_of(table))

    assert shape("A?") == shape("A, please?")
    assert shape("A?") != shape("A?", "yn | perhaps | Perhaps")
