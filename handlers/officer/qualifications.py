"""What an officer holds and is to earn: until when, what is missing, which class comes next."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training.qualifications import holdings, missing
from bot.training.qualifications.holdings import Holding
from bot.training.qualifications.missing import Way
from bot.training.qualifications.validity import Standing
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.qualification_screens import class_rows, state_words, way_lines
from handlers.common.routes import command, press

MINE = _("My qualifications")
PER_PAGE = 8

menu_entry("myqualifications", MINE, "myq", Action.USE_DESK, 17)


@command("qualifications", Action.USE_DESK, menu=MINE)
@press("myq", Action.USE_DESK)
def show_mine(ctx: Ctx, event: Event) -> Reply:
    """What the actor holds and is to earn, what waits first: `myq:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("myq1", Action.USE_DESK)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """One qualification and the way to it: `myq1:curriculum`; the list where there is none."""
    try:
        return Reply(screen=_one(ctx, number_in(event, 1)))
    except Refusal as refusal:
        return Reply(screen=_list(ctx, 0, refusal.sentence))


def _list(ctx: Ctx, number: int, before: Words = "") -> Screen:
    assert ctx.actor.person_id is not None
    found = holdings.of_person(ctx, ctx.actor.person_id).lines
    page = page_of(found, number, PER_PAGE)
    body: list[Words] = [_("• {title}: {state}", title=one.title, state=state_words(one))
                         for one in page.shown]  # fmt: skip
    waiting = sum(one.waits for one in found)
    if waiting:
        body.insert(0, _n("{count} needs you.", "{count} need you.", waiting))
    if before:
        body.insert(0, before)
    if not found:
        body.append(_("You hold no qualification, and none is required of you."))
    rows: Rows = [(Button(_label(one), f"myq1:{one.curriculum_id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"myq:{turned}")
    certificates = (Button(_("Certificates from elsewhere"), "evids"),)
    return Screen(title=MINE, body=tuple(body), rows=(*rows, certificates, back_to_menu()))


def _label(one: Holding) -> Text:
    return _("{code} {title}", code=one.code, title=one.title)


def _one(ctx: Ctx, curriculum_id: int) -> Screen:
    assert ctx.actor.person_id is not None
    way = missing.of_person(ctx, ctx.actor.person_id, curriculum_id)
    return Screen(
        title=way.holding.title,
        body=tuple(way_lines(way, own=True)),
        rows=(*class_rows(way), *_more_time(way), (Button(_("« My qualifications"), "myq"),)),
    )


def _more_time(way: Way) -> Rows:
    """Asking the supervisor, once something can be renewed and is not."""
    held = way.holding
    if held.standing in (None, Standing.HOLDS):
        return []
    return [(Button(_("Ask for more time"), f"qmore:{held.qualification_id}"),)]
