"""The report on follow-ups as pictures, both sides under each other, and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.evaluation.behaviour_report import BehaviourReport
from bot.evaluation.follow_up_results import Item, Rated, Round
from bot.evaluation.recruit_results import Recruits
from bot.i18n import Text, Words, _
from bot.reports import bars, behaviour_text, workbook
from bot.reports.bars import BarChart, Count, bar_picture
from bot.reports.likert import Bar, LikertChart, in_parts
from bot.reports.pictures import diverging_bars
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind

NUMBER, MEAN = workbook.Kind.INT, workbook.Kind.DECIMAL
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
    content = write_workbook(sheets(data), language)
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


def sheets(data: BehaviourReport) -> tuple[Sheet, ...]:
    """Figures, drivers and obstacles, officer by officer, words, and who has not answered."""
    return (_summary(data), _reasons(data), _people(data), _words(data), _missing(data))


_WHEN = Column(_("When"), "months")
_WHAT = Column(_("What"), "what", width=48)
_PERSON = (
    Column(_("Staff number"), "staff_no", width=14),
    Column(_("Name"), "name"),
    Column(_("Office"), "unit"),
)


def _bars(item: Item) -> Iterator[Bar]:
    for side, words in SIDES:
        rated: Rated = getattr(item, side)
        if side == "before" and not rated.n:
            continue
        label = _("{what} ({side})", what=item.label, side=words)
        yield Bar(label, rated.counts if rated.n else (), rated.mean, rated.n, NO_ANSWER)


def _summary(data: BehaviourReport) -> Sheet:
    rows: list[tuple[object, ...]] = [
        (
            found.timing.title,
            item.label,
            item.before.mean,
            item.own.mean,
            item.own.n,
            item.supervisor.mean,
            item.supervisor.n,
            item.difference,
            item.both,
        )
        for found in data.rounds
        for item in found.items
    ]
    notes: list[Words] = [data.title]
    for found in data.rounds:
        notes += behaviour_text.head(found)
    notes.append(
        _(
            "Averages from 1 to 5. The difference is participant less supervisor, over those "
            "whom both rated."
        )
    )
    columns = (
        _WHEN,
        _WHAT,
        Column(_("Before the class"), "before", kind=MEAN),
        Column(_("Participants"), "own", kind=MEAN),
        Column(_("Answers"), "own_n", kind=NUMBER),
        Column(_("Supervisors"), "supervisor", kind=MEAN),
        Column(_("Answers"), "supervisor_n", kind=NUMBER),
        Column(_("Difference"), "difference", kind=MEAN),
        Column(_("Rated by both"), "both", kind=NUMBER),
    )
    recruits = data.recruits.items if data.recruits is not None else ()
    rows += [
        (
            behaviour_text.RECRUITS,
            item.label,
            *(None,) * 3,
            item.rated.mean,
            item.rated.n,
            None,
            None,
        )
        for item in recruits
    ]
    return Sheet(_("Summary"), columns, rows, tuple(notes), with_codes=True)


def _reasons(data: BehaviourReport) -> Sheet:
    columns = (
        _WHEN,
        Column(_("Question"), "question"),
        Column(_("Answer code"), "code", width=14),
        Column(_("Answer"), "label"),
        Column(_("Participants"), "own", kind=NUMBER),
        Column(_("Supervisors"), "supervisor", kind=NUMBER),
    )
    rows = [
        (
            found.timing.title,
            behaviour_text.QUESTIONS[one.question],
            one.code,
            one.label,
            one.own,
            one.supervisor,
        )
        for found in data.rounds
        for one in found.reasons
    ]
    return Sheet(_("Helps and obstacles"), columns, rows, with_codes=True)


def _people(data: BehaviourReport) -> Sheet:
    columns = (
        *_PERSON,
        Column(_("Class"), "class_code", width=16),
        _WHEN,
        _WHAT,
        Column(_("Participant"), "own", kind=NUMBER),
        Column(_("Supervisor"), "supervisor", kind=NUMBER),
    )
    rows = [
        (
            pair.person.staff_no,
            pair.person.name,
            pair.person.unit,
            pair.class_code,
            pair.timing.title,
            line.label,
            line.own,
            line.supervisor,
        )
        for pair in data.people
        for line in pair.lines
    ]
    return Sheet(_("Officer by officer"), columns, rows, with_codes=True)


def _words(data: BehaviourReport) -> Sheet:
    columns = (
        *_PERSON,
        Column(_("Answered by"), "by"),
        _WHEN,
        Column(_("Question"), "question"),
        Column(_("Answer"), "words", width=80),
    )
    rows = [
        (
            one.about.staff_no,
            one.about.name,
            one.about.unit,
            one.by,
            one.title,
            one.question,
            one.words,
        )
        for one in data.remarks
    ]
    return Sheet(_("Words"), columns, rows, with_codes=True)


def _missing(data: BehaviourReport) -> Sheet:
    columns = (
        *_PERSON,
        Column(_("About"), "about"),
        _WHEN,
        Column(_("Can still answer"), "open"),
    )
    rows = [
        (one.asked.staff_no, one.asked.name, one.asked.unit, one.about, one.title, one.open)
        for one in data.missing
    ]
    return Sheet(_("Not answered"), columns, rows, with_codes=True)
