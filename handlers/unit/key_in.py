"""Answers of people without Telegram, keyed in from paper by focal points and the unit."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import keying, prefilling
from bot.events import Event
from bot.i18n import Moment, Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, page_asked, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.paging import Rows, turning
from handlers.common.routes import command, press

KEY_IN = _("Key in answers from paper")

menu_entry("keyin", KEY_IN, "keyin", Action.KEY_IN, 55, Part.FORMS)


@command("keyin", Action.KEY_IN, menu=KEY_IN)
@press("keyin", Action.KEY_IN)
def show_waiting(ctx: Ctx, event: Event) -> Reply:
    """Whose answers can be keyed in: `keyin:page`."""
    number, _search = page_asked(event)
    page = keying.waiting(ctx, number)
    rows: Rows = [
        (
            Button(
                _(
                    "{name}, {number}: {about}",
                    name=card.person,
                    number=card.staff_no,
                    about=card.about,
                ),
                f"keyit:{card.assignment_id}",
            ),
        )
        for card in page.cards
    ]
    rows += turning(page.number, page.pages, lambda turned: f"keyin:{turned}")
    return Reply(screen=Screen(title=KEY_IN, body=_body(ctx, page), rows=with_menu(rows)))


@press("keyit", Action.KEY_IN)
def say_whose(ctx: Ctx, event: Event) -> Reply:
    """Say for whom the form is filled in before it is: `keyit:assignment`."""
    card = keying.card(ctx, number_in(event, 1))
    return Reply(
        screen=Screen(
            title=_("You key in for {name}", name=card.person),
            body=(
                _("Staff number {number}", number=card.staff_no),
                _("{task}: {about}", task=card.title, about=card.about),
                _("It is noted that you keyed the answers in. Copy what stands on the paper."),
            ),
            rows=(
                (Button(_("Begin"), f"keygo:{card.assignment_id}", style=Style.PRIMARY),),
                (Button(_("« Back"), "keyin"),),
            ),
            protect=True,
        )
    )


@press("keygo", Action.KEY_IN)
def begin_keying(ctx: Ctx, event: Event) -> Reply:
    """Open the form for somebody else: `keygo:assignment`."""
    prefilling.begin(ctx, keying.begin(ctx, number_in(event, 1)))
    return ask_form.show(ctx)


def _body(ctx: Ctx, page: keying.KeyInPage) -> tuple[Words, ...]:
    if not page.cards:
        return (
            _("Nobody without Telegram owes an answer that may be keyed in."),
            _("Anonymous questionnaires are never keyed in for others."),
        )
    first = Moment(page.cards[0].closes_at, ctx.actor.zone)
    return (
        _("Choose whose answers you have on paper."),
        _("The first closes {moment}.", moment=first),
    )
