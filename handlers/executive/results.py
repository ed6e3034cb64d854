"""Results of a course, a trainer, an office or the year: chosen here, made as a report."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import report_choices
from bot.evaluation.levels import ScopeKind
from bot.events import Event
from bot.i18n import Text, Words, _
from bot.people.access_table import Action
from bot.reports.results import RESULTS
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import NO_LONGER, number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import command, press

RESULTS_OF = _("Results of training")
PAGE = 8
KINDS: dict[ScopeKind, Text] = {
    ScopeKind.COURSE: _("By course"),
    ScopeKind.TRAINER: _("By trainer"),
    ScopeKind.UNIT: _("By office"),
}

menu_entry("outcomes", RESULTS_OF, "outcomes", Action.READ_REPORTS, 41, Part.CLASSES)


@command("results", Action.READ_REPORTS, menu=RESULTS_OF)
@press("outcomes", Action.READ_REPORTS)
def choose_kind(_ctx: Ctx, _event: Event) -> Reply:
    """What results are to be about."""
    rows: Rows = [(Button(label, f"outcomesof:{kind}"),) for kind, label in KINDS.items()]
    rows.append((Button(_("The last twelve months"), "outcome:year:0", guarded=True),))
    body = (_("What shall the report be about?"),)
    return Reply(screen=Screen(title=RESULTS_OF, body=body, rows=with_menu(rows)))


@press("outcomesof", Action.READ_REPORTS)
def choose_one(ctx: Ctx, event: Event) -> Reply:
    """The courses, trainers or offices of the last twelve months: `outcomesof:kind:page`."""
    kind = _kind(event)
    if kind not in KINDS:
        raise Refusal(NO_LONGER)
    page = page_of(report_choices.choices(ctx, kind), number_after(event.text, 2) or 0, PAGE)
    rows: Rows = [
        (Button(label, f"outcome:{kind}:{number}", guarded=True),) for number, label in page.shown
    ]
    rows += page.rows(lambda turned: f"outcomesof:{kind}:{turned}")
    rows.append((Button(_("« Results"), "outcomes"),))
    there: Words = (
        _("The report covers the last twelve months.")
        if page.shown
        else _("No class was held in the last twelve months.")
    )
    return Reply(screen=Screen(title=KINDS[kind], body=(there,), rows=tuple(rows)))


@press("outcome", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have a report on results made: `outcome:kind:id`; refuses who may not read it."""
    return ordered(ctx, RESULTS, {"of": _kind(event).value, "id": number_in(event, 2)})


def _kind(event: Event) -> ScopeKind:
    """The kind of scope that a button names."""
    named = event.text.split(":")[1:2]
    if not named or named[0] not in set(ScopeKind):
        raise Refusal(NO_LONGER)
    return ScopeKind(named[0])
