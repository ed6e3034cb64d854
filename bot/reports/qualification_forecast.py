"""What ends in the coming twelve months, as a picture of bars and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.reports.bars import BarChart, Count, bar_picture
from bot.reports.months import month_words
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen
from bot.training.qualifications import forecast
from bot.training.qualifications.forecast import Forecast, Line

TITLE = _("Qualifications that end")


def read(ctx: Ctx, _params: Params) -> Forecast:
    """What ends within the reader's reach; refuses where nothing does."""
    return forecast.read(ctx)


def screens(data: Forecast) -> tuple[Screen, ...]:
    """All in one number, then a line for each month in which something ends."""
    total = sum(data.totals)
    lines: list[Words] = [
        _n(
            "{count} qualification ends in the coming twelve months.",
            "{count} qualifications end in the coming twelve months.",
            total,
        ),
        *(
            _("{month}: {count}", month=month_words(month), count=count)
            for month, count in zip(data.months, data.totals, strict=True)
            if count
        ),
    ]
    return (Screen(title=TITLE, body=tuple(lines)),)


def files(data: Forecast, language: str) -> tuple[MadeFile, ...]:
    """A picture with a bar for each month, then the workbook."""
    chart = BarChart(
        title=TITLE,
        subtitle=_("From {day} on, by month", day=data.today),
        bars=tuple(
            Count(month_words(month), count)
            for month, count in zip(data.months, data.totals, strict=True)
        ),
    )
    picture = MadeFile(
        "qualifications-that-end.png", "image/png", bar_picture(chart, language), FileKind.PHOTO
    )
    return (picture, MadeFile("qualifications-that-end.xlsx", XLSX, _workbook(data, language)))


def _workbook(data: Forecast, language: str) -> bytes:
    """A sheet by curriculum and one by office, a column a month."""
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    months = tuple(
        Column(month_words(month), f"{month:%Y-%m}", kind=Kind.INT, width=15)
        for month in data.months
    )
    total = Column(_("Together"), "total", kind=Kind.INT)
    sheets = [
        Sheet(
            name=name,
            columns=(Column(code, "code", width=16), Column(title, "title"), *months, total),
            rows=_rows(lines),
            notes=(_("From {day} on, by month", day=data.today),),
            with_codes=True,
        )
        for name, code, title, lines in (
            (_("By qualification"), _("Code"), _("Qualification"), data.curricula),
            (_("By office"), _("Office"), _("Belongs to"), data.offices),
        )
    ]
    return write_workbook(sheets, language)


def _rows(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    return [(line.code, line.title, *line.counts, sum(line.counts)) for line in lines]


FORECAST = register(
    Report(
        "qualification_forecast",
        TITLE,
        Action.SEE_QUALIFICATIONS,
        read,
        screens,
        files,
        admits=lambda ctx, _params: forecast.require_some(ctx),
    )
)
