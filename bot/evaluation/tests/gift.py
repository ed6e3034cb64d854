"""Questions for the bank from a GIFT file: the same records that a table of questions gives."""

from __future__ import annotations

from typing import Any

from bot.evaluation.tests import gift_answers, gift_text
from bot.evaluation.tests.gift_answers import TRUTH, CannotRead, Reading
from bot.evaluation.tests.gift_text import Entry
from bot.i18n import LANGUAGES, SOURCE_LANGUAGE, Text, _, render
from bot.imports import limits
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.imports.opening import ZIP

NO_TOPIC = "General"
GAP = "_____"
COLUMNS = (
    "topic", "name", "type", "question", "answers", "right", "points", "feedback",
    "answer_feedback",
)  # fmt: skip
OTHERS = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)
PICTURE = _("Pictures cannot be taken from such a file. Ask the question without one.")
NOT_CLOSED = _("A brace is opened here and closed nowhere. What follows was not read.")
ONLY_TEXT = _("This is text without a question. It is left out.")
NO_QUESTION = _("There are answers without a question before them.")


def read(content: bytes, found: Findings) -> Records | None:
    """The questions of a GIFT file, all faults noted by line; None for a file of another kind."""
    text = _decoded(content)
    if text is None or not gift_text.is_gift(text):
        return None
    limits.refuse_bytes(content)
    taken: list[tuple[Entry, Reading]] = []
    for entry in gift_text.entries(text):
        reading = _reading(entry, found)
        if reading is not None:
            taken.append((entry, reading))
        if len(taken) > limits.MOST_ROWS:
            raise limits.too_many_rows()
    if not taken and not found.is_refused:
        found.refuse("no-rows", _("There are no questions in this file."))
    return _records(taken)


def _decoded(content: bytes) -> str | None:
    if content.startswith(ZIP) or b"\0" in content[:1000]:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _reading(entry: Entry, found: Findings) -> Reading | None:
    """What is between the braces; None, with a fault, where it cannot be taken."""
    if entry.answers is None:
        found.warn("no-answers", ONLY_TEXT, entry.line)
        return None
    try:
        if not entry.is_closed:
            raise CannotRead("not-closed", NOT_CLOSED)
        if entry.has_picture:
            raise CannotRead("picture", PICTURE)
        if not _question(entry):
            raise CannotRead("no-question", NO_QUESTION)
        reading = gift_answers.read(entry.answers, is_plain=entry.is_plain)
    except CannotRead as error:
        found.refuse(error.code, _named(entry, error.sentence), entry.line)
        return None
    for code, sentence in reading.warnings:
        found.warn(code, _named(entry, sentence), entry.line)
    return reading


def _named(entry: Entry, sentence: Text) -> Text:
    """The sentence with the question it is about, as far as it has a title."""
    if not entry.title:
        return sentence
    return _("“{question}”: {problem}", question=entry.title, problem=sentence)


def _question(entry: Entry) -> str:
    """The question; where words follow the answers, a gap stands for these."""
    before = gift_text.plain(entry.text, is_plain=entry.is_plain)
    after = gift_text.plain(entry.after, is_plain=entry.is_plain)
    return f"{before} {GAP} {after}" if after else before


def _records(taken: list[tuple[Entry, Reading]]) -> Records:
    values: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    languages = {language: f"answers::{language}" for language in OTHERS}
    values |= {name: [] for name in languages.values()}
    for entry, reading in taken:
        row = {
            "topic": entry.topic or NO_TOPIC,
            "name": entry.title,
            "type": reading.type,
            "question": _question(entry),
            "answers": tuple(reading.answers),
            "right": reading.right,
            "points": "",
            "feedback": reading.feedback,
            "answer_feedback": tuple(reading.answer_feedback),
        }
        for name, value in row.items():
            values[name].append(value)
        for language, name in languages.items():
            values[name].append(_truth_in(language) if reading.is_truth else ())
    return Records([entry.line for entry, _reading in taken], values, {}, {"answers": languages})


def _truth_in(language: str) -> tuple[str, ...]:
    return tuple(render(sentence, language) for sentence in TRUTH)
