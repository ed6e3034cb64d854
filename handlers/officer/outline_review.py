"""Somebody who knows a subject reviews the outline of a course: read, agreed to, objected to."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.models.planning import Verdict
from bot.people.access_table import Action
from bot.planning.outlines import cards, forms, reaching, reviewing, said
from bot.planning.outlines.states import VERDICT_WORDS, Act, can
from bot.reports.course_outline import COURSE_OUTLINE
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.outline_screens import reading
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

TITLE = _("Outlines to review")
PER_PAGE = 8


@waiting_counter("outline reviews", Action.REVIEW_OUTLINE, 45)
def count_waiting(ctx: Ctx) -> Waiting:
    """How many outlines wait for the actor's review."""
    count = sum(cards.waits(line, verdict) for line, verdict in cards.asked(ctx))
    sentence = _n(
        "{count} course outline waits for your review.",
        "{count} course outlines wait for your review.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "outlr"))


@press("outlr", Action.REVIEW_OUTLINE)
def show_asked(ctx: Ctx, event: Event) -> Reply:
    """What the actor was asked to review, what waits first: `outlr:page`."""
    page = page_of(cards.asked(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_("{outline} ({verdict})", outline=said.in_list(line), verdict=_own(verdict)),
                f"outlrv:{line.id}"),)
        for line, verdict in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"outlr:{turned}")
    body: Words = _("Choose an outline.")
    if not page.shown:
        body = _("Nobody has asked you to review an outline.")
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=with_menu(rows)))


@press("outlrv", Action.REVIEW_OUTLINE)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """The whole outline: `outlrv:id:page`."""
    return Reply(screen=_screen(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("outlrok", Action.REVIEW_OUTLINE)
def agree(ctx: Ctx, event: Event) -> Reply:
    """Agree to what was read, without further words: `outlrok:id:moment`."""
    about, sent = number_in(event, 1), number_in(event, 2)
    card = reviewing.answer(ctx, about, Verdict.AGREED, "", sent)
    toast = _("Thank you. Whoever wrote the outline reads your answer.")
    return Reply(screen=_screen(ctx, card.id, 0), toast=toast)


@press("outlrsay", Action.REVIEW_OUTLINE)
def begin_answer(ctx: Ctx, event: Event) -> Reply:
    """Ask for the answer in words: `outlrsay:id`."""
    about = number_in(event, 1)
    reaching.require_expert(ctx, about)
    row = reaching.row_of(ctx, about)
    reaching.require_stage(row, Act.REVIEW)
    service.begin(ctx, forms.ANSWER, {"outline": about, "sent": cards.read(ctx, row).sent})
    return ask_form.show(ctx)


@press("outlrdoc", Action.REVIEW_OUTLINE)
def make_document(ctx: Ctx, event: Event) -> Reply:
    """Have the document made: `outlrdoc:id`."""
    reaching.require_expert(ctx, number_in(event, 1))
    return ordered(ctx, COURSE_OUTLINE, {"outline": number_in(event, 1)})


def _screen(ctx: Ctx, about: int, number: int) -> Screen:
    reaching.require_expert(ctx, about)
    card = cards.card(ctx, about)
    rows: Rows = []
    if can(card.state, Act.REVIEW):
        moment = f"outlrok:{about}:{card.sent}"
        yes = Button(_("I agree"), moment, guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Answer in words"), f"outlrsay:{about}")))
    rows.append((Button(_("As a document"), f"outlrdoc:{about}", guarded=True),))
    rows.append((Button(_("« Outlines to review"), "outlr"),))
    return reading(ctx, card, number, lambda turned: f"outlrv:{about}:{turned}", rows)


def _own(verdict: Verdict) -> Words:
    return _("waits") if verdict is Verdict.ASKED else VERDICT_WORDS[verdict]
