"""Naming people for a class: the list of one part, its ranks and reserves, handing it in."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import list_cards, nomination_lists, nominees, rounds
from bot.training.list_cards import ListCard, NameCard
from bot.training.round_cards import RoundCard
from handlers.common import menu
from handlers.common.class_screens import number_in
from handlers.common.nominee_screens import PER_PAGE, fact_lines, list_lines, name_label
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import command, press

NOMINATIONS = _("Nominations")

menu.menu_entry("nominations", NOMINATIONS, "noms", Action.NOMINATE, 41, menu.Part.CLASSES)


@command("nominations", Action.NOMINATE, menu=_("Nominations: name people for classes"))
@press("noms", Action.NOMINATE)
def show_rounds(ctx: Ctx, event: Event) -> Reply:
    """The rounds that go on: `noms:page`."""
    is_unit = access.may(ctx, Action.EDIT_CLASSES)
    buttons = [
        button
        for card in rounds.within_reach(ctx)
        for button in ([_round_button(card)] if is_unit else _list_buttons(card))
    ]
    page = page_of(buttons, number_after(event.text) or 0, PER_PAGE)
    words = _("No names are asked for at the moment.")
    if buttons:
        words = _("Names are asked for. Choose a class.")
    rows: Rows = [(button,) for button in page.shown]
    rows += page.rows(lambda turned: f"noms:{turned}")
    screen = Screen(title=NOMINATIONS, body=(words,), rows=(*rows, menu.back_to_menu()))
    return Reply(screen=screen)


@press("nom", Action.NOMINATE)
def show_list(ctx: Ctx, event: Event) -> Reply:
    """One list: `nom:quota:page`."""
    card = list_cards.show(ctx, number_in(event, 1))
    return Reply(screen=list_screen(card, number_after(event.text, 2) or 0))


@press("nomn", Action.NOMINATE)
def show_name(ctx: Ctx, event: Event) -> Reply:
    """Somebody on the list: `nomn:enrolment`."""
    return Reply(screen=_name_screen(ctx, number_in(event, 1)))


@press("nomr", Action.NOMINATE)
def set_rank(ctx: Ctx, event: Event) -> Reply:
    """Give a name this place: `nomr:enrolment:place`."""
    card = nomination_lists.rank(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=list_screen(card, 0))


@press("nomv", Action.NOMINATE)
def set_reserve(ctx: Ctx, event: Event) -> Reply:
    """Make a name a reserve, `nomv:enrolment:1`, or give it a seat, `:0`."""
    reserve = number_in(event, 2) == 1
    card = nomination_lists.set_reserve(ctx, number_in(event, 1), reserve=reserve)
    return Reply(screen=list_screen(card, 0))


@press("nomx", Action.NOMINATE)
def strike(ctx: Ctx, event: Event) -> Reply:
    """Take a name off the list: `nomx:enrolment`."""
    name, _card = list_cards.one(ctx, number_in(event, 1))
    card = nomination_lists.strike(ctx, name.enrolment_id)
    toast = _("{name} is off the list.", name=name.name)
    return Reply(screen=list_screen(card, 0), toast=toast)


@press("nomh", Action.NOMINATE)
def preview(ctx: Ctx, event: Event) -> Reply:
    """What handing in would mean: `nomh:quota`."""
    card = nomination_lists.to_hand_in(ctx, number_in(event, 1))
    unused = max(0, card.quota.seats - card.quota.named)
    body: list[Words] = [
        *list_lines(card),
        "",
        *(name_label(name) for name in (*card.names, *card.reserves)),
        "",
        _("The people on it and their supervisors are told. The training unit decides."),
        _("After that only the training unit can change the list."),
    ]
    if unused:
        body.append(
            _n(
                "{count} seat is not used and goes back to the training unit.",
                "{count} seats are not used and go back to the training unit.",
                unused,
            )
        )
    quota = card.quota.id
    yes = Button(_("Hand in"), f"nomgo:{quota}", guarded=True, style=Style.PRIMARY)
    screen = Screen(
        title=_("Hand in the list of {office}?", office=card.quota.unit),
        body=tuple(body),
        rows=((yes,), (Button(_("« List"), f"nom:{quota}"),)),
        protect=True,
    )
    return Reply(screen=screen)


@press("nomgo", Action.NOMINATE)
def hand_in(ctx: Ctx, event: Event) -> Reply:
    """Hand the list in: `nomgo:quota`."""
    card = nomination_lists.hand_in(ctx, number_in(event, 1))
    return Reply(screen=list_screen(card, 0), toast=_("The list is handed in."))


def _round_button(card: RoundCard) -> Button:
    label = _("{code} {course}, until {day}", code=card.code, course=card.title, day=card.deadline)
    return Button(label, f"round:{card.class_id}")


def _list_buttons(card: RoundCard) -> list[Button]:
    return [
        Button(
            _(
                "{office}: {code}, {named} of {seats}, until {day}",
                office=quota.unit,
                code=card.code,
                named=quota.named,
                seats=quota.seats,
                day=card.deadline,
            ),
            f"nom:{quota.id}",
        )
        for quota in card.quotas
    ]


def list_screen(card: ListCard, number: int) -> Screen:
    """A page of a list, and what may be done with it."""
    quota = card.quota.id
    page = page_of((*card.names, *card.reserves), number, PER_PAGE)
    rows: Rows = [(Button(name_label(name), f"nomn:{name.enrolment_id}"),) for name in page.shown]
    rows += page.rows(lambda turned: f"nom:{quota}:{turned}")
    body = list_lines(card)
    if card.is_open:
        rows.append((Button(_("Add somebody"), f"nomc:{quota}:0", style=Style.PRIMARY),))
        if not page.shown:
            body.append(_("Nobody is on the list yet."))
    if card.is_open and card.is_whole and not card.quota.is_sent:
        rows.append((Button(_("Hand in the list"), f"nomh:{quota}"),))
    rows.append((Button(_("« Nominations"), "noms"),))
    return Screen(
        title=_("List of {office}", office=card.quota.unit),
        body=tuple(body),
        rows=tuple(rows),
        protect=True,
    )


def _name_screen(ctx: Ctx, enrolment_id: int) -> Screen:
    name, card = list_cards.one(ctx, enrolment_id)
    facts = nominees.facts(ctx, name.quota_id, name.person_id)
    rows: Rows = []
    if card.is_open and name.is_undecided:
        rows = _name_buttons(name, card)
    rows.append((Button(_("« List"), f"nom:{name.quota_id}"),))
    return Screen(
        above=name_label(name),
        title=name.name,
        body=fact_lines(facts),
        rows=tuple(rows),
        protect=True,
    )


def _name_buttons(name: NameCard, card: ListCard) -> Rows:
    about, rank = name.enrolment_id, name.rank
    off = (Button(_("Take off the list"), f"nomx:{about}", guarded=True),)
    if not card.is_whole:
        return [off]
    moves = []
    if rank > 1:
        moves.append(Button(_("One place up"), f"nomr:{about}:{rank - 1}"))
    if rank < len(card.reserves if name.reserve else card.names):
        moves.append(Button(_("One place down"), f"nomr:{about}:{rank + 1}"))
    label = _("Give a seat") if name.reserve else _("Make a reserve")
    change = (Button(label, f"nomv:{about}:{0 if name.reserve else 1}"),)
    return [tuple(moves), change, off] if moves else [change, off]
