"""Every declared type against its own examples, and what the registry refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.events import SentFile
from bot.forms.definition import Choice, Question
from bot.forms.expressions import Value, is_blank
from bot.forms.question_types.choosing import search
from bot.forms.question_types.contract import (
    OfferKind,
    QuestionType,
    all_types,
    find_type,
    register,
    type_of,
)
from bot.forms.question_types.sent import blob_of
from bot.i18n import Text, Texts, render
from tests.unit.forms.making import form_of, survey

TYPES = list(all_types())


def example_of(kind: QuestionType) -> Question:
    """The question that the type's own example row makes in a workbook."""
    row = dict(kind.example.row)
    headings = " | ".join(row)
    choices = []
    if kind.example.choices:
        list_name = row["type"].split()[1]
        choices = ["list_name | name | label"] + [
            f"{list_name} | {code} | {code.title()}" for code in kind.example.choices
        ]
    table = survey(headings, " | ".join(row.values()), choices=choices)
    return form_of(table).questions[0]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_type__its_example_row__imports_as_this_type(kind: QuestionType) -> None:
    assert type_of(example_of(kind)) is kind


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [(kind, *case) for kind in TYPES for case in kind.example.accepted],
    ids=lambda part: getattr(part, "name", str(part)[:20]),
)
def test_type__accepted_example__becomes_the_value(
    kind: QuestionType, typed: str, value: Value
) -> None:
    question = example_of(kind)
    assert kind.parse(typed, question, "en") == value
    assert kind.take(value, question) == value
    assert kind.format(value, question, "en")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(kind, typed) for kind in TYPES for typed in kind.example.refused],
    ids=lambda part: getattr(part, "name", str(part)[:20]),
)
def test_type__refused_example__is_answered_with_a_sentence(
    kind: QuestionType, typed: str
) -> None:
    assert isinstance(kind.parse(typed, example_of(kind), "en"), Text)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_type__asked__shows_examples_of_both(kind: QuestionType) -> None:
    assert kind.example.refused
    answered = kind.example.files if kind.takes_file else kind.example.accepted
    assert bool(answered) == (kind.asked and kind.takes_answer)


SENT = [kind for kind in TYPES if kind.takes_file]


@pytest.mark.parametrize("kind", SENT, ids=lambda kind: kind.name)
def test_type__file_that_fits__becomes_the_value_and_nothing_else_does(kind: QuestionType) -> None:
    question = example_of(kind)
    for sent, value in kind.example.files:
        assert kind.receive(sent, question) == value
        assert kind.take(value, question) is None
        assert kind.format(value, question, "en")
        assert blob_of(value) == sent.blob_id
    for sent in kind.example.refused_files:
        assert isinstance(kind.receive(sent, question), Text)


def test_image__larger_than_the_form_allows__is_asked_for_as_a_photo() -> None:
    question = Question("p", "image", parameters={"max-pixels": "800"})
    picture = SentFile("f", "scan.png", 1000, blob_id=3, long_side=801)
    refused = type_of(question).receive(picture, question)
    assert isinstance(refused, Text)
    assert "801 pixels long. At most 800" in render(refused, "en")
    fitting = replace(picture, long_side=800)
    assert type_of(question).receive(fitting, question) == "3:scan.png"
    photo = replace(picture, name="photo.jpg", is_photo=True)
    assert type_of(question).receive(photo, question) == "3:photo.jpg"


def test_registry__second_type_of_a_name__is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        register(type_of(Question("a", "text")))


def choosing(*choices: tuple[str, str, str], appearance: str = "") -> Question:
    return Question(
        "q",
        "select_one",
        appearance=appearance,
        choices=tuple(Choice(code, Texts.of({"en": en, "km": km})) for code, en, km in choices),
    )


TOPICS = choosing(
    ("hs", "Classification", "ចំណាត់ថ្នាក់"), ("2", "Origin", "ដើម"), ("ipr", "1", "IPR")
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("classification", "hs"),
        ("  CLASSIFICATION ", "hs"),
        ("ចំណាត់ថ្នាក់", "hs"),
        ("hs", "hs"),
        ("1", "ipr"),
        ("2", "2"),
        ("3", "ipr"),
        ("៣", "ipr"),
        ("۳.", "ipr"),
        ("3)", "ipr"),
    ],
)
def test_choice__typed__label_beats_code_beats_place(typed: str, code: str) -> None:
    assert type_of(TOPICS).parse(typed, TOPICS, "km") == code


def test_choice__label_of_two_choices__is_asked_again() -> None:
    twice = choosing(("a", "Same", ""), ("b", "Same", ""))
    assert isinstance(type_of(twice).parse("same", twice, "en"), Text)


def test_choice__numeric_codes__number_is_the_code_and_no_place() -> None:
    scale = choosing(("5", "Very good", ""), ("4", "Good", ""), ("3", "Fair", ""))
    assert type_of(scale).parse("4", scale, "en") == "4"
    assert isinstance(type_of(scale).parse("1", scale, "en"), Text)


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("1.500", "en", 1.5),
        ("1,500", "en", 1500),
        ("1.500", "de", 1500),
        ("1,500", "de", 1.5),
        ("1.234.567", "en", 1234567),
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "en", 1234.5),
        ("1 234,5", "fr", 1234.5),
        ("−3", "en", -3),
        ("+3", "en", 3),
        (".5", "en", 0.5),
        ("١٢٫٥", "ar", 12.5),
    ],
)
def test_number__typed_as_the_reader_writes__is_understood(
    typed: str, language: str, value: float
) -> None:
    question = Question("q", "decimal")
    assert type_of(question).parse(typed, question, language) == value


@pytest.mark.parametrize(
    ("parameters", "kind", "count"),
    [
        ({"start": "1", "end": "5"}, OfferKind.SCALE, 5),
        ({"start": "0", "end": "10", "step": "1"}, OfferKind.SCALE, 11),
        ({"start": "5", "end": "1"}, OfferKind.SCALE, 5),
        ({"start": "0", "end": "1", "step": "0.25"}, OfferKind.SCALE, 5),
        ({"start": "0", "end": "100", "step": "5"}, OfferKind.TYPED, 0),
    ],
)
def test_range__by_its_number_of_steps__is_buttons_or_typed(
    parameters: dict[str, str], kind: OfferKind, count: int
) -> None:
    question = Question("q", "range", parameters=parameters)
    offer = type_of(question).offer(question)
    assert (offer.kind, len(offer.options)) == (kind, count)
    assert all(type_of(question).accepts(option.code, question) for option in offer.options)


def test_range__falling__offers_its_values_in_that_order() -> None:
    question = Question("q", "range", parameters={"start": "3", "end": "1"})
    assert [option.code for option in type_of(question).offer(question).options] == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (TOPICS, OfferKind.BUTTONS),
        (choosing(("a", "A", ""), appearance="likert"), OfferKind.SCALE),
        (choosing(("a", "A", ""), appearance="minimal autocomplete"), OfferKind.SEARCH),
        (choosing(*((f"c{n}", f"C{n}", "") for n in range(91))), OfferKind.SEARCH),
        (Question("q", "select_one", source="people"), OfferKind.SEARCH),
    ],
)
def test_select_one__by_appearance_and_length__is_offered_fittingly(
    question: Question, kind: OfferKind
) -> None:
    assert type_of(question).offer(question).kind is kind


@pytest.mark.parametrize("codes", [("a", "b", "c"), ("5", "4", "3"), ("a", "2", "1")])
def test_choice__number_shown_with_an_option__is_understood_as_that_option(
    codes: tuple[str, ...],
) -> None:
    question = choosing(*((code, f"Label {code}", "") for code in codes))
    options = type_of(question).offer(question).options
    assert any(option.number for option in options)
    for option in options:
        if option.number:
            assert type_of(question).parse(option.number, question, "en") == option.code


def test_search__words_in_any_order_and_script__finds_and_puts_beginnings_first() -> None:
    posts = choosing(
        ("p1", "Border post of Poipet", "ប៉ោយប៉ែត"),
        ("p2", "Poipet station", ""),
        ("p3", "Bavet", "បាវិត"),
    )
    assert [option.code for option in search("poipet", posts)] == ["p2", "p1"]
    assert [option.code for option in search("POST border", posts)] == ["p1"]
    assert [option.code for option in search("បាវិត", posts)] == ["p3"]
    assert search("nowhere", posts) == ()


def test_live_choice__pressed__keeps_the_key_and_typed_words_only_search() -> None:
    question = Question("q", "select_one", source="people")
    assert type_of(question).take("4711", question) == "4711"
    assert isinstance(type_of(question).parse("Dara", question, "en"), Text)


@pytest.mark.parametrize(
    "kind", [kind for kind in TYPES if kind.takes_answer], ids=lambda k: k.name
)
@pytest.mark.parametrize("value", [None, True, {}, [], ["x", 3], float("nan"), "\x00", "☃" * 70])
def test_type__nonsense_from_a_button__is_no_answer(kind: QuestionType, value: object) -> None:
    taken = kind.take(value, example_of(kind))  # type: ignore[arg-type]  # any press can be forged
    assert taken is None or (isinstance(taken, str) and not is_blank(taken))


@pytest.mark.parametrize("name", ["integer", "decimal"])
@pytest.mark.parametrize("value", [10**400, -(10**400), float("inf"), float("nan")])
def test_numbers__beyond_all_counting__are_not_taken(name: str, value: float) -> None:
    found = find_type(name)
    assert found is not None
    assert found.take(value, Question(name="n", type=name)) is None
