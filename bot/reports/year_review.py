"""How trainers, heads of offices and the unit saw the training work of a year."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.own_work import years
from bot.evaluation.own_work.years import Year
from bot.evaluation.results import QuestionResult
from bot.i18n import Text, Words, _
from bot.long_text import in_screens
from bot.people.access_table import Action
from bot.reports import results_text
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen


def read(ctx: Ctx, params: Params) -> Year:
    """The answers about `params["year"]`; refuses one that nobody answered about."""
    return years.read(ctx, int(params["year"]))


def screens(data: Year) -> tuple[Screen, ...]:
    """One line a question, with the year before in brackets; then what was written."""
    title = _("The training work of {year}", year=str(data.year))
    lines: list[Words] = [*results_text.head(data.told.found), _("No names are shown.")]
    if data.before is not None:
        lines.append(_("In brackets: {year}.", year=str(data.year - 1)))
    lines += ["", *(_line(data, one) for one in data.told.found.questions)]
    lines += results_text.by_gender(data.told.found)
    comments = results_text.comment_screens(
        _("What was written, in no particular order"), data.told.found
    )
    return (*in_screens(title, lines), *comments)


def files(data: Year, language: str) -> tuple[MadeFile, ...]:
    """A picture of the answers and a workbook."""
    from bot.reports import own_work_files  # drawing takes a second to load

    return own_work_files.of_year(data, language)


def _line(data: Year, one: QuestionResult) -> Text:
    before = data.before.mean(one.name) if data.before is not None else None
    if one.figures.mean is None or before is None:
        return results_text.line(one)
    return _(
        "{question}: {mean} ({before})",
        question=one.label or one.name,
        mean=round(one.figures.mean, 1),
        before=round(before, 1),
    )


YEAR_REVIEW = register(
    Report(
        "year_review",
        _("The training work of a year"),
        Action.READ_REPORTS,
        read,
        screens,
        files,
    )
)
