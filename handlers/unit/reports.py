"""Reports for the unit: which class, then the work is queued and its result sent."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import interviews, remarks
from bot.events import Event
from bot.forms import service
from bot.i18n import Labelled, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.reports.reaction import REACTION
from bot.screens import Button, Reply, Screen
from handlers.common import ask_form
from handlers.common.class_screens import class_id
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.report_orders import ordered
from handlers.common.routes import press


@press("rep", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the reaction report of a class made: `rep:class`; refuses before closing."""
    return ordered(ctx, REACTION, {"class": class_id(event)})


@press("remarks", Action.EDIT_CLASSES)
def show_remarks(ctx: Ctx, event: Event) -> Reply:
    """What lead trainers remarked on single trainees: `remarks:class:page`."""
    about = class_id(event)
    found = remarks.of_class(ctx, about)
    lines: list[Words] = [
        _("{name}: {remark}", name=one.trainee, remark=one.words) for one in found
    ]
    if not lines:
        lines = [_("The lead trainer made no remark on a single trainee.")]
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    turn = page.rows(lambda number: f"remarks:{about}:{number}")
    return Reply(
        screen=Screen(
            title=_("Remarks on trainees"),
            body=page.shown,
            rows=(*turn, (Button(_("« Class"), f"class:{about}"),)),
            protect=True,
        )
    )


@press("iview", Action.USE_DESK)
def show_interviews(ctx: Ctx, event: Event) -> Reply:
    """What was recorded in interviews, and the way to record one: `iview:class:page`."""
    about = class_id(event)
    purpose = interviews.purpose(ctx, about)
    found = interviews.of_class(ctx, about)
    if not found:
        service.begin(ctx, interviews.FORM, purpose)
        return ask_form.show(ctx)
    return Reply(screen=_interviews(ctx, about, found, number_after(event.text, 2) or 0))


@press("iviewnew", Action.USE_DESK)
def begin_interview(ctx: Ctx, event: Event) -> Reply:
    """Record another interview: `iviewnew:class`."""
    service.begin(ctx, interviews.FORM, interviews.purpose(ctx, class_id(event)))
    return ask_form.show(ctx)


def _interviews(
    ctx: Ctx, about: int, found: list[tuple[interviews.Said, ...]], number: int
) -> Screen:
    lines: list[Words] = []
    for said in found:
        lines += [""] if lines else []
        lines += [Labelled(one.label, one.answer) for one in said]
    page = page_of_lines(lines, number)
    rows = page.rows(lambda turned: f"iview:{about}:{turned}")
    rows.append((Button(_("Record another one"), f"iviewnew:{about}"),))
    if access.may(ctx, Action.EDIT_CLASSES):
        rows.append((Button(_("« Class"), f"class:{about}"),))
    return Screen(
        title=_("Interviews with the group"), body=page.shown, rows=tuple(rows), protect=True
    )
