"""An officer's own check sheets: how the levels have changed from round to round."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.check_sheets import progress
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
from bot.reports.check_sheet import CHECK_SHEET
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.progress_screens import progress_screen
from handlers.common.report_orders import ordered
from handlers.common.routes import press


@press("chk", Action.USE_DESK)
def show_own(ctx: Ctx, _event: Event) -> Reply:
    """The actor's own progress, or why there is none."""
    assert ctx.actor.person_id is not None
    back = (Button(_("« Learning on the job"), "job"),)
    try:
        found = progress.of_person(ctx, ctx.actor.person_id)
    except Refusal as refusal:
        title = _("My check sheets")
        return Reply(screen=Screen(title=title, body=(refusal.sentence,), rows=(back,)))
    return Reply(screen=progress_screen(found, (), back))


@press("chkrep", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the progress of somebody drawn: `chkrep:person`."""
    return ordered(ctx, CHECK_SHEET, {"person": number_in(event, 1)})
