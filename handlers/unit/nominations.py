"""A nomination round on the unit's phone: seats for parts, the call, the workbook, the end."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.reports.nominations import NOMINATIONS, quota_line
from bot.screens import Button, Reply, Screen, Style
from bot.training import calls, catalogue, class_reach, quotas, rounds
from bot.training.quota_shares import Share
from bot.training.round_cards import RoundCard
from handlers.common import ask_form, closing
from handlers.common.class_screens import class_id
from handlers.common.nominee_screens import PER_PAGE, by_gender, deadline
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import COMING, order
from handlers.common.routes import press


@press("round", Action.EDIT_CLASSES)
def show_round(ctx: Ctx, event: Event) -> Reply:
    """The nomination round of a class: `round:class:page`."""
    held = class_id(event)
    card = rounds.of_class(ctx, held)
    if card is None:
        return Reply(screen=_no_round(ctx, held))
    return Reply(screen=_round_screen(ctx, card, number_after(event.text, 2) or 0))


@press("roundnew", Action.EDIT_CLASSES)
def begin_round(ctx: Ctx, event: Event) -> Reply:
    """Ask for deadline and order number: `roundnew:class`; of a round there is, to change them."""
    held = class_id(event)
    service.begin(ctx, "nomination_round", {"class_id": held}, rounds.as_typed(ctx, held))
    return ask_form.show(ctx)


@press("roundset", Action.EDIT_CLASSES)
def begin_quota(ctx: Ctx, event: Event) -> Reply:
    """Ask which part may fill how many seats: `roundset:class`."""
    held = class_id(event)
    rounds.held_round(ctx, held)
    service.begin(ctx, "nomination_quota", {"class_id": held})
    return ask_form.show(ctx)


@press("roundshare", Action.EDIT_CLASSES)
def share(ctx: Ctx, event: Event) -> Reply:
    """Give out all seats: `roundshare:class:equally` or `:headcount`."""
    how = event.text.split(":")[-1]
    if how not in set(Share):
        raise Refusal(_("Choose one of the ways shown."))
    card = quotas.share(ctx, class_id(event), Share(how))
    return Reply(screen=_round_screen(ctx, card, 0), toast=_("The seats are shared out."))


@press("roundcall", Action.EDIT_CLASSES)
def call(ctx: Ctx, event: Event) -> Reply:
    """Tell those who name people: `roundcall:class`."""
    held = class_id(event)
    told = calls.call(ctx, held)
    toast = _n("{count} person is told.", "{count} people are told.", told)
    return Reply(screen=_round_screen(ctx, _require(ctx, held), 0), toast=toast)


@press("roundxl", Action.EDIT_CLASSES)
def make_workbook(ctx: Ctx, event: Event) -> Reply:
    """Have all lists made a workbook: `roundxl:class`."""
    held = class_id(event)
    order(ctx, NOMINATIONS, {"class": held})
    return Reply(screen=_round_screen(ctx, _require(ctx, held), 0), toast=COMING)


@press("roundend", Action.EDIT_CLASSES)
def settle(ctx: Ctx, event: Event) -> Reply:
    """Close the round: `roundend:class`."""
    card = rounds.settle(ctx, class_id(event))
    return Reply(screen=_round_screen(ctx, card, 0), toast=_("The round is closed."))


@press("roundorder", Action.EDIT_CLASSES)
def begin_order(ctx: Ctx, event: Event) -> Reply:
    """Ask who has to attend: `roundorder:class`."""
    held = class_reach.require_editor(ctx, class_id(event))
    service.begin(ctx, "order_people", {"class_id": held.id})
    return ask_form.show(ctx)


@closing.offer(18)
def offer_round(ctx: Ctx) -> Button | None:
    """The way back to the round that a form has just been about."""
    changed = rounds.just_changed(ctx)
    if changed is None:
        return None
    return Button(_("Nominations"), f"round:{changed}", style=Style.PRIMARY)


def _require(ctx: Ctx, held: int) -> RoundCard:
    card = rounds.of_class(ctx, held)
    if card is None:
        raise Refusal(rounds.NO_ROUND)
    return card


def _no_round(ctx: Ctx, held: int) -> Screen:
    card = catalogue.card(ctx, held)
    new = Button(_("Call for names"), f"roundnew:{held}", style=Style.PRIMARY)
    return Screen(
        title=_("Nominations for class {code}", code=card.code),
        body=(_("No names are asked for yet."),),
        rows=((new,), (Button(_("« Class {code}", code=card.code), f"class:{held}"),)),
    )


def _round_screen(ctx: Ctx, card: RoundCard, number: int) -> Screen:
    page = page_of(card.quotas, number, PER_PAGE)
    body: list[Words] = [card.about, deadline(card)]
    body.append(
        _n(
            "{count} seat, {left} not given to any office",
            "{count} seats, {left} not given to any office",
            card.seats,
            left=card.left,
        )
    )
    body += [quota_line(quota) for quota in page.shown]
    if card.genders:
        body.append(by_gender(card.genders))
    rows: Rows = [
        (Button(_("List of {office}", office=quota.unit), f"roundq:{quota.id}"),)
        for quota in page.shown
    ]
    rows += page.rows(lambda turned: f"round:{card.class_id}:{turned}")
    rows += _choices(ctx, card)
    rows.append((Button(_("« Class {code}", code=card.code), f"class:{card.class_id}"),))
    title = _("Nominations for class {code}", code=card.code)
    return Screen(title=title, body=tuple(body), rows=tuple(rows))


def _choices(ctx: Ctx, card: RoundCard) -> Rows:
    held = card.class_id
    change = Button(_("Deadline and order"), f"roundnew:{held}")
    file = Button(_("As a workbook"), f"roundxl:{held}")
    if card.is_settled:
        return [(change, file)]
    rows: Rows = []
    waiting = calls.uncalled(ctx, held) if card.quotas else 0
    if waiting:
        label = _n("Send the call: {count} person", "Send the call: {count} people", waiting)
        rows.append((Button(label, f"roundcall:{held}", guarded=True, style=Style.PRIMARY),))
    rows.append((Button(_("Seats of an office"), f"roundset:{held}"), change))
    if not any(quota.named or quota.reserves for quota in card.quotas):
        rows.append(
            (
                Button(_("Share equally"), f"roundshare:{held}:equally", guarded=True),
                Button(_("Share by staff"), f"roundshare:{held}:headcount", guarded=True),
            )
        )
    if any(quota.named > quota.accepted for quota in card.quotas):
        return [*rows, (file,)]
    return [*rows, (file, Button(_("Close the round"), f"roundend:{held}", guarded=True))]
