"""The unit's own work as pictures of bars on a scale, and as workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluation.own_work.answers import Told
from bot.evaluation.own_work.matrix_results import Matrix
from bot.evaluation.own_work.years import Year
from bot.evaluation.results import ClassResults, Figures, Kind, QuestionResult
from bot.i18n import Words, _, _n
from bot.reports import results_text, workbook
from bot.reports.likert import Bar, LikertChart, in_parts
from bot.reports.pictures import diverging_bars
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind

NUMBER, MEAN = workbook.Kind.INT, workbook.Kind.DECIMAL


def of_course(data: Matrix, language: str) -> tuple[MadeFile, ...]:
    """One bar a section, and every item in a workbook."""
    bars = tuple(
        Bar(section.label, section.counts, section.mean, sum(section.counts))
        for section in data.sections
    )
    if not bars:
        return ()
    chart = LikertChart(
        title=data.title,
        subtitle=_n(
            "{count} evaluation of {year}",
            "{count} evaluations of {year}",
            data.found.answered,
            year=str(data.year),
        ),
        bars=bars,
        scale_labels=data.sections[0].steps,
    )
    name = f"course-{data.code}-{data.year}"
    book = write_workbook((_items(data), _comments(data.found)), language)
    return (*_pictures([chart], name, language), MadeFile(f"{name}.xlsx", XLSX, book))


def of_year(data: Year, language: str) -> tuple[MadeFile, ...]:
    """One bar a question, the scales apart, and everything in a workbook."""
    name = f"year-{data.year}"
    book = write_workbook((_questions(data), _comments(data.told.found)), language)
    pictures = _pictures(_charts(data), name, language)
    return (*pictures, MadeFile(f"{name}.xlsx", XLSX, book))


def _pictures(charts: Sequence[LikertChart], name: str, language: str) -> Iterator[MadeFile]:
    parts = [part for chart in charts for part in in_parts(chart)]
    for number, part in enumerate(parts, 1):
        drawn = diverging_bars(part, language)
        yield MadeFile(f"{name}-{number}.png", "image/png", drawn, FileKind.PHOTO)


def _charts(data: Year) -> list[LikertChart]:
    """One chart for each scale in use; what nobody answered is left out."""
    by_scale: dict[tuple[str, ...], list[QuestionResult]] = {}
    for one in data.told.found.questions:
        if one.kind is Kind.SCALE and one.figures.mean is not None:
            by_scale.setdefault(_steps(one.figures), []).append(one)
    found = data.told.found
    return [
        LikertChart(
            title=_("The training work of {year}", year=str(data.year)),
            subtitle=_n(
                "{count} answer of {asked}",
                "{count} answers of {asked}",
                found.answered,
                asked=found.asked,
            ),
            bars=tuple(_bar(one) for one in asked),
            scale_labels=tuple(
                one.label or one.code for one in asked[0].figures.counts if one.code.isdecimal()
            ),
        )
        for asked in by_scale.values()
    ]


def _bar(one: QuestionResult) -> Bar:
    counts = tuple(step.count for step in one.figures.counts if step.code.isdecimal())
    return Bar(one.label or one.name, counts, one.figures.mean, sum(counts))


def _steps(figures: Figures) -> tuple[str, ...]:
    return tuple(one.code for one in figures.counts if one.code.isdecimal())


def _items(data: Matrix) -> Sheet:
    return Sheet(
        name=_("Items"),
        columns=(
            Column(_("Section"), "section"),
            Column(_("Item code"), "item", width=16),
            Column(_("Item"), "label", width=60),
            Column(_("Average"), "mean", kind=MEAN),
            Column(_("Last time"), "before", kind=MEAN),
            Column(_("Answers"), "n", kind=NUMBER),
        ),
        rows=[
            (section.label, item.name, item.label, item.mean, item.before, item.count)
            for section in data.sections
            for item in section.items
        ],
        with_codes=True,
        notes=(*_notes(data.title, data.found), *_last(data.earlier)),
    )


def _questions(data: Year) -> Sheet:
    before: Told | None = data.before
    return Sheet(
        name=_("Questions"),
        columns=(
            Column(_("Question code"), "question", width=16),
            Column(_("Question"), "label", width=60),
            Column(_("Answer"), "choice"),
            Column(_("Count"), "count", kind=NUMBER),
            Column(_("Average"), "mean", kind=MEAN),
            Column(_("Year before"), "before", kind=MEAN),
        ),
        rows=[
            (
                one.name,
                one.label or one.name,
                step.label or step.code,
                step.count,
                one.figures.mean,
                before.mean(one.name) if before is not None else None,
            )
            for one in data.told.found.questions
            for step in one.figures.counts
        ],
        with_codes=True,
        notes=_notes(_("The training work of {year}", year=str(data.year)), data.told.found),
    )


def _comments(found: ClassResults) -> Sheet:
    return Sheet(
        name=_("Comments"),
        columns=(
            Column(_("Question"), "label"),
            Column(_("Comment"), "comment", width=80),
        ),
        rows=[(item.label or item.name, text) for item in found.comments for text in item.texts],
        with_codes=True,
        notes=(_("In no particular order."),),
    )


def _notes(title: Words, found: ClassResults) -> tuple[Words, ...]:
    return (title, *results_text.head(found))


def _last(earlier: int | None) -> tuple[Words, ...]:
    return (_("The last time was in {year}.", year=str(earlier)),) if earlier is not None else ()
