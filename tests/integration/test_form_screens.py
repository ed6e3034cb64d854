"""Every question of every library form fits a message, in every language, after any answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import app
from bot.context import Actor, Ctx
from bot.encoder import MOST_BUTTON, Encoded, encode
from bot.forms import versions
from bot.forms.definition import FormDefinition, Question
from bot.forms.library_sync import library_files, publish_library
from bot.forms.question_types.contract import Option, type_of
from bot.forms.question_types.text import MAX_TEXT
from bot.forms.service import OpenDraft
from bot.forms.state import State
from bot.i18n import LANGUAGES, render
from bot.screens import Screen
from handlers.common.question_screen import question_screen
from handlers.common.summary_screen import summary_screen
from tests.unit.encoder.screens import judged

app.register_speaking()
REVISION = 10**9


@pytest.fixture(params=LANGUAGES)
def reader(ctx: Ctx, request: pytest.FixtureRequest) -> Ctx:
    """Somebody who reads one of the languages; the library is published."""
    publish_library(ctx)
    return replace(ctx, actor=Actor(language=request.param, zone="Asia/Phnom_Penh"))


def library(ctx: Ctx) -> Iterator[FormDefinition]:
    for path in library_files():
        yield versions.definition(ctx, versions.current_version(ctx, path.stem))


def screens(ctx: Ctx, form: FormDefinition, answers: dict[str, object]) -> Iterator[Screen]:
    """Every question that is asked, as it stands with these answers given."""
    for question in form.questions:
        if type_of(question).asked:
            yield question_screen(ctx, draft_of(form, answers, question.name))


def draft_of(form: FormDefinition, answers: dict[str, object], at: str | None) -> OpenDraft:
    return OpenDraft(10**6, 1, None, {}, form, State(answers=answers, open=at))


def longest_answers(form: FormDefinition) -> dict[str, object]:
    """As long as people can make them: words without end, every choice."""
    return {question.name: _longest(question) for question in form.questions}


def _longest(question: Question) -> object:
    if question.type == "text":
        return "ក្សេត្រ " * (MAX_TEXT // 8)
    if question.type == "select_multiple":
        return [choice.code for choice in question.choices]
    if question.choices:
        return question.choices[-1].code
    return "2026-03-02" if question.type == "date" else 4


def taken(screen: Screen, language: str) -> Encoded:
    """The message, which Telegram takes, with every label whole."""
    encoded = encode(screen, language, REVISION)
    judged(encoded)
    for button in (button for row in screen.rows for button in row):
        assert len(render(button.label, language)) <= MOST_BUTTON
    return encoded


def cuts(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == "bot.encoder"]


def test_library__every_question__fits_uncut(
    reader: Ctx, caplog: pytest.LogCaptureFixture
) -> None:
    asked = [screen for form in library(reader) for screen in screens(reader, form, {})]
    for screen in asked:
        taken(screen, reader.language)
    assert len(asked) > 40
    assert cuts(caplog) == []


def test_library__after_endless_answers__still_asks_and_says_what_to_do(reader: Ctx) -> None:
    for form in library(reader):
        for screen in screens(reader, form, longest_answers(form)):
            said = taken(screen, reader.language).text
            assert said.endswith(render(screen.body[-1], reader.language) if screen.body else "")
            assert render(screen.title, reader.language).strip()[:100] in said


def test_library__summary_of_endless_answers__fits_uncut(
    reader: Ctx, caplog: pytest.LogCaptureFixture
) -> None:
    for form in library(reader):
        answered = draft_of(form, longest_answers(form), None)
        taken(summary_screen(reader, answered), reader.language)
    assert cuts(caplog) == []


def test_found_people__with_the_longest_names__all_have_their_button(reader: Ctx) -> None:
    form = next(form for form in library(reader) if any(one.source for one in form.questions))
    question = next(one for one in form.questions if one.source)
    found = [Option(str(at), "ជំនួយការ " * 6 + str(at)) for at in range(20)]
    screen = question_screen(reader, draft_of(form, {}, question.name), found=found)
    markup = taken(screen, reader.language).reply_markup
    assert markup is not None
    assert sum(map(len, markup["inline_keyboard"])) > len(found)
