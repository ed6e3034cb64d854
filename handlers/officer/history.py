"""Why an enrolment stands as it does: every step, told to the officer, deciders and keepers."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import history
from bot.training.history import Story
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.routes import press


@press("why", Action.USE_DESK)
def show_story(ctx: Ctx, event: Event) -> Reply:
    """How an enrolment came about: `why:enrolment:page`."""
    found = history.story(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, found, number_after(event.text, 2) or 0))


def _screen(ctx: Ctx, story: Story, number: int) -> Screen:
    page = page_of_lines(history.lines(ctx, story), number)
    turn = page.rows(lambda turned: f"why:{story.enrolment_id}:{turned}")
    is_own = story.person_id == ctx.actor.person_id
    back = (Button(_("« Class {code}", code=story.code), f"c:{story.class_id}"),)
    return Screen(
        title=_("How it came about"),
        body=page.shown,
        rows=(*turn, back if is_own else back_to_menu()),
        protect=True,
    )
