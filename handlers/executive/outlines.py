"""Executives decide about course outlines: read, approved, returned with what is to be changed."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import _, _n
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning.outlines import cards, deciding, forms, reaching, said
from bot.planning.outlines.states import Act, can
from bot.reports.course_outline import COURSE_OUTLINE
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.outline_screens import reading
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

TITLE = _("Outlines to approve")
PER_PAGE = 8

menu_entry("outlines to approve", _("Course outlines"), "outld", Action.APPROVE_OUTLINE, 49,
           Part.PLAN)  # fmt: skip


@waiting_counter("outlines", Action.APPROVE_OUTLINE, 36)
def count_waiting(ctx: Ctx) -> Waiting:
    """How many outlines wait for a decision."""
    count = len(cards.to_decide(ctx))
    sentence = _n(
        "{count} course outline waits for approval.",
        "{count} course outlines wait for approval.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "outld"))


@press("outld", Action.APPROVE_OUTLINE)
def show_waiting(ctx: Ctx, event: Event) -> Reply:
    """What waits, then what is in force: `outld:page`."""
    found = [*cards.to_decide(ctx), *cards.in_force(ctx)]
    page = page_of(found, number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(said.in_list(line), f"outldec:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"outld:{turned}")
    body = _("Choose an outline.") if page.shown else _("No outline waits, and none is in force.")
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=with_menu(rows)))


@press("outldec", Action.APPROVE_OUTLINE)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """The whole outline: `outldec:id:page`."""
    return Reply(screen=_screen(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("outldok", Action.APPROVE_OUTLINE)
def approve(ctx: Ctx, event: Event) -> Reply:
    """Approve what was read: `outldok:id:moment`."""
    card = deciding.approve(ctx, number_in(event, 1), number_in(event, 2))
    sentence = _("The outline of {code} is approved. Its writer is told.", code=card.code)
    return Reply(screen=Screen(body=(sentence,), rows=((Button(TITLE, "outld"),),)))


@press("outldno", Action.APPROVE_OUTLINE)
def begin_return(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be changed: `outldno:id`."""
    card = deciding.require_decider(ctx, number_in(event, 1))
    service.begin(ctx, forms.RETURN, {"outline": card.id, "read": card.handed_in})
    return ask_form.show(ctx)


@press("outlddoc", Action.APPROVE_OUTLINE)
def make_document(ctx: Ctx, event: Event) -> Reply:
    """Have the document made: `outlddoc:id`."""
    return ordered(ctx, COURSE_OUTLINE, {"outline": number_in(event, 1)})


def _screen(ctx: Ctx, about: int, number: int) -> Screen:
    card = cards.card(ctx, about)
    if card.state not in reaching.FOR_EXECUTIVES:
        raise OutOfReach(Action.APPROVE_OUTLINE, about, reaching.KIND)
    rows: Rows = []
    if can(card.state, Act.DECIDE) and not deciding.is_own(ctx, card):
        moment = f"outldok:{about}:{card.handed_in}"
        yes = Button(_("Approve"), moment, guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Return it"), f"outldno:{about}")))
    rows.append((Button(_("As a document"), f"outlddoc:{about}", guarded=True),))
    rows.append((Button(_("« Course outlines"), "outld"),))
    return reading(ctx, card, number, lambda turned: f"outldec:{about}:{turned}", rows)
