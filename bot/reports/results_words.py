"""Results as paragraphs for the chat, and the words that picture, paper and workbook share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluation.levels import Line, ScopeKind, Section, Value
from bot.evaluation.published import Rating
from bot.evaluation.response_rates import OfficeRate
from bot.i18n import Joined, Percent, Text, Words, _, _n
from bot.long_text import in_screens
from bot.reports import region
from bot.reports.results import ResultsData
from bot.reports.results_text import gender_word
from bot.screens import Screen

MOST_OFFICES = 8
NOTHING = "–"
KINDS: dict[ScopeKind, Text] = {
    ScopeKind.CLASS: _("Results of a class"),
    ScopeKind.COURSE: _("Results of a course"),
    ScopeKind.TRAINER: _("Results of a trainer"),
    ScopeKind.UNIT: _("Results of an office"),
    ScopeKind.YEAR: _("Results of the year"),
}


def screens(data: ResultsData) -> tuple[Screen, ...]:
    """What it is about, then each level, then who has not answered."""
    lines: list[Words] = [data.title, *period(data), *classes_held(data)]
    for section in data.sections:
        lines += ["", *section_lines(section)]
    lines += gender_lines(data)
    lines += _missing_lines(data)
    return in_screens(KINDS[data.scope.kind], lines)


def period(data: ResultsData) -> tuple[Words, ...]:
    """From which day to which."""
    if data.first is None or data.last is None:
        return ()
    return (_("From {first} to {last}", first=data.first, last=data.last),)


def classes_held(data: ResultsData) -> tuple[Words, ...]:
    """How many classes it is about, where it is not about one alone."""
    if data.scope.kind is ScopeKind.CLASS:
        return ()
    return (_n("{count} class was held.", "{count} classes were held.", len(data.classes)),)


def section_lines(section: Section) -> Iterator[Words]:
    """One level: its title, a line for each figure, its notes."""
    yield _("Level {level} · {title}", level=section.level, title=section.title)
    yield from (line_words(line) for line in section.lines)
    yield from section.notes


def line_words(line: Line) -> Words:
    """A figure, and the same of earlier classes where there is one."""
    value = value_words(line.value)
    if line.value is None or line.count is None:
        now: Words = _("{figure}: {value}", figure=line.label, value=value)
    else:
        now = _("{figure}: {value} ({n})", figure=line.label, value=value, n=line.count)
    if line.before is None:
        return now
    return _("{now}, before {earlier}", now=now, earlier=value_words(line.before))


def value_words(value: Value) -> object:
    """A figure as it is printed; what is withheld is a dash."""
    if value is None:
        return NOTHING
    return round(value, 1) if isinstance(value, float) else value


def gender_lines(data: ResultsData) -> list[Words]:
    """The averages of genders, from those classes that show them; nothing where none does."""
    split = [_by_gender(rating) for rating in data.reaction.ratings if rating.by_gender]
    return ["", _("By gender, where enough people answered:"), *split] if split else []


def _by_gender(rating: Rating) -> Words:
    groups = tuple(
        _("{gender} {mean}", gender=gender_word(gender), mean=value_words(tally.mean))
        for gender, tally in rating.by_gender.items()
    )
    return _(
        "{question}: {averages}", question=rating.label or rating.name, averages=Joined(groups)
    )


def _missing_lines(data: ResultsData) -> list[Words]:
    """The offices from which most answers are missing."""
    lacking = [office for office in data.offices if office.missing]
    if not lacking:
        return []
    lines: list[Words] = ["", _("Answers are missing from:")]
    lines += [office_words(office) for office in lacking[:MOST_OFFICES]]
    if len(lacking) > MOST_OFFICES:
        lines.append(_("The workbook has all of them."))
    return lines


def office_words(office: OfficeRate) -> Words:
    """An office and how many of its answers are missing."""
    return _n(
        "{office}: {count} of {asked}",
        "{office}: {count} of {asked}",
        office.missing,
        office=office.path,
        asked=office.rate.asked,
    )


def region_rows(data: ResultsData) -> list[tuple[Words, object, object]]:
    """What the region finds difficult, the share there, and what is done here instead."""
    own = {
        "evaluating": _("classes that participants answered about"),
        "afterwards": _("classes followed up on the job"),
    }
    rows: list[tuple[Words, object, object]] = []
    for one in region.DIFFICULTIES:
        share = data.practice.share(one.code)
        here: object = NOTHING
        if share is not None:
            here = _("{share} of {what}", share=Percent(share), what=own[one.code])
        rows.append((one.words, one.share, here))
    return rows
