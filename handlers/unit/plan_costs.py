"""What a line of the plan costs, item by item."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.planning import costs, lines, plans
from bot.planning.costs import KIND_WORDS, CostItem
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.unit import plan_words

PAGE = 8


@press("pcosts", Action.EDIT_PLAN)
def show_costs(ctx: Ctx, event: Event) -> Reply:
    """The items of a line: `pcosts:line:page`."""
    return Reply(screen=_screen(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("pcostnew", Action.EDIT_PLAN)
def begin_cost(ctx: Ctx, event: Event) -> Reply:
    """Ask for one more item: `pcostnew:line`."""
    line, _plan = lines.editable(ctx, number_in(event, 1))
    service.begin(ctx, "plan_cost", {"line_id": line.id})
    return ask_form.show(ctx)


@press("pcostdel", Action.EDIT_PLAN)
def remove_cost(ctx: Ctx, event: Event) -> Reply:
    """Take an item away: `pcostdel:item`."""
    line_id = costs.remove(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, line_id, 0), toast=_("The item is taken away."))


def _screen(ctx: Ctx, line_id: int, number: int) -> Screen:
    found = costs.of_line(ctx, line_id)
    line, card = lines.card(ctx, line_id), plans.card(ctx, lines.row(ctx, line_id).plan_id)
    page = page_of(found, number, PAGE)
    body: list[Words] = [_item(one, card.money) for one in page.shown]
    if found:
        total = sum(one.cost for one in found)
        body += ["", _("Together: {total}", total=plan_words.amount(total, card.money))]
    else:
        body.append(_("Nothing has been entered yet."))
    rows: Rows = []
    if card.is_editable:
        rows += [
            (Button(_("Take away: {item}", item=one.item), f"pcostdel:{one.id}", guarded=True),)
            for one in page.shown
        ]
        new = Button(_("One more item"), f"pcostnew:{line_id}", style=Style.PRIMARY)
        rows.append((new,))
    rows += page.rows(lambda turned: f"pcosts:{line_id}:{turned}")
    rows.append((Button(_("« The line"), f"pline:{line_id}"),))
    title = _("What {code} {title} costs", code=line.code, title=line.title)
    return Screen(title=title, body=tuple(body), rows=tuple(rows))


def _item(one: CostItem, money: str) -> Words:
    return _(
        "{kind}: {item}, {quantity} × {price} = {cost}",
        kind=KIND_WORDS[one.kind],
        item=one.item,
        quantity=one.quantity,
        price=one.price,
        cost=plan_words.amount(one.cost, money),
    )
