"""Every sentence and every library form says the same in each language of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bot.forms.definition import FormDefinition
from bot.forms.importer import import_form
from bot.forms.library_sync import library_files
from bot.i18n import SOURCE_LANGUAGE, Texts
from scripts import catalogues
from scripts.catalogues import TRANSLATED, wordings
from tests.unit.languages.same_words import FORM_WORDS, SENTENCES

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
ARABIC_NOT_URDU = frozenset("يكىةه")
DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
COMMAND = re.compile(r"(?<![\w/.])/[a-z]{3,}")


@cache
def said() -> Catalog:
    return catalogues.template()


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogues.read(language) if message.id)


def originals(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else (message.id,)


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue__against_the_code__nothing_missing_fuzzy_or_without_placeholder(
    language: str,
) -> None:
    assert list(catalogues.faults(said(), language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue__sentences_with_words__are_not_left_in_english(language: str) -> None:
    left = [
        wording
        for message in messages(language)
        for wording in wordings(message)
        if wording in originals(message) and _has_words(wording)
    ]
    assert set(left) <= SENTENCES[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue__commands__stand_as_they_are_typed(language: str) -> None:
    changed = [
        originals(message)[0]
        for message in messages(language)
        for wording in wordings(message)
        if set(COMMAND.findall(wording)) != set(COMMAND.findall(originals(message)[0]))
    ]
    assert changed == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue__direction__is_left_to_the_reader_not_written_in(language: str) -> None:
    marked = [w for m in messages(language) for w in wordings(m) if set(w) & DIRECTION_MARKS]
    assert marked == []


def test_catalogue__urdu__uses_no_arabic_forms_of_letters() -> None:
    arabic = [w for m in messages("ur") for w in wordings(m) if set(w) & ARABIC_NOT_URDU]
    assert arabic == []


def test_catalogue__khmer__word_boundaries_stand_between_letters_only() -> None:
    odd = [w for m in messages("km") for w in wordings(m) if re.search("\u200b(\\W|$)|^\u200b", w)]
    assert odd == []


@pytest.mark.parametrize("path", library_files(), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", TRANSLATED)
def test_library_form__every_wording__is_there_in_each_language(path: Path, language: str) -> None:
    lacking = [
        english
        for texts in _texts(_form(path))
        if (english := texts.best(SOURCE_LANGUAGE)) and not dict(texts.by_language).get(language)
    ]
    assert lacking == []


@pytest.mark.parametrize("path", library_files(), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", TRANSLATED)
def test_library_form__wordings__are_not_left_in_english(path: Path, language: str) -> None:
    pairs = [dict(texts.by_language) for texts in _texts(_form(path)) if texts]
    same = {words[language] for words in pairs if words.get(language) == words[SOURCE_LANGUAGE]}
    assert {wording for wording in same if _has_words(wording)} <= FORM_WORDS


def _has_words(sentence: str) -> bool:
    return any(char.isalpha() for char in PLACEHOLDER.sub("", sentence))


@cache
def _form(path: Path) -> FormDefinition:
    form = import_form(path.read_text(encoding="utf-8"), name=path.stem).definition
    assert form is not None
    return form


def _texts(form: FormDefinition) -> Iterator[Texts]:
    """Everything a form says to the person who fills it in."""
    yield form.title
    for question in form.questions:
        yield from (question.label, question.hint)
        yield from (question.constraint_message, question.required_message)
        yield from (choice.label for choice in question.choices)
    yield from (group.label for group in form.groups)
