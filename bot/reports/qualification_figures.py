"""How many stand how in one curriculum, by office: where a page would keep people waiting."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen
from bot.training.qualifications import figures
from bot.training.qualifications.figures import CurriculumFigures, OfficeFigures
from bot.training.qualifications.marks import MARK_WORDS, Mark


@dataclass(frozen=True, slots=True)
class Counted:
    """One curriculum within the reader's reach, all together and office by office."""

    whole: CurriculumFigures
    offices: tuple[OfficeFigures, ...]


def read(ctx: Ctx, params: Params) -> Counted:
    """The figures of curriculum `curriculum`; refuses readers without reach."""
    about = int(params["curriculum"])
    return Counted(figures.of_curriculum(ctx, about), tuple(figures.by_office(ctx, about)))


def screens(data: Counted) -> tuple[Screen, ...]:
    """A line for each mark that somebody has."""
    counts = data.whole.counts
    lines: tuple[Words, ...] = tuple(
        _("{standing}: {count}", standing=MARK_WORDS[mark], count=counts[mark])
        for mark in Mark
        if counts.get(mark)
    )
    nobody = (_("Nobody holds it, and nobody is to earn it."),)
    return (Screen(title=data.whole.title, body=lines or nobody),)


def files(data: Counted, language: str) -> tuple[MadeFile, ...]:
    """The workbook: an office a row, a mark a column."""
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    marks = (Column(MARK_WORDS[mark], mark.value, kind=Kind.INT, width=16) for mark in Mark)
    sheet = Sheet(
        name=_("By office"),
        columns=(Column(_("Office"), "office"), Column(_("Belongs to"), "path"), *marks),
        rows=[
            (one.name, one.path, *(one.counts.get(mark, 0) for mark in Mark))
            for one in data.offices
        ],
        notes=(_("{code}: {title}", code=data.whole.code, title=data.whole.title),),
        with_codes=True,
    )
    return (MadeFile("qualification.xlsx", XLSX, write_workbook([sheet], language)),)


FIGURES = register(
    Report(
        "qualification_figures",
        _("One qualification by office"),
        Action.SEE_QUALIFICATIONS,
        read,
        screens,
        files,
        admits=lambda ctx, params: figures.require_readable(ctx, int(params["curriculum"])),
    )
)
