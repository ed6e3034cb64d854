"""Results as a paper that a director signs: in the local language, then in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from babel.numbers import format_decimal

from bot.evaluation.levels import Line, Section, Value
from bot.i18n import Percent, Words, _, is_right_to_left, render
from bot.reports import fonts, region, results_words
from bot.reports.results import ClassRow, ResultsData
from bot.reports.typesetting import LEADING, typeset

ENGLISH = "en"
MOST_CLASSES, MOST_OFFICES = 25, 25


def make(data: ResultsData, made_at: dt.datetime | None = None) -> bytes:
    """An A4 PDF; each language begins a page of its own and ends with who signs."""
    languages = [ENGLISH] if data.local == ENGLISH else [data.local, ENGLISH]
    content = {"parts": [_part(data, language) for language in languages]}
    return typeset("results", results_words.KINDS[data.scope.kind], content, ENGLISH, made_at)


def _part(data: ResultsData, language: str) -> dict[str, object]:
    """Everything that is said in one language."""

    def say(words: object) -> str:
        return render(words, language)

    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "kind": say(results_words.KINDS[data.scope.kind]),
        "title": say(data.title),
        "facts": [say(one) for one in _facts(data)],
        "sections": [_section(data, section, language) for section in data.sections],
        "genders": [say(one) for one in results_words.gender_lines(data) if one],
        "tables": [
            table for table in (_classes(data, language), _offices(data, language)) if table
        ],
        "region": _region(data, language),
        "signatures": [
            say(_("For the training unit")),
            say(_("Seen by the director")),
        ],
        "date": say(_("Date")),
    }


def _facts(data: ResultsData) -> tuple[Words, ...]:
    return (
        *results_words.period(data),
        *results_words.classes_held(data),
        _("Made on {day}", day=data.made_on),
    )


def _section(data: ResultsData, section: Section, language: str) -> dict[str, object]:
    scales = _scales(data) if section.level == 1 else {}
    heads = (_("Figure"), _("Value"), _("From how many"), _("Before"))
    title = _("Level {level} · {title}", level=section.level, title=section.title)
    return {
        "title": render(title, language),
        "heads": [render(one, language) for one in heads],
        "rows": [_row(line, scales, language) for line in section.lines],
        "notes": [render(note, language) for note in section.notes],
    }


def _row(
    line: Line, scales: Mapping[str, tuple[float, float]], language: str
) -> dict[str, object]:
    low, high = scales.get(line.code, (0.0, 0.0))
    is_drawn = isinstance(line.value, float) and high > low
    return {
        "label": render(line.label, language),
        "value": _figure(line.value, language),
        "count": render(line.count, language) if line.count and line.value is not None else "",
        "before": _figure(line.before, language) if line.before is not None else "",
        "bar": _drawn(line.value, low, high) if is_drawn else -1.0,
    }


def _figure(value: Value, language: str) -> str:
    """A figure as it stands in a column: averages all with one decimal."""
    if isinstance(value, float):
        return format_decimal(round(value, 1), "0.0", locale=language)
    return render(results_words.value_words(value), language)


def _drawn(value: object, low: float, high: float) -> float:
    """How much of the bar a rating fills, from its lowest step to its highest."""
    return (float(str(value)) - low) / (high - low)


def _scales(data: ResultsData) -> dict[str, tuple[float, float]]:
    return {
        rating.name: (min(steps), max(steps))
        for rating in data.reaction.ratings
        if (steps := [float(code) for code, _label in rating.steps])
    }


def _classes(data: ResultsData, language: str) -> dict[str, object]:
    if len(data.classes) < 2:
        return {}
    heads = (_("Class"), _("Last day"), _("Answered"), _("Overall, on average"))
    return _table(
        _("Classes"),
        heads,
        [_class_row(row) for row in data.classes[:MOST_CLASSES]],
        language,
        len(data.classes) > MOST_CLASSES,
    )


def _class_row(row: ClassRow) -> tuple[object, ...]:
    name = _("{code} {course}", code=row.code, course=row.title)
    return (
        name,
        row.ends_on or "",
        Percent(row.rate.share),
        results_words.value_words(row.overall),
    )


def _offices(data: ResultsData, language: str) -> dict[str, object]:
    if not data.offices:
        return {}
    heads = (_("Office"), _("Asked"), _("Answered"), _("Share"))
    rows = [
        (office.path, office.rate.asked, office.rate.answered, Percent(office.rate.share))
        for office in data.offices[:MOST_OFFICES]
    ]
    is_cut = len(data.offices) > MOST_OFFICES
    return _table(_("Who answered, by office"), heads, rows, language, is_cut)


def _region(data: ResultsData, language: str) -> dict[str, object]:
    heads = (_("Difficulty"), _("Of respondents"), _("Here"))
    title = _("Beside the region")
    table = _table(title, heads, results_words.region_rows(data), language, False)
    return {**table, "notes": [render(region.SOURCE, language)]}


def _table(
    title: Words,
    heads: tuple[Words, ...],
    rows: Sequence[tuple[object, ...]],
    language: str,
    is_cut: bool,
) -> dict[str, object]:
    notes = [_("The workbook has all of them.")] if is_cut else []
    return {
        "title": render(title, language),
        "heads": [render(one, language) for one in heads],
        "rows": [[render(cell, language) for cell in row] for row in rows],
        "notes": [render(one, language) for one in notes],
    }
