"""The report on follow-ups as pictures, both sides under each other, and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.evaluation.behaviour_report import BehaviourReport
from bot.evaluation.follow_up_results import Item, Rated, Round
from bot.evaluation.recruit_results import Recruits
from bot.i18n import Text, Words, _
from bot.reports import bars, behaviour_sheets, behaviour_text
from bot.reports.bars import BarChart, Count, bar_picture
from bot.reports.likert import Bar, LikertChart, in_parts
from bot.reports.pictures import diverging_bars
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import write_workbook
from bot.screens import FileKind

AGREE: tuple[Text, ...] = (
    _("Strongly disagree"),
    _("Disagree"),
    _("Neither nor"),
    _("Agree"),
    _("Strongly agree"),
)
OFTEN: tuple[Text, ...] = (_("Never"), _("Rarely"), _("Sometimes"), _("Mostly"), _("Always"))
NO_ANSWER = _("No rating yet")
SIDES: tuple[tuple[str, Text], ...] = (
    ("before", _("before the class")),
    ("own", _("participants")),
    ("supervisor", _("supervisors")),
)
REASON: dict[str, Callable[[Words], Text]] = {
    "support": lambda what: _("Helps: {what}", what=what),
    "accountability": lambda what: _("Helps: {what}", what=what),
    "obstacles": lambda what: _("Obstacle: {what}", what=what),
}


def make(data: BehaviourReport, language: str) -> tuple[MadeFile, ...]:
    """Pictures fit for a phone, then the workbook."""
    pictures = (
        MadeFile(f"follow-ups-{data.code}-{number}.png", "image/png", drawn, FileKind.PHOTO)
        for number, drawn in enumerate(_pictures(data, language), 1)
    )
    content = write_workbook(behaviour_sheets.sheets(data), language)
    return (*pictures, MadeFile(f"follow-ups-{data.code}.xlsx", XLSX, content))


def _pictures(data: BehaviourReport, language: str) -> Iterator[bytes]:
    for found in data.rounds:
        yield from _likert(charts(data, found), language)
        for part in bars.in_parts(reason_chart(data, found)):
            yield bar_picture(part, language)
    if data.recruits is not None:
        yield from _likert(recruit_charts(data, data.recruits), language)


def _likert(made: list[LikertChart], language: str) -> Iterator[bytes]:
    for chart in made:
        for part in in_parts(chart):
            yield diverging_bars(part, language)


def recruit_charts(data: BehaviourReport, found: Recruits) -> list[LikertChart]:
    """One chart for each scale on which new officers are rated; none without any answer."""
    scales: dict[tuple[Words, ...], list[Bar]] = {}
    for item in found.items:
        if item.rated.n:
            bar = Bar(item.label, item.rated.counts, item.rated.mean, item.rated.n)
            scales.setdefault(item.steps, []).append(bar)
    subtitle: Words = data.title
    return [
        LikertChart(behaviour_text.RECRUITS, subtitle, tuple(made), steps)
        for steps, made in scales.items()
    ]


def charts(data: BehaviourReport, found: Round) -> list[LikertChart]:
    """One chart of what all are asked, one of the behaviours; what nobody rated is left out."""
    groups = (
        (_("What changed at work"), AGREE, [one for one in found.items if not one.is_behaviour]),
        (_("How often it is done"), OFTEN, [one for one in found.items if one.is_behaviour]),
    )
    return [
        LikertChart(
            title=_("{what}: {title}", what=what, title=data.title),
            subtitle=found.timing.title,
            bars=made,
            scale_labels=steps,
        )
        for what, steps, items in groups
        if (made := tuple(bar for item in items for bar in _bars(item)))
    ]


def reason_chart(data: BehaviourReport, found: Round) -> BarChart:
    """What helps and what stands in the way, counted on both sides."""
    return BarChart(
        title=_("What helps, and what stands in the way"),
        subtitle=_("{when}: {title}", when=found.timing.title, title=data.title),
        bars=tuple(
            Count(REASON[one.question](one.label), one.own + one.supervisor, one.own)
            for one in found.reasons
        ),
        part_label=_("participants"),
        whole_label=_("supervisors"),
    )


def _bars(item: Item) -> Iterator[Bar]:
    for side, words in SIDES:
        rated: Rated = getattr(item, side)
        if side == "before" and not rated.n:
            continue
        label = _("{what} ({side})", what=item.label, side=words)
        yield Bar(label, rated.counts if rated.n else (), rated.mean, rated.n, NO_ANSWER)
