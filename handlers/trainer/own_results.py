"""A trainer's own page: scores over classes, observations, and comments that were passed on."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import trainer_pages
from bot.events import Event
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.routes import command, press
from handlers.common.trainer_screens import observation_lines, remark_lines, score_lines

OWN = _("My results as a trainer")
BACK = Button(_("« My results"), "ownscores")

menu_entry("ownscores", OWN, "ownscores", Action.KEEP_CLASS, 21)


@command("scores", Action.KEEP_CLASS, menu=OWN)
@press("ownscores", Action.KEEP_CLASS)
def show_scores(ctx: Ctx, event: Event) -> Reply:
    """How participants rated one's classes: `ownscores:page`."""
    found = trainer_pages.page(ctx, trainer_pages.own_id(ctx))
    page = page_of_lines(list(score_lines(found)), number_after(event.text) or 0)
    rows = page.rows(lambda number: f"ownscores:{number}")
    rows.append((Button(_("What participants wrote"), "ownwords"),))
    rows.append((Button(_("How I was observed"), "ownseen"),))
    report = Button(_("Make the report"), f"outcome:trainer:{found.trainer_id}", guarded=True)
    if found.classes:
        rows.append((report,))
    return Reply(
        screen=Screen(title=OWN, body=page.shown, rows=(*rows, back_to_menu()), protect=True)
    )


@press("ownwords", Action.KEEP_CLASS)
def show_words(ctx: Ctx, event: Event) -> Reply:
    """The comments that the unit has read and passed on: `ownwords:page`."""
    remarks = trainer_pages.remarks(ctx, trainer_pages.own_id(ctx))
    lines: list[Words] = list(remark_lines(remarks))
    if not lines:
        lines = [_("No comment has been passed on yet. The training unit reads them first.")]
    return _lines(_("What participants wrote"), lines, "ownwords", event)


@press("ownseen", Action.KEEP_CLASS)
def show_observations(ctx: Ctx, event: Event) -> Reply:
    """How one was observed in the room: `ownseen:page`."""
    found = trainer_pages.page(ctx, trainer_pages.own_id(ctx))
    return _lines(_("How I was observed"), list(observation_lines(found)), "ownseen", event)


def _lines(title: Words, lines: list[Words], prefix: str, event: Event) -> Reply:
    page = page_of_lines(lines, number_after(event.text) or 0)
    rows = page.rows(lambda number: f"{prefix}:{number}")
    return Reply(screen=Screen(title=title, body=page.shown, rows=(*rows, (BACK,)), protect=True))
