"""The report on follow-ups of a class or a course: level 3, for the training unit."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import behaviour_report
from bot.evaluation.behaviour_report import BehaviourReport
from bot.i18n import Words, _
from bot.long_text import in_screens
from bot.people.access_table import Action
from bot.reports import behaviour_text
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen


def read(ctx: Ctx, params: Params) -> BehaviourReport:
    """The follow-ups of class `params["class"]`, or of all classes of course `params["course"]`.

    Refuses all but the training unit, and where nobody has been asked.
    """
    if "class" in params:
        return behaviour_report.of_class(ctx, int(params["class"]))
    return behaviour_report.of_course(ctx, int(params["course"]))


def screens(data: BehaviourReport) -> tuple[Screen, ...]:
    """Each round in figures; names are in the workbook only."""
    title = _("Follow-ups: {title}", title=data.title)
    made: list[Screen] = []
    for found in data.rounds:
        lines: tuple[Words, ...] = behaviour_text.of_round(found)
        made += in_screens(title, lines)
    if data.recruits is not None:
        made += in_screens(title, behaviour_text.of_recruits(data.recruits))
    return tuple(made)


def files(data: BehaviourReport, language: str) -> tuple[MadeFile, ...]:
    """Pictures of both sides for the phone, then the workbook with names."""
    from bot.reports import behaviour_files  # drawing takes a second to load

    return behaviour_files.make(data, language)


BEHAVIOUR = register(
    Report("behaviour", _("Follow-ups"), Action.READ_FOLLOW_UPS, read, screens, files)
)
