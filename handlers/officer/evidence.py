"""A certificate from elsewhere, sent as a picture or file for the training unit to confirm."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training.qualifications import evidence, evidence_cards
from bot.training.qualifications.evidence_cards import STATE_WORDS, EvidenceCard, EvidenceLine
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import file, press, text

FORM = "evidence"
ASKS = "evid"
PER_PAGE = 8
BACK = (Button(_("« My qualifications"), "myq"),)


@press("evid", Action.USE_DESK)
def ask_for_picture(ctx: Ctx, _event: Event) -> Reply:
    """Ask for the picture; refuses where many wait already."""
    evidence.require_room(ctx)
    return Reply(screen=_asking())


@text("evid", Action.USE_DESK)
def ask_again(_ctx: Ctx, _event: Event) -> Reply:
    """Words came where a picture is asked for."""
    return Reply(screen=_asking(_("These words were not kept. First send the picture.")))


@file(Action.USE_DESK, "evid")
def take_picture(ctx: Ctx, event: Event) -> Reply:
    """The picture is here: ask what it shows. What is no picture is asked for again."""
    sent = event.file
    assert sent is not None, "only files come here"
    try:
        blob_id = evidence.receive(ctx, sent.blob_id, sent.name)
    except Refusal as refusal:
        return Reply(screen=_asking(refusal.sentence))
    service.begin(ctx, FORM, {"blob": blob_id, "photo": sent.is_photo})
    return ask_form.show(ctx)


@service.on_submit(FORM, "title", "completed_on")
def send(ctx: Ctx, submission: Submission) -> Text:
    """Put it before the training unit."""
    evidence.send(
        ctx,
        int(submission.purpose["blob"]),
        str(submission.answers["title"]),
        dt.date.fromisoformat(str(submission.answers["completed_on"])),
        is_photo=bool(submission.purpose["photo"]),
    )
    return _("The training unit has your certificate. You are told as soon as it is decided.")


@press("evids", Action.USE_DESK)
def show_sent(ctx: Ctx, event: Event) -> Reply:
    """What was sent and what became of it: `evids:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("evidone", Action.USE_DESK)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """`evidone:id` shows one; `pic` after it sends the picture, `drop` takes it back."""
    about = number_in(event, 1)
    step = event.text.split(":")[2:3]
    if step == ["pic"]:
        evidence.ask_for_picture(ctx, about)
        return Reply(toast=_("The picture comes as a message."))
    if step == ["drop"]:
        evidence.take_back(ctx, about)
        return Reply(screen=_list(ctx, 0, _("You have taken the certificate back.")))
    return Reply(screen=_one(evidence_cards.card(ctx, about)))


def _asking(before: Words = "") -> Screen:
    body: list[Words] = [before] if before else []
    body += [
        _("Send a photo of the certificate here, or the file: .jpg, .png or .pdf."),
        _("Then you are asked for its title and its day."),
        _("The training unit decides whether it counts."),
    ]
    return Screen(
        title=_("A certificate from elsewhere"), body=tuple(body), rows=(BACK,), asks=ASKS
    )


def _list(ctx: Ctx, number: int, before: Words = "") -> Screen:
    found = evidence_cards.mine(ctx)
    page = page_of(found, number, PER_PAGE)
    body: list[Words] = [before] if before else []
    if not found:
        body.append(_("You have sent no certificate yet."))
    rows: Rows = [(Button(_label(line), f"evidone:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"evids:{turned}")
    return Screen(
        title=_("Certificates that you sent"),
        body=tuple(body),
        rows=(*rows, (Button(_("Send a certificate"), "evid"),), BACK),
    )


def _label(line: EvidenceLine) -> Text:
    return _("{title}: {state}", title=line.title, state=STATE_WORDS[line.state])


def _one(card: EvidenceCard) -> Screen:
    body: list[Words] = []
    if card.completed_on is not None:
        body.append(_("Completed on {day}", day=card.completed_on))
    body.append(_("State: {state}", state=STATE_WORDS[card.state]))
    if card.counts_as:
        body.append(_("It counts as {title}, {day}.", title=card.counts_as, day=card.counts_from))
    if card.reason:
        body.append(_("Reason: {reason}", reason=card.reason))
    rows: Rows = []
    if card.file is not None:
        rows.append((Button(_("Show the picture"), f"evidone:{card.id}:pic"),))
    if card.waits:
        rows.append((Button(_("Take it back"), f"evidone:{card.id}:drop", guarded=True),))
    rows.append((Button(_("« Certificates"), "evids"),))
    return Screen(title=card.title, body=tuple(body), rows=tuple(rows))
