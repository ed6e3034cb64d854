"""The files of the report on tests: questions before and after as a picture, and a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluation.tests.class_results import ClassTests
from bot.evaluation.tests.flag_words import FLAG_WORDS
from bot.evaluation.tests.items import Chosen
from bot.evaluation.tests.people_rows import PersonRow
from bot.evaluation.tests.points import Result
from bot.evaluation.tests.question_rows import QuestionRow
from bot.i18n import Joined, Percent, Text, Words, _
from bot.reports.grid import Cell, Grid, Paint, Row, grid_picture, in_parts
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import Column, Kind, Sheet, write_workbook
from bot.screens import FileKind

MOST_PICTURES = 4
QUESTIONS_WIDE = 530
FROM_LEFT = "\u200e"
"""Keeps a sign before its number, also among letters that are read from the right."""
WELL, HALF = 0.8, 0.5
"""From these shares of right answers on a cell is painted as good, or as middling."""


def make(data: ClassTests, language: str) -> tuple[MadeFile, ...]:
    """Pictures for the phone, then the workbook."""
    parts = list(in_parts(_grid(data)))[:MOST_PICTURES]
    pictures = [
        MadeFile(f"tests-{number}.png", "image/png", grid_picture(part, language), FileKind.PHOTO)
        for number, part in enumerate(parts, 1)
    ]
    sheets = [_questions(data), _answers(data)]
    if data.people:
        sheets.insert(0, _people(data))
    name = f"tests-{data.held.code}.xlsx"
    return (*pictures, MadeFile(name, XLSX, write_workbook(sheets, language)))


def _grid(data: ClassTests) -> Grid:
    return Grid(
        title=_("Tests: {course}, class {code}", course=data.held.title, code=data.held.code),
        subtitle=_("How many had each question right at the first attempt, in percent"),
        columns=(_("Before"), _("After"), _("Difference")),
        rows=tuple(
            Row(row.label, (_share(row.before), _share(row.after), _change(row)))
            for row in data.questions
        ),
        legend=(
            (Paint.GOOD, _("80 % and more")),
            (Paint.SOON, _("50 % and more")),
            (Paint.LATE, _("less than 50 %")),
        ),
        names=QUESTIONS_WIDE,
        fewest=3,
    )


def _share(share: float | None) -> Cell | None:
    if share is None:
        return None
    paint = Paint.GOOD if share >= WELL else Paint.SOON if share >= HALF else Paint.LATE
    return Cell(paint, Text("{share}", (("share", Percent(share)),)))


def _change(row: QuestionRow) -> Cell | None:
    if row.change is None:
        return None
    sign = "+" if row.change > 0 else ""
    return Cell(Paint.OPEN, f"{FROM_LEFT}{sign}{round(100 * row.change)}{FROM_LEFT}")


def _people(data: ClassTests) -> Sheet:
    return Sheet(
        name=_("People"),
        columns=(
            Column(_("Staff number"), "staff_no", width=14),
            Column(_("Name"), "name"),
            Column(_("Office"), "unit"),
            Column(_("Before, in percent"), "before", kind=Kind.DECIMAL),
            Column(_("After, in percent"), "after", kind=Kind.DECIMAL),
            Column(_("Gain"), "gain", kind=Kind.PERCENT),
            Column(_("Attempts"), "attempts", kind=Kind.INT),
            Column(_("Passed"), "passed", width=10),
        ),
        rows=[_person(row) for row in data.people],
        notes=(_("The best attempt counts. The gain is the part of what could be gained."),),
        with_codes=True,
    )


def _person(row: PersonRow) -> tuple[object, ...]:
    return (
        row.staff_no,
        row.name,
        row.unit,
        _percent(row.before),
        _percent(row.after),
        Percent(row.gain) if row.gain is not None else None,
        row.tries or None,
        row.passed,
    )


def _percent(result: Result | None) -> object:
    return result.percent if result is not None else None


def _questions(data: ClassTests) -> Sheet:
    return Sheet(
        name=_("Questions"),
        columns=(
            Column(_("Question"), "question", width=50),
            Column(_("Code"), "name", width=12),
            Column(_("Right before"), "before", kind=Kind.PERCENT),
            Column(_("Right after"), "after", kind=Kind.PERCENT),
            Column(_("Difference"), "change", kind=Kind.PERCENT),
            Column(_("Takers"), "takers", kind=Kind.INT),
            Column(_("Tells apart"), "discrimination", kind=Kind.DECIMAL),
            Column(_("Worth a look"), "flags", width=50),
        ),
        rows=[_question(row) for row in data.questions],
        notes=(
            _("First attempts only."),
            _(
                "“Tells apart” is the correlation of a question with the points of all others, "
                "from -1 to 1; it needs a hundred takers."
            ),
        ),
        with_codes=True,
    )


def _question(row: QuestionRow) -> tuple[object, ...]:
    flags = tuple(FLAG_WORDS[flag] for flag in row.item.flags)
    return (
        row.label,
        row.name,
        _as_percent(row.before),
        _as_percent(row.after),
        _as_percent(row.change),
        row.item.takers,
        row.item.discrimination,
        Text("{flags}", (("flags", Joined(flags)),)) if flags else None,
    )


def _as_percent(share: float | None) -> Percent | None:
    return Percent(share) if share is not None else None


def _answers(data: ClassTests) -> Sheet:
    return Sheet(
        name=_("Answers"),
        columns=(
            Column(_("Question"), "question", width=50),
            Column(_("Answer"), "answer", width=40),
            Column(_("Chosen by"), "count", kind=Kind.INT),
            Column(_("Share"), "share", kind=Kind.PERCENT),
            Column(_("Right"), "right", width=10),
        ),
        rows=list(_chosen(data)),
        with_codes=True,
    )


def _chosen(data: ClassTests) -> Iterator[tuple[object, ...]]:
    for row in data.questions:
        for one in row.item.chosen:
            share = Percent(one.count / row.item.takers)
            yield row.label, _answer(row, one), one.count, share, one.right


def _answer(row: QuestionRow, one: Chosen) -> Words:
    return row.choices.get(one.code) or one.code
