"""Requests for training: decided one by one or as a stack, and taken back within ten seconds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import approval_cards, approvals, deciding, request_words
from bot.training.approval_cards import RequestCard, RequestLine
from handlers.common import closing, menu
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import command, press
from handlers.common.waiting import Waiting, waiting_counter
from handlers.supervisor import decision_forms

PER_PAGE = 8
MOST_AT_ONCE = 20
"""How many requests are named on one screen, and so decided by one press."""

menu.menu_entry("approvals", _("Requests to decide"), "apps", Action.DECIDE, 58)


@waiting_counter("approvals", Action.DECIDE, 25)
def count_requests(ctx: Ctx) -> Waiting:
    """How many requests wait for the actor."""
    count = approvals.count(ctx, approvals.waiting(ctx))
    sentence = _n(
        "{count} request waits for your decision.",
        "{count} requests wait for your decision.",
        count,
    )
    return Waiting(sentence, Button(_("Requests to decide"), "apps"))


@closing.offer(15)
def offer_undo(ctx: Ctx) -> Button | None:
    """After a form that decided something: taking it back, as long as that is possible."""
    latest = approvals.undoable(ctx)
    return _undo(latest) if latest is not None else None


@command("approvals", Action.DECIDE, menu=_("Requests that wait for your decision"))
@press("apps", Action.DECIDE)
def show_requests(ctx: Ctx, event: Event) -> Reply:
    """The requests that wait, oldest first: `apps:page`."""
    return Reply(screen=_list(ctx, number=number_after(event.text) or 0))


@press("ap", Action.DECIDE)
def act(ctx: Ctx, event: Event) -> Reply:
    """`ap:id` shows one; `yes`, `no`, `ask`, `past` after it decide, ask back, show the past."""
    request = number_in(event, 1)
    step = event.text.split(":")[2:3]
    if step == ["yes"]:
        return Reply(screen=_approved(ctx, deciding.approve(ctx, request)))
    if step == ["no"]:
        return decision_forms.begin_declining(ctx, request)
    if step == ["ask"]:
        return decision_forms.begin_asking(ctx, request)
    if step == ["past"]:
        return Reply(screen=_past(ctx, request, number_after(event.text, 3) or 0))
    return Reply(screen=_one(ctx, request))


@press("apall", Action.DECIDE)
def approve_all(ctx: Ctx, event: Event) -> Reply:
    """`apall` names what would be approved and asks, `apall:id` approves what was named."""
    last = number_after(event.text)
    if last is None:
        return Reply(screen=_stack(ctx))
    decided = approvals.decide_all(ctx, last)
    count = len(decided)
    rows = ((_undo(decided[0].id or 0),), *_ways_on(ctx))
    sentence = _n("{count} request is approved.", "{count} requests are approved.", count)
    return Reply(screen=Screen(body=(sentence, _takes_effect()), rows=rows))


@press("apundo", Action.DECIDE)
def undo(ctx: Ctx, event: Event) -> Reply:
    """Take back a decision, with all that was decided by the same press: `apundo:id`."""
    undone = approvals.undo_all(ctx, number_in(event, 1))
    if len(undone) > 1:
        words = _n("{count} decision is taken back.", "{count} decisions are taken back.",
                   len(undone))  # fmt: skip
        return Reply(screen=_list(ctx, words))
    return Reply(screen=_one(ctx, undone[0].id or 0, _("The decision is taken back.")))


def _list(ctx: Ctx, before: Words = "", number: int = 0) -> Screen:
    found = approval_cards.waiting(ctx)
    page = page_of(found, number, PER_PAGE)
    rows: Rows = [(Button(request_words.in_list(line), f"ap:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"apps:{turned}")
    if len(_places(found)) > 1:
        rows.append((Button(_("Approve all together"), "apall"),))
    rows.append((Button(_("Ordered training"), "apord"), Button(_("Who stands in"), "dep")))
    elsewhere = approvals.count(ctx, approvals.with_others(ctx))
    if elsewhere:
        label = _n("{count} with others", "{count} with others", elsewhere)
        rows.append((Button(label, "apothers"),))
    return Screen(
        above=before,
        title=_("Requests to decide"),
        body=(_how_many(len(found)),),
        rows=(*rows, menu.back_to_menu()),
    )


def _how_many(count: int) -> Text:
    if not count:
        return _("No request waits for you.")
    return _n("{count} request waits for you.", "{count} requests wait for you.", count)


def _places(found: Sequence[RequestLine]) -> list[RequestLine]:
    """What can be approved together: requests for a place, in the order in which they came."""
    return sorted((line for line in found if not line.is_postponement), key=lambda one: one.id)


def _stack(ctx: Ctx) -> Screen:
    together = _places(approval_cards.waiting(ctx))[:MOST_AT_ONCE]
    back = (Button(_("« One by one"), "apps"),)
    if not together:
        return Screen(body=(_how_many(0),), rows=(back,))
    count = len(together)
    label = _n("Approve {count}", "Approve all {count}", count)
    yes = Button(label, f"apall:{together[-1].id}", guarded=True, style=Style.SUCCESS)
    return Screen(
        title=_n("Approve this {count} request?", "Approve these {count} requests?", count),
        body=tuple(request_words.in_list(line) for line in together),
        rows=((yes,), back),
        protect=True,
    )


def _one(ctx: Ctx, request: int, before: Words = "") -> Screen:
    card = approval_cards.card(ctx, request)
    back = (Button(_("« Requests"), "apps"),)
    if not card.is_open:
        return Screen(
            above=before,
            title=request_words.title(card),
            body=(approvals.DECIDED_ALREADY,),
            rows=(back,),
        )
    return Screen(
        above=before,
        title=request_words.title(card),
        body=(*request_words.facts(card), *_waits_for(card)),
        rows=(*_choices(card), back),
        protect=True,
    )


def _waits_for(card: RequestCard) -> tuple[Words, ...]:
    return () if card.is_own else ("", _("It waits for {name}.", name=card.with_whom))


def _choices(card: RequestCard) -> Rows:
    base = f"ap:{card.id}"
    rows: Rows = []
    if card.is_own:
        yes, no = _("Approve"), _("Decline")
        if card.is_postponement:
            yes, no = _("Put it off"), _("Leave it as ordered")
        rows.append(
            (
                Button(yes, f"{base}:yes", guarded=True, style=Style.SUCCESS),
                Button(no, f"{base}:no", style=Style.DANGER),
            )
        )
    elif card.may_overrule:
        rows.append((Button(_("Decide from a letter"), f"apletter:{card.id}"),))
    if not card.is_postponement:
        past = Button(_("Earlier trainings"), f"{base}:past")
        ask = (Button(_("Ask the officer"), f"{base}:ask"),) if card.is_own else ()
        rows.append((*ask, past))
    return rows


def _past(ctx: Ctx, request: int, number: int) -> Screen:
    person, trainings = approval_cards.history(ctx, request)
    page = page_of(trainings, number, PER_PAGE)
    lines = [request_words.taken(one) for one in page.shown] or [
        _("No earlier training is known.")
    ]
    return Screen(
        title=_("Earlier trainings of {name}", name=person.name),
        body=tuple(lines),
        rows=(
            *page.rows(lambda turned: f"ap:{request}:past:{turned}"),
            (Button(_("« The request"), f"ap:{request}"),),
        ),
        protect=True,
    )


def _approved(ctx: Ctx, line: RequestLine) -> Screen:
    request = request_words.in_list(line)
    sentence = _("Approved: {request}", request=request)
    if line.is_postponement:
        sentence = _("Granted: {request}", request=request)
    return Screen(body=(sentence, _takes_effect()), rows=((_undo(line.id),), *_ways_on(ctx)))


def _takes_effect() -> Text:
    return _("It takes effect in {count} seconds.", count=approvals.UNDO_SECONDS)


def _undo(approval_id: int) -> Button:
    label = _("Undo ({count} seconds)", count=approvals.UNDO_SECONDS)
    return Button(label, f"apundo:{approval_id}", guarded=True)


def _ways_on(ctx: Ctx) -> Rows:
    left = approvals.count(ctx, approvals.waiting(ctx))
    more = _n("{count} more request", "{count} more requests", left)
    return [(Button(more, "apps"),), menu.back_to_menu()] if left else [menu.back_to_menu()]
