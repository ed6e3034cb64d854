"""Reports for the unit: which class, then the work is queued and its result sent."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import interviews, remarks
from bot.events import Event
from bot.forms import service
from bot.i18n import Lines, Words, _
from bot.people import access
from bot.people.access import Action
from bot.reports import registry
from bot.reports.reaction import REACTION
from bot.screens import Button, Reply, Screen
from bot.work.queue import queue_once
from handlers.common import ask_form
from handlers.common.class_screens import class_id
from handlers.common.routes import press

MOST_SHOWN = 3


@press("rep", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the reaction report of a class made: `rep:class`; refuses before closing."""
    params = {"class": class_id(event)}
    registry.check(ctx, REACTION.name, params)
    queue_once(ctx, "report", {"report": REACTION.name, "params": params})
    return Reply(toast=_("The report is being made. It will come as a message."))


@press("remarks", Action.EDIT_CLASSES)
def show_remarks(ctx: Ctx, event: Event) -> Reply:
    """What lead trainers remarked on single trainees: `remarks:class`."""
    about = class_id(event)
    found = remarks.of_class(ctx, about)
    lines: list[Words] = [
        _("{name}: {remark}", name=one.trainee, remark=one.words) for one in found
    ]
    return Reply(
        screen=Screen(
            title=_("Remarks on trainees"),
            body=tuple(lines) or (_("The lead trainer made no remark on a single trainee."),),
            rows=((Button(_("« Class"), f"class:{about}"),),),
            protect=True,
        )
    )


@press("iview", Action.USE_DESK)
def show_interviews(ctx: Ctx, event: Event) -> Reply:
    """What was recorded in interviews, and the way to record one: `iview:class`."""
    about = class_id(event)
    purpose = interviews.purpose(ctx, about)
    found = interviews.of_class(ctx, about)
    if not found:
        service.begin(ctx, interviews.FORM, purpose)
        return ask_form.show(ctx)
    return Reply(screen=_interviews(ctx, about, found[:MOST_SHOWN]))


@press("iviewnew", Action.USE_DESK)
def begin_interview(ctx: Ctx, event: Event) -> Reply:
    """Record another interview: `iviewnew:class`."""
    service.begin(ctx, interviews.FORM, interviews.purpose(ctx, class_id(event)))
    return ask_form.show(ctx)


def _interviews(ctx: Ctx, about: int, found: list[tuple[interviews.Said, ...]]) -> Screen:
    body = [
        Lines(
            tuple(_("{question}: {answer}", question=one.label, answer=one.answer) for one in said)
        )
        for said in found
    ]
    rows = [(Button(_("Record another one"), f"iviewnew:{about}"),)]
    if access.may(ctx, Action.EDIT_CLASSES):
        rows.append((Button(_("« Class"), f"class:{about}"),))
    return Screen(
        title=_("Interviews with the group"), body=tuple(body), rows=tuple(rows), protect=True
    )
