"""/myclasses: one's own trainings, those to come, those waiting, those that are over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.reports.own_trainings import OWN_TRAININGS
from bot.screens import Button, Reply, Screen
from bot.training import own_classes
from bot.training.enrolments import STATE_WORDS
from bot.training.own_classes import Mine, OwnClass
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import command, press

MINE = _("My classes")
PAGE = 8

menu_entry("myown", MINE, "my", Action.USE_DESK, 16)


@command("myclasses", Action.USE_DESK, menu=MINE)
@press("my", Action.USE_DESK)
def show_mine(ctx: Ctx, event: Event) -> Reply:
    """What comes and what waits; `my:past:page` what is over."""
    if event.text.startswith("my:past"):
        return Reply(screen=_past(own_classes.mine(ctx).past, number_after(event.text, 2) or 0))
    return Reply(screen=_coming(ctx, own_classes.mine(ctx)))


@press("myfile", Action.USE_DESK)
def send_history(ctx: Ctx, _event: Event) -> Reply:
    """Have one's own trainings made as a workbook."""
    toast = _("The workbook is being made. It will come as a message.")
    return ordered(ctx, OWN_TRAININGS, {}, toast)


def _coming(ctx: Ctx, mine: Mine) -> Screen:
    body: list[Words] = []
    rows: Rows = []
    for heading, classes in (
        (_("To come:"), mine.coming),
        (_("Not decided, or waiting for a seat:"), mine.waiting),
    ):
        if classes:
            body += [*([""] if body else []), heading, *map(_line, classes)]
            rows += [(Button(_label(one), f"c:{one.class_id}"),) for one in classes[:PAGE]]
    if not body:
        body.append(_("You are in no class that is still to come."))
    if mine.past:
        rows.append((Button(_("What is over"), "my:past:0"),))
        rows.append((Button(_("All of it as a workbook"), "myfile"),))
    if access.may(ctx, Action.KEEP_CLASS):
        rows.append((Button(_("My classes as a trainer"), "myclasses"),))
    rows.append((Button(_("Find a class"), "co"),))
    return Screen(title=MINE, body=tuple(body), rows=(*rows, back_to_menu()))


def _past(classes: Sequence[OwnClass], number: int) -> Screen:
    page = page_of(classes, number, PAGE)
    rows = [(Button(_label(one), f"why:{one.enrolment_id}"),) for one in page.shown]
    return Screen(
        title=_("What is over"),
        body=tuple(map(_line, page.shown)) or (_("Nothing is over yet."),),
        rows=(
            *rows,
            *page.rows(lambda turned: f"my:past:{turned}"),
            (Button(_("« My classes"), "my"),),
        ),
    )


def _line(one: OwnClass) -> Text:
    if one.starts_on is None:
        return _("• {course}: {state}", course=one.title, state=STATE_WORDS[one.state])
    return _(
        "• {day}: {course}, {state}",
        day=one.starts_on,
        course=one.title,
        state=STATE_WORDS[one.state],
    )


def _label(one: OwnClass) -> Text:
    return _("{code} {course}", code=one.code, course=one.title)
