"""The report on follow-ups as a workbook: figures, drivers and obstacles, names and words."""

from __future__ import annotations

from bot.evaluation.behaviour_report import BehaviourReport
from bot.evaluation.follow_up_results import Item, Round
from bot.evaluation.recruit_results import RecruitItem
from bot.i18n import Words, _
from bot.reports import behaviour_text, workbook
from bot.reports.workbook import Column, Sheet

NUMBER, MEAN = workbook.Kind.INT, workbook.Kind.DECIMAL
_WHEN = Column(_("When"), "months")
_WHAT = Column(_("What"), "what", width=48)
_PERSON = (
    Column(_("Staff number"), "staff_no", width=14),
    Column(_("Name"), "name"),
    Column(_("Office"), "unit"),
)


def sheets(data: BehaviourReport) -> tuple[Sheet, ...]:
    """Figures, drivers and obstacles, officer by officer, words, and who has not answered."""
    return (_summary(data), _reasons(data), _people(data), _words(data), _missing(data))


def _summary(data: BehaviourReport) -> Sheet:
    rows = [_item_row(found, item) for found in data.rounds for item in found.items]
    if data.recruits is not None:
        rows += [_recruit_row(item) for item in data.recruits.items]
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
    return Sheet(_("Summary"), columns, rows, _notes(data), with_codes=True)


def _notes(data: BehaviourReport) -> tuple[Words, ...]:
    heads = tuple(line for found in data.rounds for line in behaviour_text.head(found))
    scale = _(
        "Averages from 1 to 5. The difference is participant less supervisor, over those whom "
        "both rated."
    )
    return (data.title, *heads, scale)


def _item_row(found: Round, item: Item) -> tuple[object, ...]:
    return (
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


def _recruit_row(item: RecruitItem) -> tuple[object, ...]:
    nothing = (None, None, None)
    rated = (item.rated.mean, item.rated.n, None, None)
    return (behaviour_text.RECRUITS, item.label, *nothing, *rated)


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
