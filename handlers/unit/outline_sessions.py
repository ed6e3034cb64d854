"""The sessions of a course outline: added one after the other, changed, moved, taken out."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import _, _n
from bot.people.access_table import Action
from bot.planning.outlines import cards, forms, said, sessions
from bot.planning.outlines.states import Act
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PER_PAGE = 8


@press("outls", Action.EDIT_OUTLINES)
def show_sessions(ctx: Ctx, event: Event) -> Reply:
    """The sessions in their order: `outls:outline:page`."""
    return Reply(screen=_list(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("outlsnew", Action.EDIT_OUTLINES)
def begin_session(ctx: Ctx, event: Event) -> Reply:
    """Ask for the next session: `outlsnew:outline`."""
    card = cards.card(ctx, number_in(event, 1))
    if not card.can(Act.WRITE):
        return Reply(toast=_("This outline cannot be changed now."), fresh=True)
    service.begin(ctx, forms.SESSION, {"outline": card.id})
    return ask_form.show(ctx)


@press("outlone", Action.EDIT_OUTLINES)
def show_session(ctx: Ctx, event: Event) -> Reply:
    """One session: `outlone:session`."""
    return Reply(screen=_one(ctx, number_in(event, 1)))


@press("outlsed", Action.EDIT_OUTLINES)
def begin_change(ctx: Ctx, event: Event) -> Reply:
    """Show all of a session at once, each to be changed by its number: `outlsed:session`."""
    about = number_in(event, 1)
    service.begin(ctx, forms.SESSION_EDIT, {"session": about}, sessions.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("outlmv", Action.EDIT_OUTLINES)
def move_session(ctx: Ctx, event: Event) -> Reply:
    """Put it at a place: `outlmv:session:place`."""
    moved = sessions.move(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(
        screen=_one(ctx, moved.id), toast=_("It is number {place} now.", place=moved.place)
    )


@press("outlsdel", Action.EDIT_OUTLINES)
def drop_session(ctx: Ctx, event: Event) -> Reply:
    """Take it out: `outlsdel:session`."""
    outline = sessions.drop(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, outline, 0), toast=_("The session is taken out."))


def _list(ctx: Ctx, outline: int, number: int) -> Screen:
    card = cards.card(ctx, outline)
    page = page_of(card.sessions, number, PER_PAGE)
    body = (
        _n("{count} session, {hours} hours", "{count} sessions, {hours} hours",
           len(card.sessions), hours=card.hours)
        if card.sessions
        else _("There is no session yet.")
    )  # fmt: skip
    rows: Rows = [(Button(said.session(one), f"outlone:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"outls:{outline}:{turned}")
    if card.can(Act.WRITE):
        rows.append((Button(_("Add a session"), f"outlsnew:{outline}", style=Style.PRIMARY),))
    rows.append((Button(_("« The outline"), f"outl:{outline}"),))
    return Screen(title=said.heading(card), body=(body,), rows=tuple(rows))


def _one(ctx: Ctx, about: int) -> Screen:
    one, outline = sessions.card(ctx, about)
    card = cards.card(ctx, outline)
    rows: Rows = []
    if card.can(Act.WRITE):
        if one.place > 1:
            rows.append((Button(_("Earlier"), f"outlmv:{about}:{one.place - 1}"),))
        if one.place < len(card.sessions):
            later = Button(_("Later"), f"outlmv:{about}:{one.place + 1}")
            rows[:1] = [(*rows[0], later)] if rows else [(later,)]
        out = Button(_("Take it out"), f"outlsdel:{about}", guarded=True)
        rows.append((Button(_("Change it"), f"outlsed:{about}"), out))
    rows.append((Button(_("« The sessions"), f"outls:{outline}"),))
    return Screen(title=said.heading(card), body=tuple(said.session_lines(one)), rows=tuple(rows))
