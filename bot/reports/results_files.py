"""Results as one picture for the phone, a paper to be signed, and a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.evaluation.levels import ScopeKind
from bot.evaluation.published import Rating
from bot.i18n import Lines, Percent, Words, _
from bot.reports import bars, region, results_pdf, results_words, workbook
from bot.reports.bars import BarChart, Count, bar_picture
from bot.reports.likert import BARS_ON_A_PHONE, Bar, LikertChart
from bot.reports.pictures import diverging_bars
from bot.reports.registry import XLSX, MadeFile
from bot.reports.results import ResultsData
from bot.reports.results_text import gender_word
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind

NUMBER, MEAN, SHARE = workbook.Kind.INT, workbook.Kind.DECIMAL, workbook.Kind.PERCENT
ASKED = (
    Column(_("Asked"), "asked", kind=NUMBER),
    Column(_("Answered"), "answered", kind=NUMBER),
    Column(_("Share"), "share", kind=SHARE),
)
TOO_FEW = _("Too few answers: not shown")


def make(data: ResultsData, language: str) -> tuple[MadeFile, ...]:
    """The picture, the paper, the workbook, in this order."""
    name = f"results-{data.scope.kind}-{data.scope.number or data.made_on.year}"
    paper, book = results_pdf.make(data), write_workbook(sheets(data), language)
    return (
        MadeFile(f"{name}.png", "image/png", picture(data, language), FileKind.PHOTO),
        MadeFile(f"{name}.pdf", "application/pdf", paper),
        MadeFile(f"{name}.xlsx", XLSX, book),
    )


def picture(data: ResultsData, language: str) -> bytes:
    """The ratings as diverging bars; without any, who has answered of whom."""
    steps = Counter(rating.steps for rating in data.reaction.ratings)
    if not steps:
        return bar_picture(answered_chart(data), language)
    scale = steps.most_common(1)[0][0]
    shown = [rating for rating in data.reaction.ratings if rating.steps == scale]
    chart = LikertChart(
        title=data.title,
        subtitle=Lines((*results_words.period(data), *results_words.classes_held(data))),
        bars=tuple(_bar(rating) for rating in shown[:BARS_ON_A_PHONE]),
        scale_labels=tuple(label or code for code, label in scale),
        footer=Lines(tuple(_footer(data))),
    )
    return diverging_bars(chart, language)


def answered_chart(data: ResultsData) -> BarChart:
    """Offices, or stages where there are no offices, with those who answered in the dark part."""
    counted = (
        [(office.path, office.rate) for office in data.offices]
        if data.scope.kind is ScopeKind.UNIT
        else list(data.rates)
    )
    rows = [Count(label, rate.asked, rate.answered) for label, rate in counted]
    return BarChart(
        title=data.title,
        subtitle=Lines((*results_words.period(data), *results_words.classes_held(data))),
        bars=tuple(rows[: bars.BARS_ON_A_PHONE]),
        part_label=_("Answered"),
        whole_label=_("Asked"),
        footer=Lines(tuple(_footer(data))),
    )


def _bar(rating: Rating) -> Bar:
    label = rating.label or rating.name
    counts = tuple(rating.whole.counts.get(code, 0) for code, _label in rating.steps)
    if not rating.whole.n:
        return Bar(label, (), instead=TOO_FEW)
    return Bar(label, counts, rating.whole.mean, rating.whole.n)


def _footer(data: ResultsData) -> Iterator[Words]:
    """The other levels in words, what region and administration have in common, the source."""
    for section in data.sections:
        if section.level > 1:
            yield from results_words.section_lines(section)
    if data.scope.kind is not ScopeKind.YEAR:
        return
    for one, (_what, _share, here) in zip(
        region.DIFFICULTIES, results_words.region_rows(data), strict=True
    ):
        yield one.sentence
        if here != results_words.NOTHING:
            yield _("Here: {what}.", what=here)
    yield region.SOURCE


def sheets(data: ResultsData) -> tuple[Sheet, ...]:
    """All levels, the ratings by answer and gender, classes, offices, and the region."""
    return (
        _figures(data),
        _answers(data),
        _genders(data),
        _classes(data),
        _asked(data),
        _region(data),
    )


def _head(data: ResultsData) -> tuple[Words, ...]:
    kind = results_words.KINDS[data.scope.kind]
    return (
        kind,
        data.title,
        *results_words.period(data),
        _("Made on {day}", day=data.made_on),
    )


def _figures(data: ResultsData) -> Sheet:
    rows = [
        (section.level, section.title, line.code, line.label, line.value, line.count, line.before)
        for section in data.sections
        for line in section.lines
    ]
    notes = tuple(note for section in data.sections for note in section.notes)
    return Sheet(
        name=_("Results"),
        columns=(
            Column(_("Level"), "level", kind=NUMBER),
            Column(_("What it is about"), "section"),
            Column(_("Code"), "code", width=16),
            Column(_("Figure"), "figure", width=40),
            Column(_("Value"), "value", kind=MEAN),
            Column(_("From how many"), "n", kind=NUMBER),
            Column(_("Before"), "before", kind=MEAN),
        ),
        rows=rows,
        notes=(*_head(data), *notes),
        with_codes=True,
    )


def _answers(data: ResultsData) -> Sheet:
    rows = [
        (rating.name, rating.label or rating.name, code, label or code, count, Percent(count / n))
        for rating in data.reaction.ratings
        if (n := rating.whole.n)
        for code, label in rating.steps
        for count in (rating.whole.counts.get(code, 0),)
    ]
    return Sheet(
        name=_("Answers"),
        columns=(
            Column(_("Question code"), "question", width=16),
            Column(_("Question"), "label"),
            Column(_("Answer code"), "code", width=12),
            Column(_("Answer"), "choice"),
            Column(_("Count"), "count", kind=NUMBER),
            Column(_("Share"), "share", kind=SHARE),
        ),
        rows=rows,
        with_codes=True,
    )


def _genders(data: ResultsData) -> Sheet:
    return Sheet(
        name=_("By gender"),
        columns=(
            Column(_("Question code"), "question", width=16),
            Column(_("Question"), "label"),
            Column(_("Gender"), "gender"),
            Column(_("Average"), "mean", kind=MEAN),
            Column(_("Answers"), "n", kind=NUMBER),
        ),
        rows=[
            (rating.name, rating.label or rating.name, gender_word(gender), tally.mean, tally.n)
            for rating in data.reaction.ratings
            for gender, tally in rating.by_gender.items()
        ],
        notes=(_("From those classes only in which enough people of a gender answered."),),
        with_codes=True,
    )


def _classes(data: ResultsData) -> Sheet:
    return Sheet(
        name=_("Classes"),
        columns=(
            Column(_("Class"), "class_code", width=16),
            Column(_("Course"), "course"),
            Column(_("Last day"), "ends_on", kind=workbook.Kind.DATE),
            *ASKED,
            Column(_("Overall, on average"), "overall", kind=MEAN),
            Column(_("Trainer, on average"), "trainer", kind=MEAN),
        ),
        rows=[
            (
                row.code,
                row.title,
                row.ends_on,
                row.rate.asked,
                row.rate.answered,
                Percent(row.rate.share),
                row.overall,
                row.trainer,
            )
            for row in data.classes
        ],
        notes=(
            _("An average is left out before the closing, and where too few people answered."),
        ),
        with_codes=True,
    )


def _asked(data: ResultsData) -> Sheet:
    stages = [(title, "", rate) for title, rate in data.rates]
    offices = [("", office.path, office.rate) for office in data.offices]
    return Sheet(
        name=_("Who answered"),
        columns=(
            Column(_("Questionnaire"), "stage", width=40),
            Column(_("Office"), "office", width=40),
            *ASKED,
            Column(_("Missing"), "missing", kind=NUMBER),
        ),
        rows=[
            (
                stage,
                office,
                rate.asked,
                rate.answered,
                Percent(rate.share),
                rate.asked - rate.answered,
            )
            for stage, office, rate in (*stages, *offices)
        ],
        with_codes=True,
    )


def _region(data: ResultsData) -> Sheet:
    return Sheet(
        name=_("Region"),
        columns=(
            Column(_("Difficulty"), "difficulty", width=50),
            Column(_("Of respondents"), "share", kind=SHARE),
            Column(_("Here"), "here", width=40),
        ),
        rows=results_words.region_rows(data),
        notes=(region.SOURCE,),
        with_codes=True,
    )
