"""Forms for the tests: written as tables, imported as the real thing, walked through."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable

from bot.errors import Severity
from bot.events import SentFile
from bot.forms import engine
from bot.forms.definition import FormDefinition, Question
from bot.forms.engine import Moment, State, Value
from bot.forms.importer import import_form
from bot.forms.question_types.contract import Offer, OfferKind
from bot.forms.question_types.range import values_of
from bot.i18n import Words, render

FILES = {"image": "photo.jpg", "audio": "voice.ogg", "file": "letter.pdf"}
NOON = Moment(dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC), "Asia/Phnom_Penh")


def form_of(table: str) -> FormDefinition:
    """The form that a Markdown table makes; fails showing every refusal."""
    imported = import_form(table, name="test")
    said = [f"{f.sheet} {f.row} {f.column}: {render(f.sentence, 'en')}" for f in imported.refusals]
    assert imported.definition is not None, said
    return imported.definition


def found_in(table: str, severity: Severity = Severity.REFUSED) -> set[Place]:
    """What is found in a table: sheet, row, column and code of every finding of a severity."""
    return {
        (fault.sheet or "", fault.row or 0, fault.column or "", fault.code)
        for fault in import_form(table, name="test").faults
        if fault.severity is severity
    }


def survey(*rows: str, choices: Iterable[str] = (), settings: Iterable[str] = ()) -> str:
    """A workbook as Markdown: the first row of each sheet holds its headings."""
    sheets = [("survey", rows), ("choices", tuple(choices)), ("settings", tuple(settings))]
    return "\n".join(
        "\n".join([f"| {name} |", *(f"| | {row} |" for row in given)])
        for name, given in sheets
        if given
    )


def reloaded(state: State) -> State:
    """The state after a trip through the database."""
    return engine.state_from_json(json.loads(json.dumps(engine.state_to_json(state))))


def some_answer(
    form: FormDefinition, state: State, question: Question, dice: random.Random
) -> Value:
    """An answer that is possible for the type; constraints may still refuse it."""
    offer = engine.offer(form, state, question.name, NOON)
    if offer.kind in (OfferKind.NOTE, OfferKind.ACKNOWLEDGE):
        return "OK"
    if offer.source:
        return "k1"
    if offer.options and question.type != "range":
        return _chosen(offer, question, dice)
    if question.type == "range":
        return dice.choice(values_of(question.parameters))
    return _typed(question, dice)


def _chosen(offer: Offer, question: Question, dice: random.Random) -> Value:
    codes = [option.code for option in offer.options]
    if question.type == "select_multiple":
        return dice.sample(codes, dice.randint(1, len(codes)))
    return dice.choice(codes)


def _typed(question: Question, dice: random.Random) -> Value:
    if question.type == "integer":
        return dice.choice((0, 1, 2, 5, 10, 18, 30, 45, 70, 100))
    if question.type == "decimal":
        return dice.choice((0.5, 1, 12.25, 15, 99.9))
    if question.type == "date":
        return dice.choice(("2010-06-15", "2026-03-02", "2030-01-31"))
    return dice.choice(("12", "word", "010 123 456", "someone@example.org"))


def answered(
    form: FormDefinition, state: State, question: Question, dice: random.Random
) -> engine.Outcome:
    """What becomes of some answer, or of a file where the question asks for one."""
    if question.type in FILES:
        file = SentFile("f", FILES[question.type], 100, blob_id=dice.randint(1, 99))
        return engine.sent(form, state, question.name, file, NOON)
    value = some_answer(form, state, question, dice)
    return engine.answer(form, state, question.name, value, NOON)


def walk_to_the_end(form: FormDefinition, dice: random.Random, most: int = 2000) -> State:
    """Answer at random, now and then going back or reloading, until the summary is reached."""
    state = engine.start(form, NOON, seed=dice.randint(0, 9))
    for _step in range(most):
        question = engine.open_question(form, state)
        if question is None:
            return state
        state = reloaded(state)
        if dice.random() < 0.1:
            state = engine.back(form, state, NOON)
            continue
        outcome = answered(form, state, question, dice)
        if outcome.problem is not None and dice.random() < 0.3:
            outcome = engine.skip(form, state, question.name, NOON)
        state = outcome.state
    raise AssertionError(f"the summary was not reached; open: {state.open}")


YES_NO = ("list_name | name | label", "yn | yes | Yes", "yn | no | No")
Place = tuple[str, int, str, str]
"""Sheet, row, column and code of a finding."""

ATTENDANCE = survey(
    "type | name | label | relevant | constraint | constraint_message | required | calculation",
    "select_one yes_no | attended | Did you attend? | | | | yes |",
    "begin group | course | The course | ${attended} = 'yes' | | | |",
    "integer | days | How many days? | | . >= 1 and . <= 10 | At most 10, not ${days}. | yes |",
    "select_multiple topics | needs | What do you need? | ${days} > 2 | | | |",
    "end group | | | | | | |",
    "calculate | hours | | | | | | ${days} * 6",
    "note | thanks | You spent ${hours} hours. | | | | |",
    "text | comment | Anything else? | ${attended} = 'no' or ${days} > 0 | | | |",
    choices=(
        "list_name | name | label",
        "yes_no | yes | Yes",
        "yes_no | no | No",
        "topics | hs | Classification",
        "topics | origin | Origin",
    ),
)


def give(form: FormDefinition, state: State, *answers: Value) -> State:
    """Answer the open questions one after the other; every answer must be taken."""
    for value in answers:
        assert state.open is not None
        outcome = engine.answer(form, reloaded(state), state.open, value, NOON)
        assert outcome.problem is None, outcome.problem
        state = outcome.state
    return state


def said(words: Words | None) -> str:
    assert words is not None
    return render(words, "en")
