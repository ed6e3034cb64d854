"""Planned against held by quarter, and beside the year before: what was done of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.i18n import Percent, Text, Words, _, _n
from bot.people.access_table import Action
from bot.planning import pdca
from bot.planning.pdca import Amount, Progress, Quarter
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

TITLE = _("Planned against held")


@dataclass(frozen=True, slots=True)
class Years:
    """A plan's year, and the one before where there was a plan."""

    now: Progress
    before: Progress | None


def read(ctx: Ctx, params: Params) -> Years:
    """The plan `params["plan"]`; refuses who may not read its money."""
    plan_id = int(params["plan"])
    now = pdca.of_plan(ctx, plan_id)
    return Years(now, pdca.before(ctx, plan_id))


def screens(data: Years) -> tuple[Screen, ...]:
    """The year in numbers, then its quarters."""
    now = data.now
    body: list[Words] = [*_lines(now.planned, now.held, now.money), ""]
    for quarter in now.quarters:
        body += [quarter_title(quarter), *_lines(quarter.planned, quarter.held, now.money)]
    body += ["", *_beside(now)]
    if data.before is not None:
        held = data.before.held
        body += [
            "",
            _("The year before, {year}:", year=data.before.label),
            *_lines(data.before.planned, held, data.before.money),
        ]
    title = _("Training plan {year}: planned against held", year=now.label)
    return (Screen(title=title, body=tuple(body)),)


def files(data: Years, language: str) -> tuple[MadeFile, ...]:
    """A picture of the quarters and a workbook."""
    from bot.reports import plan_progress_picture  # drawing takes a second to load

    name = f"plan-{data.now.label.replace('/', '-')}-progress"
    drawn = plan_progress_picture.draw(data, language)
    return (
        MadeFile(f"{name}.png", "image/png", drawn, FileKind.PHOTO),
        MadeFile(f"{name}.xlsx", XLSX, _book(data, language)),
    )


def quarter_title(quarter: Quarter) -> Text:
    """“Quarter 2”, or what stands for the lines without a month."""
    if quarter.number == 0:
        return _("Without a month, or outside the year")
    return _("Quarter {number}", number=quarter.number)


def share(held: float, planned: float) -> Percent | None:
    """How much of what was planned was held; None where nothing was planned."""
    return Percent(held / planned) if planned else None


def _lines(planned: Amount, held: Amount, money: str) -> list[Words]:
    """Held of planned: classes, trainees, hours, money; or that there is nothing of it."""
    if planned == held == Amount():
        return [_("• nothing planned, nothing held")]
    said: list[Words] = [
        _("• classes: {held} of {planned}", held=whole(held.classes),
          planned=whole(planned.classes)),
        _("• trainees: {held} of {planned}", held=whole(held.trainees),
          planned=whole(planned.trainees)),
        _("• hours: {held} of {planned}", held=whole(held.hours), planned=whole(planned.hours)),
    ]  # fmt: skip
    if planned.money or held.money:
        said.append(
            _("• spent: {held} of {planned} {money}", held=whole(held.money),
              planned=whole(planned.money), money=money)
        )  # fmt: skip
    return said


def whole(number: float) -> float | int:
    """A number without digits that say nothing."""
    shown = round(number, 2)
    return int(shown) if shown == int(shown) else shown


def _beside(now: Progress) -> list[Words]:
    said: list[Words] = [
        _n(
            "Beside the plan, {count} class was held with {people}.",
            "Beside the plan, {count} classes were held with {people}.",
            int(now.beside.classes),
            people=_n("{count} trainee", "{count} trainees", int(now.beside.trainees)),
        )
    ]
    if now.unscheduled:
        said.append(
            _n("{count} line was added during the year.",
               "{count} lines were added during the year.", now.unscheduled)
        )  # fmt: skip
    if now.dropped:
        said.append(_n("{count} line was dropped.", "{count} lines were dropped.", now.dropped))
    return said


def _book(data: Years, language: str) -> bytes:
    from bot.reports import workbook
    from bot.reports.workbook import Column, Sheet, write_workbook

    number, decimal = workbook.Kind.INT, workbook.Kind.DECIMAL
    columns = [Column(_("Year"), "year", width=10), Column(_("Quarter"), "quarter", width=24)]
    for code, words, kind in (
        ("classes", _("Classes"), number),
        ("trainees", _("Trainees"), number),
        ("hours", _("Hours"), decimal),
        ("money", _("Money"), decimal),
    ):
        columns += [
            Column(_("{what}, planned", what=words), f"{code}_planned", kind=kind),
            Column(_("{what}, held", what=words), f"{code}_held", kind=kind),
        ]
    shown = [one for one in (data.now, data.before) if one is not None]
    sheet = Sheet(
        name=_("Planned against held"),
        columns=tuple(columns),
        rows=[_row(year, quarter) for year in shown for quarter in year.quarters],
        notes=tuple(_beside(data.now)),
        with_codes=True,
    )
    return write_workbook((sheet,), language)


def _row(year: Progress, quarter: Quarter) -> tuple[object, ...]:
    cells: list[object] = [year.label, quarter_title(quarter)]
    for name in ("classes", "trainees", "hours", "money"):
        cells += [getattr(quarter.planned, name), getattr(quarter.held, name)]
    return tuple(cells)


PLAN_PROGRESS = register(Report("plan_progress", TITLE, Action.READ_PLAN, read, screens, files))
