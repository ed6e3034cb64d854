"""/ask: a question to the training unit, and what became of one's questions."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Moment, Text, Words, _
from bot.people import questions
from bot.people.access_table import Action
from bot.people.questions import QuestionCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.numbers import number_after
from handlers.common.routes import command, press

FORM = "ask_unit"
SENT = _("Your question has been sent to the training unit. The answer comes here.")
STATES: dict[str, Text] = {
    "open": _("waiting"),
    "claimed": _("somebody is working on it"),
    "answered": _("answered"),
    "closed": _("closed"),
}

menu.menu_entry("ask", _("Ask the training unit"), "ask", Action.ASK_UNIT, 80)


@command("ask", Action.ASK_UNIT, menu=_("Ask the training unit"))
def ask(ctx: Ctx, event: Event) -> Reply:
    """`/ask words` sends them at once; without words, what is open and a way to ask."""
    if event.text:
        questions.ask(ctx, event.text)
        return Reply(screen=_mine(ctx, SENT))
    return _open(ctx)


@press("ask", Action.ASK_UNIT)
def press_ask(ctx: Ctx, event: Event) -> Reply:
    """`ask`, `ask:new`, `ask:id`, `ask:id:close`."""
    _ask, *said = event.text.split(":")
    if said == ["new"]:
        return _begin(ctx)
    number = number_after(event.text)
    if number is None:
        return _open(ctx)
    if said[1:] == ["close"]:
        questions.close(ctx, number)
        return Reply(screen=_mine(ctx, _("The question is closed.")))
    return Reply(screen=_one(ctx, questions.get(ctx, number)))


@service.on_submit(FORM, "question")
def send(ctx: Ctx, submission: Submission) -> Text:
    """Take the form's one answer to the unit."""
    questions.ask(ctx, str(submission.answers["question"]))
    return SENT


def _open(ctx: Ctx) -> Reply:
    return Reply(screen=_mine(ctx)) if questions.mine(ctx) else _begin(ctx)


def _begin(ctx: Ctx) -> Reply:
    service.begin(ctx, FORM)
    return ask_form.show(ctx)


def _mine(ctx: Ctx, before: Words = "") -> Screen:
    cards = questions.mine(ctx)
    rows = [
        (
            Button(
                _("{question} ({state})", question=_short(card), state=STATES[card.state]),
                f"ask:{card.id}",
            ),
        )
        for card in cards
    ]
    return Screen(
        title=_("Your questions"),
        body=(before,) if before else (),
        rows=(
            *rows,
            (Button(_("Ask something new"), "ask:new", style=Style.PRIMARY),),
            menu.back_to_menu(),
        ),
    )


def _one(ctx: Ctx, card: QuestionCard) -> Screen:
    body: list[Words] = [
        card.text,
        "",
        _(
            "Asked {moment}, {state}.",
            moment=Moment(card.asked_at, ctx.actor.zone),
            state=STATES[card.state],
        ),
    ]
    if card.answer and card.claimed_by is not None:
        body += ["", _("{name} answers:", name=card.claimed_by.name), card.answer]
    rows = [(Button(_("« Your questions"), "ask"),)]
    if not card.is_closed:
        label = _("I do not need an answer any more") if card.waits else _("That answers it")
        rows.insert(0, (Button(label, f"ask:{card.id}:close", guarded=True),))
    return Screen(title=_("Your question"), body=tuple(body), rows=tuple(rows))


def _short(card: QuestionCard, most: int = 30) -> str:
    words = " ".join(card.text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
