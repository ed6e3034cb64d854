"""Deciding about names: a whole list within its seats, or one name after the other."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.people import directory
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import list_cards, nomination_lists, nominations, nominees
from bot.training.list_cards import ListCard, NameCard
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.nominee_screens import PER_PAGE, fact_lines, list_lines, name_label
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

FORM = "nomination_reason"


@press("roundq", Action.EDIT_CLASSES)
def show_list(ctx: Ctx, event: Event) -> Reply:
    """The list of one part: `roundq:quota:page`."""
    card = list_cards.show(ctx, number_in(event, 1))
    return Reply(screen=_list_screen(card, number_after(event.text, 2) or 0))


@press("roundall", Action.EDIT_CLASSES)
def accept_all(ctx: Ctx, event: Event) -> Reply:
    """Accept the names of a list in their order: `roundall:quota`."""
    about = number_in(event, 1)
    taken = nominations.accept_all(ctx, about)
    toast = _n("{count} name is accepted.", "{count} names are accepted.", taken)
    return Reply(screen=_list_screen(list_cards.show(ctx, about), 0), toast=toast)


@press("roundback", Action.EDIT_CLASSES)
def give_back(ctx: Ctx, event: Event) -> Reply:
    """Let others change a list again that was handed in: `roundback:quota`."""
    card = nomination_lists.give_back(ctx, number_in(event, 1))
    return Reply(screen=_list_screen(card, 0), toast=_("The list is open again."))


@press("roundn", Action.EDIT_CLASSES)
def show_name(ctx: Ctx, event: Event) -> Reply:
    """One name and what can be decided about it: `roundn:enrolment`."""
    return Reply(screen=_name_screen(ctx, *nominations.one(ctx, number_in(event, 1))))


@press("roundyes", Action.EDIT_CLASSES)
def accept(ctx: Ctx, event: Event) -> Reply:
    """Accept one name, with a reason where that departs from the list: `roundyes:enrolment`."""
    about = number_in(event, 1)
    if nominations.departs(ctx, about):
        return _ask_why(ctx, about, "accept")
    row = nominations.accept(ctx, about)
    name = directory.name_of(ctx.session, row.person_id)
    _name, card = nominations.one(ctx, about)
    return Reply(screen=_list_screen(card, 0), toast=_("{name} is accepted.", name=name))


@press("roundno", Action.EDIT_CLASSES)
def decline(ctx: Ctx, event: Event) -> Reply:
    """Ask why a name is declined: `roundno:enrolment`."""
    return _ask_why(ctx, number_in(event, 1), "decline")


@press("roundrep", Action.EDIT_CLASSES)
def replace(ctx: Ctx, event: Event) -> Reply:
    """Ask why the first reserve comes in somebody's place: `roundrep:enrolment`."""
    return _ask_why(ctx, number_in(event, 1), "replace")


def _ask_why(ctx: Ctx, about: int, act: str) -> Reply:
    name, _card = nominations.one(ctx, about)
    if not name.is_undecided:
        raise Refusal(nominations.DECIDED)
    service.begin(ctx, FORM, {"enrolment": about, "act": act})
    return ask_form.show(ctx)


def _list_screen(card: ListCard, number: int) -> Screen:
    quota = card.quota.id
    page = page_of((*card.names, *card.reserves), number, PER_PAGE)
    rows: Rows = [
        (Button(name_label(name), f"roundn:{name.enrolment_id}"),) for name in page.shown
    ]
    rows += page.rows(lambda turned: f"roundq:{quota}:{turned}")
    if card.is_open:
        rows += _choices(card)
    rows.append((Button(_("« Nominations"), f"round:{card.round.class_id}"),))
    body = list_lines(card)
    if not page.shown:
        body.append(_("Nobody is on the list yet."))
    return Screen(
        title=_("List of {office}", office=card.quota.unit),
        body=tuple(body),
        rows=tuple(rows),
        protect=True,
    )


def _choices(card: ListCard) -> Rows:
    quota = card.quota
    rows: Rows = []
    if any(name.is_undecided for name in card.names) and quota.accepted < quota.seats:
        label = _("Accept all within the seats")
        rows.append((Button(label, f"roundall:{quota.id}", guarded=True, style=Style.SUCCESS),))
    rows.append((Button(_("Add somebody"), f"nomc:{quota.id}:0"),))
    if quota.is_sent and card.round.is_open:
        rows.append((Button(_("Open the list again"), f"roundback:{quota.id}", guarded=True),))
    return rows


def _name_screen(ctx: Ctx, name: NameCard, card: ListCard) -> Screen:
    about = name.enrolment_id
    rows: Rows = []
    if name.is_undecided and card.is_open:
        yes = Button(_("Accept"), f"roundyes:{about}", guarded=True, style=Style.SUCCESS)
        no = Button(_("Decline"), f"roundno:{about}", style=Style.DANGER)
        rows = [(yes, no)]
        if any(one.is_undecided and one.enrolment_id != about for one in card.reserves):
            rows.append((Button(_("Replace by the first reserve"), f"roundrep:{about}"),))
        rows.append((Button(_("Change the place"), f"nomn:{about}"),))
    rows.append((Button(_("« List"), f"roundq:{name.quota_id}"),))
    facts = nominees.facts(ctx, name.quota_id, name.person_id)
    above: Words = name_label(name)
    return Screen(
        above=above, title=name.name, body=fact_lines(facts), rows=tuple(rows), protect=True
    )
