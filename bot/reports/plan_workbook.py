"""The workbook of a plan: its own table, to be changed and sent back, and the layouts in which
administrations print their plans (C ch.3 cases 1, 2 and 5).
"""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _, _n
from bot.people.access_table import Action
from bot.planning import writing
from bot.planning.writing import PlanBook
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen


def read(ctx: Ctx, params: Params) -> PlanBook:
    """The plan `params["plan"]`; refuses who may not edit plans, and a plan without lines."""
    book = writing.read(ctx, int(params["plan"]))
    if not book.lines:
        raise Refusal(_("The plan has no line yet."))
    return book


def screens(data: PlanBook) -> tuple[Screen, ...]:
    """What is in the workbook, and what can be done with it."""
    body = (
        _n("{count} line", "{count} lines", len(data.lines)),
        _("Change the first sheet, annual_plan, and send the file back to have it taken."),
        _("The other sheets are the plan by month, for purchase and by kind of training."),
    )
    return (Screen(title=_("Workbook of the plan {year}", year=data.label), body=body),)


def files(data: PlanBook, language: str) -> tuple[MadeFile, ...]:
    """The workbook itself."""
    from bot.reports import plan_sheets  # the writer takes a while to load

    name = data.label.replace("/", "-")
    return (MadeFile(f"plan-{name}.xlsx", XLSX, plan_sheets.write(data, language)),)


PLAN_WORKBOOK = register(
    Report(
        name="plan_workbook",
        title=_("Workbook of the plan"),
        needs=Action.EDIT_PLAN,
        read=read,
        screens=screens,
        files=files,
    )
)
