"""The classes of the last twelve months: response rates and what trainees thought overall."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.year import ClassYear, last_year
from bot.i18n import Percent, Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen

MOST_LINES = 15


def read(ctx: Ctx, _params: Params) -> tuple[ClassYear, ...]:
    """The classes within the reader's reach; refuses readers without any, and an empty year."""
    access.require(ctx, Action.READ_REPORTS)
    found = tuple(last_year(ctx))
    if not found:
        raise Refusal(_("No class of the last twelve months has been asked about yet."))
    return found


def screens(data: tuple[ClassYear, ...]) -> tuple[Screen, ...]:
    """All in one number, then the latest classes a line each."""
    asked, answered = sum(one.asked for one in data), sum(one.answered for one in data)
    lines: list[Words] = [
        _n("{count} class was asked about.", "{count} classes were asked about.", len(data)),
        _(
            "Answered: {answered} of {asked} ({share}).",
            answered=answered,
            asked=asked,
            share=Percent(_share(answered, asked)),
        ),
        *(_line(one) for one in data[:MOST_LINES]),
    ]
    if len(data) > MOST_LINES:
        lines.append(_("The workbook has all of them."))
    return (Screen(title=_("Reaction in the last twelve months"), body=tuple(lines)),)


def files(data: tuple[ClassYear, ...], language: str) -> tuple[MadeFile, ...]:
    """A workbook with one row a class."""
    from bot.reports import workbook
    from bot.reports.workbook import Column, Sheet, write_workbook

    number = workbook.Kind.INT
    sheet = Sheet(
        name=_("Classes"),
        columns=(
            Column(_("Class"), "class_code", width=16),
            Column(_("Course"), "course"),
            Column(_("Last day"), "ends_on", kind=workbook.Kind.DATE),
            Column(_("Asked"), "asked", kind=number),
            Column(_("Answered"), "answered", kind=number),
            Column(_("Share"), "share", kind=workbook.Kind.PERCENT),
            Column(_("Overall, on average"), "mean", kind=workbook.Kind.DECIMAL),
        ),
        rows=[_row(one) for one in data],
        with_codes=True,
        notes=(
            _("An average is left out before the closing, and where too few people answered."),
        ),
    )
    content = write_workbook((sheet,), language)
    return (MadeFile("reaction-last-year.xlsx", XLSX, content),)


def _line(one: ClassYear) -> Text:
    share = Percent(_share(one.answered, one.asked))
    if one.mean is None:
        return _("{code} {course}: {share}", code=one.code, course=one.title, share=share)
    return _(
        "{code} {course}: {share}, overall {mean}",
        code=one.code,
        course=one.title,
        share=share,
        mean=round(one.mean, 1),
    )


def _row(one: ClassYear) -> tuple[object, ...]:
    share = Percent(_share(one.answered, one.asked))
    return (one.code, one.title, one.ends_on, one.asked, one.answered, share, one.mean)


def _share(answered: int, asked: int) -> float:
    return answered / asked if asked else 0.0


YEAR = register(
    Report("year", _("The last twelve months"), Action.READ_REPORTS, read, screens, files)
)
