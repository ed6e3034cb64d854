"""The import of questions for the bank: as a table, or as a GIFT file of Moodle's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.evaluation.tests import bank_rows, gift
from bot.evaluation.tests.bank_rows import TYPES, BadRow, Given
from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, plan_rows
from bot.models.tests import BankQuestion

BAR = "|"


def parts(cell: cells.Cell) -> tuple[str, ...]:
    """Answers in one cell, parted by upright lines."""
    return tuple(part.strip() for part in cells.text(cell).split(BAR))


COLUMNS = (
    Column("topic", cells.name, starred=True),
    Column("name", cells.text),
    Column("type", cells.one_of(TYPES), starred=True),
    Column("question", cells.text, starred=True, multilingual=True),
    Column("answers", parts, blank=(), multilingual=True),
    Column("right", cells.text, starred=True),
    Column("points", cells.text),
    Column("feedback", cells.text, multilingual=True),
    Column("answer_feedback", parts, blank=()),
)
RULES = RowRules(
    table=table_of(BankQuestion),
    key=("digest",),
    defaults={"name": "", "points": "", "feedback": {}, "choices": [], "active": True},
    name=lambda question: f"{question['topic']}: {next(iter(question['labels'].values()), '')}",
    expects=lambda _question: False,
)


def plan_questions(world: World, records: Records, found: Findings) -> Plan:
    """What the file would add to the bank or change in it; questions it does not name stay.

    Translations that the file does not have stay too; a question that was taken out of use and
    comes again is of use again.
    """
    known = {row.digest: row for row in world.session.scalars(select(BankQuestion))}
    fields: dict[str, list[Any]] = {name: [] for name in (*_NAMES, "active")}
    seen: set[str] = set()
    for place, row in enumerate(records.rows):
        try:
            stored = bank_rows.stored(given(records, place))
        except BadRow as bad:
            found.refuse(bad.code, bad.sentence, row, _heading(records, bad.column))
            continue
        if stored["digest"] in seen:
            found.warn("doubled", _("This question stands in the file twice."), row)
            continue
        seen.add(stored["digest"])
        _keep_translations(stored, known.get(stored["digest"]))
        for name in _NAMES:
            fields[name].append(stored[name])
        fields["active"].append(True)
    return plan_rows(world.session, RULES, fields)


_NAMES = (
    "topic", "name", "type", "labels", "choices", "correct", "points", "feedback", "digest",
)  # fmt: skip


def given(records: Records, place: int) -> Given:
    """One row of the file."""

    def cell(name: str, blank: Any = "") -> Any:
        return records.values[name][place] if name in records else blank

    def by_language(name: str, blank: Any = "") -> dict[str, Any]:
        others = records.languages.get(name, {})
        words = {language: records.values[column][place] for language, column in others.items()}
        return {"": cell(name, blank), **words}

    return Given(
        cell("topic"),
        cell("name"),
        cell("type"),
        by_language("question"),
        by_language("answers", ()),
        cell("right"),
        cell("points"),
        by_language("feedback"),
        cell("answer_feedback", ()),
    )


def _heading(records: Records, column: str) -> str | None:
    """The column as the file spells it; none in a file that is no table."""
    name, _colons, language = column.partition("::")
    if language:
        column = records.languages.get(name, {}).get(language, column)
    return records.headings.get(column)


def _keep_translations(stored: dict[str, Any], old: BankQuestion | None) -> None:
    if old is None:
        return
    stored["labels"] = {**old.labels, **stored["labels"]}
    stored["feedback"] = {**old.feedback, **stored["feedback"]}
    before = {code: words for code, words, _about in old.choices}
    stored["choices"] = [
        [code, {**before.get(code, {}), **words}, about]
        for code, words, about in stored["choices"]
    ]


def export_questions(session: Session) -> Exported:
    """The whole bank, by topic; what is out of use too."""
    query = select(BankQuestion).order_by(BankQuestion.topic, BankQuestion.id)
    questions = session.scalars(query).all()
    languages = sorted({language for one in questions for language in one.labels if language})
    headings = [column.name for column in COLUMNS]
    for name in ("question", "answers"):
        headings += [f"{name}::{language} ({language})" for language in languages]
    return Exported(headings, _exported(questions, languages))


def _exported(
    questions: Sequence[BankQuestion], languages: Sequence[str]
) -> Iterator[Sequence[object]]:
    kinds = {stored: typed for typed, stored in TYPES.items()}
    for one in questions:
        yield [
            one.topic,
            one.name,
            kinds[one.type],
            one.labels.get("", ""),
            _joined(words.get("", "") for _code, words, _about in one.choices),
            _right(one),
            one.points,
            one.feedback.get("", ""),
            _joined(about for _code, _words, about in one.choices),
            *(one.labels.get(language, "") for language in languages),
            *(
                _joined(words.get(language, "") for _code, words, _about in one.choices)
                for language in languages
            ),
        ]


def _joined(words: Any) -> str:
    found = list(words)
    return f" {BAR} ".join(found) if any(found) else ""


def _right(one: BankQuestion) -> str:
    """Codes as the numbers of the answers."""
    if not one.choices:
        return one.correct
    numbers: Mapping[str, int] = {row[0]: place for place, row in enumerate(one.choices, 1)}
    return " ".join(str(numbers[code]) for code in one.correct.split())


QUESTIONS = register(
    Kind("questions", COLUMNS, ("topic", "question"), plan_questions, export_questions, gift.read)
)
