"""The director's month: one picture, made on the first day of the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.calendar import add_months
from bot.context import Ctx
from bot.evaluation import month
from bot.evaluation.month import MonthFigures
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.reports import decisions
from bot.reports.decisions import Decision
from bot.reports.months import month_words
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

NAME = "month"


@dataclass(frozen=True, slots=True)
class MonthData:
    """A month, the same of the year before, the twelve months up to it, and what waits."""

    now: MonthFigures
    year_before: MonthFigures
    year: MonthFigures
    decision: Decision | None

    @property
    def title(self) -> Words:
        return _("Training in {month}", month=month_words(self.now.first))


def read(ctx: Ctx, params: Params) -> MonthData:
    """The month that begins on `params["month"]` (YYYY-MM-01), within the reader's reach."""
    first = dt.date.fromisoformat(str(params["month"])).replace(day=1)
    now = month.of_month(ctx, first)
    return MonthData(
        now=now,
        year_before=month.of_month(ctx, add_months(first, -12)),
        year=month.between(ctx, add_months(first, -11), now.last),
        decision=decisions.oldest(ctx),
    )


def screens(_data: MonthData) -> tuple[Screen, ...]:
    """No words beside the picture."""
    return ()


def files(data: MonthData, language: str) -> tuple[MadeFile, ...]:
    """The one picture."""
    from bot.reports import month_picture  # drawing takes a second to load

    content = month_picture.draw(data, language)
    name = f"training-{data.now.first:%Y-%m}.png"
    return (MadeFile(name, "image/png", content, FileKind.PHOTO),)


MONTH = register(Report(NAME, _("The month"), Action.READ_REPORTS, read, screens, files))
