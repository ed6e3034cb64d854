"""The reaction report as a picture of diverging bars and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluation.results import ClassResults, Figures, Kind, QuestionResult
from bot.i18n import Percent, Words, _, _n
from bot.reports import results_text, workbook
from bot.reports.likert import Bar, LikertChart, in_parts
from bot.reports.pictures import diverging_bars
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind
from bot.training.catalogue import ClassCard

WORD, NUMBER, MEAN = workbook.Kind.TEXT, workbook.Kind.INT, workbook.Kind.DECIMAL


def make(held: ClassCard, found: ClassResults, language: str) -> tuple[MadeFile, ...]:
    """Pictures of at most ten bars each, then the workbook."""
    pictures = tuple(
        MadeFile(
            f"reaction-{held.code}-{number}.png",
            "image/png",
            diverging_bars(part, language),
            FileKind.PHOTO,
        )
        for number, part in enumerate(_parts(held, found), 1)
    )
    content = write_workbook(sheets(held, found), language)
    return (*pictures, MadeFile(f"reaction-{held.code}.xlsx", XLSX, content))


def charts(held: ClassCard, found: ClassResults) -> list[LikertChart]:
    """One chart for each scale in use, with the questions asked on it."""
    scales: dict[tuple[str, ...], list[QuestionResult]] = {}
    for item in found.questions:
        if item.kind is Kind.SCALE:
            scales.setdefault(_steps(item.figures), []).append(item)
    withheld = scales.pop((), [])
    made = [_chart(held, found, items) for items in scales.values()]
    return [_with_withheld(made[0], withheld, found), *made[1:]] if made else []


def sheets(held: ClassCard, found: ClassResults) -> tuple[Sheet, ...]:
    """Summary, distributions with codes and labels, by gender, comments."""
    return (
        _summary(held, found),
        Sheet(
            name=_("Questions"),
            columns=(*_QUESTION, *_CHOICE, Column(_("Answers"), "n", kind=NUMBER)),
            rows=list(_distribution(found.questions)),
            with_codes=True,
            notes=results_text.head(found),
        ),
        Sheet(
            name=_("By gender"),
            columns=(
                *_QUESTION,
                Column(_("Gender"), "gender"),
                Column(_("Average"), "mean", kind=MEAN),
                *_CHOICE,
                Column(_("Answers"), "n", kind=NUMBER),
            ),
            rows=list(_split(found.questions)),
            with_codes=True,
            notes=(results_text.too_few(found.threshold),),
        ),
        Sheet(
            name=_("Comments"),
            columns=(*_QUESTION, Column(_("Comment"), "comment", width=80)),
            rows=[
                (item.name, item.label or item.name, text)
                for item in found.comments
                for text in item.texts
            ],
            with_codes=True,
            notes=(_("In no particular order."),),
        ),
    )


_QUESTION = (Column(_("Question code"), "question", width=16), Column(_("Question"), "label"))
_CHOICE = (
    Column(_("Answer code"), "code", width=12),
    Column(_("Answer"), "choice"),
    Column(_("Count"), "count", kind=NUMBER),
    Column(_("Share"), "share", kind=workbook.Kind.PERCENT),
)


def _summary(held: ClassCard, found: ClassResults) -> Sheet:
    return Sheet(
        name=_("Summary"),
        columns=(
            *_QUESTION,
            Column(_("Average"), "mean", kind=MEAN),
            Column(_("Answers"), "n", kind=NUMBER),
        ),
        rows=[
            (
                item.name,
                item.label or item.name,
                item.figures.mean,
                None if item.suppressed else item.figures.n,
            )
            for item in found.questions
        ],
        with_codes=True,
        notes=(
            _("{course}, class {code}", course=held.title, code=held.code),
            *results_text.head(found),
        ),
    )


def _distribution(questions: Sequence[QuestionResult]) -> Iterator[tuple[object, ...]]:
    for item in questions:
        for row in _counted(item.figures):
            yield (item.name, item.label or item.name, *row)


def _split(questions: Sequence[QuestionResult]) -> Iterator[tuple[object, ...]]:
    for item in questions:
        for gender, figures in item.by_gender:
            word = results_text.gender_word(gender)
            for row in _counted(figures):
                yield (item.name, item.label or item.name, word, figures.mean, *row)


def _counted(figures: Figures) -> Iterator[tuple[object, ...]]:
    for one in figures.counts:
        share = Percent(one.count / figures.n)
        yield (one.code, one.label or one.code, one.count, share, figures.n)


def _parts(held: ClassCard, found: ClassResults) -> Iterator[LikertChart]:
    for chart in charts(held, found):
        yield from in_parts(chart)


def _steps(figures: Figures) -> tuple[str, ...]:
    return tuple(one.code for one in figures.counts if _is_number(one.code))


def _chart(held: ClassCard, found: ClassResults, items: Sequence[QuestionResult]) -> LikertChart:
    first = items[0].figures
    labels = tuple(one.label or one.code for one in first.counts if _is_number(one.code))
    return LikertChart(
        title=_("Reaction: {course}", course=held.title),
        subtitle=_n(
            "Class {code}: {count} answer of {asked}",
            "Class {code}: {count} answers of {asked}",
            found.answered,
            code=held.code,
            asked=found.asked,
        ),
        bars=tuple(_bar(item) for item in items),
        scale_labels=labels,
    )


def _bar(item: QuestionResult) -> Bar:
    counts = tuple(one.count for one in item.figures.counts if _is_number(one.code))
    return Bar(item.label or item.name, counts, item.figures.mean, item.figures.n)


def _with_withheld(
    chart: LikertChart, withheld: Sequence[QuestionResult], found: ClassResults
) -> LikertChart:
    instead: Words = _n(
        "Fewer than {count} answer: not shown",
        "Fewer than {count} answers: not shown",
        found.threshold,
    )
    bars = tuple(Bar(item.label or item.name, (), instead=instead) for item in withheld)
    return LikertChart(
        chart.title, chart.subtitle, (*chart.bars, *bars), chart.scale_labels, chart.footer
    )


def _is_number(code: str) -> bool:
    return code.lstrip("-").replace(".", "", 1).isdigit()
