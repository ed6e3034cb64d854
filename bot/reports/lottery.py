"""Who won a place by lot beside who did not: words, a picture of the bounds, a workbook."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.impact import comparison, said
from bot.evaluation.impact.comparison import Compared, Comparison
from bot.evaluation.impact.said import shown
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.reports.intervals import IntervalChart, Row, interval_picture
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.reports.workbook import Column, Kind, Sheet, write_workbook
from bot.screens import FileKind, Screen

TITLE = _("A draw of lots, and what came of it")


def read(ctx: Ctx, params: Params) -> Comparison:
    """The comparison; refuses readers without the class, and classes without a draw."""
    return comparison.of_class(ctx, int(params["class"]))


def screens(found: Comparison) -> tuple[Screen, ...]:
    """Each outcome with what can be said of it, then what holds for all of them."""
    body: list[Words] = [_which(found), _drawn(found), ""]
    for one in found.compared:
        body += [*_lines(one, found.fewest), ""]
    if not found.compared:
        body += [_("No test mark, figure or rating is known of anybody yet."), ""]
    body += [_("• {line}", line=line) for line in said.about_draw(found)]
    return (Screen(title=TITLE, body=tuple(body)),)


def files(found: Comparison, language: str) -> tuple[MadeFile, ...]:
    """A picture where there is something to draw, and the workbook."""
    name = f"lots-{found.code}"
    made = [MadeFile(f"{name}.xlsx", XLSX, _workbook(found, language))]
    if any(one.difference is not None for one in found.compared):
        picture = interval_picture(_chart(found), language)
        made.insert(0, MadeFile(f"{name}.png", "image/png", picture, FileKind.PHOTO))
    return tuple(made)


def _which(found: Comparison) -> Text:
    return _("{course}, class {code}", course=found.course, code=found.code)


def _drawn(found: Comparison) -> Text:
    return _n(
        "{won} won a place, {count} did not.",
        "{won} won a place, {count} did not.",
        found.others,
        won=found.winners,
    )


def _lines(one: Compared, fewest: int) -> tuple[Words, ...]:
    if one.difference is None:
        return (one.outcome.title, said.verdict(one, fewest))
    return (said.groups(one), said.verdict(one, fewest))


def _chart(found: Comparison) -> IntervalChart:
    return IntervalChart(
        title=TITLE,
        subtitle=_("{which}. {drawn}", which=_which(found), drawn=_drawn(found)),
        rows=tuple(_row(one, found.fewest) for one in found.compared),
        worse=_("worse than who did not win"),
        better=_("better"),
        notes=tuple(said.about_draw(found)),
    )


def _row(one: Compared, fewest: int) -> Row:
    label, verdict = _lines(one, fewest)
    difference = one.difference
    if difference is None or difference.interval is None:
        return Row(label, verdict)
    bounds = difference.interval.low, difference.interval.high
    return Row(label, verdict, difference.by, bounds)


def _workbook(found: Comparison, language: str) -> bytes:
    """One row an outcome; nobody is named."""
    number, count = Kind.DECIMAL, Kind.INT
    sheet = Sheet(
        name=_("Outcomes"),
        columns=(
            Column(_("Outcome"), "outcome"),
            Column(_("Measured in"), "measure", width=18),
            Column(_("Winners with a figure"), "winners", kind=count),
            Column(_("Others with a figure"), "others", kind=count),
            Column(_("Mean of winners"), "mean_winners", kind=number),
            Column(_("Mean of others"), "mean_others", kind=number),
            Column(_("Better by"), "better_by", kind=number),
            Column(_("Lower bound"), "low", kind=number),
            Column(_("Upper bound"), "high", kind=number),
            Column(_("What can be said"), "said", width=60),
        ),
        rows=[_values(one, found.fewest) for one in found.compared],
        notes=(
            _which(found),
            _drawn(found),
            _("Seed of the draw: {seed}", seed=found.seed),
            *said.about_draw(found),
        ),
        with_codes=True,
    )
    return write_workbook([sheet], language)


def _values(one: Compared, fewest: int) -> tuple[object, ...]:
    start = (one.outcome.title, one.outcome.measure, one.winners, one.others)
    verdict = said.verdict(one, fewest)
    if (found := one.difference) is None:
        return (*start, None, None, None, None, None, verdict)
    bounds = (found.interval.low, found.interval.high) if found.interval else (None, None)
    figures = (found.second, found.first, found.by, *bounds)
    return (*start, *(shown(x) if x is not None else None for x in figures), verdict)


LOTTERY = register(Report("lottery", TITLE, Action.READ_IMPACT, read, screens, files))
