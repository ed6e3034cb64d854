"""Certificates that officers sent: looked at, confirmed as a course or title, or refused."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Moment, Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import evidence, evidence_cards
from bot.training.qualifications.evidence_cards import STATE_WORDS, EvidenceCard, EvidenceLine
from bot.training.qualifications.evidence_records import ConfirmedAs
from handlers.common import ask_form, menu
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

CONFIRM, REFUSE = "confirm_evidence", "refuse_evidence"
PER_PAGE = 8
TITLE = _("Certificates to confirm")


@waiting_counter("evidence", Action.CONFIRM_EVIDENCE, 42)
def count_evidence(ctx: Ctx) -> Waiting:
    """How many certificates nobody has decided about."""
    count = evidence_cards.count_waiting(ctx)
    sentence = _n(
        "{count} certificate waits to be confirmed.",
        "{count} certificates wait to be confirmed.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "evidq"))


@press("evidq", Action.CONFIRM_EVIDENCE)
def show_queue(ctx: Ctx, event: Event) -> Reply:
    """The certificates that wait, oldest first: `evidq:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("evidc", Action.CONFIRM_EVIDENCE)
def act(ctx: Ctx, event: Event) -> Reply:
    """`evidc:id` shows one; `pic`, `yes`, `no` after it send the picture, confirm, refuse."""
    about = number_in(event, 1)
    step = event.text.split(":")[2:3]
    if step == ["pic"]:
        evidence.ask_for_picture(ctx, about)
        return Reply(toast=_("The picture comes as a message."))
    if step == ["yes"]:
        return _begin_confirming(ctx, about)
    if step == ["no"]:
        evidence.require_refusable(ctx, about)
        service.begin(ctx, REFUSE, _purpose(evidence_cards.card(ctx, about)))
        return ask_form.show(ctx)
    return Reply(screen=_one(ctx, evidence_cards.card(ctx, about)))


@service.on_submit(CONFIRM, "course", "title", "completed_on")
def confirm(ctx: Ctx, submission: Submission) -> Text:
    """It counts as the course or title that was named."""
    card = _begun_about(ctx, submission)
    evidence.confirm(ctx, card.id, ConfirmedAs.of(submission.answers, card.title))
    return _("The certificate of {name} counts. They are told.", name=card.person.name)


@service.on_submit(REFUSE, "reason")
def refuse(ctx: Ctx, submission: Submission) -> Text:
    """It does not count, or not after all."""
    card = _begun_about(ctx, submission)
    evidence.refuse(ctx, card.id, str(submission.answers["reason"]))
    return _("The certificate of {name} does not count. They are told.", name=card.person.name)


def _begin_confirming(ctx: Ctx, about: int) -> Reply:
    evidence.require_decidable(ctx, about)
    card = evidence_cards.card(ctx, about)
    answers = {"title": card.title}
    if card.completed_on is not None:
        answers["completed_on"] = card.completed_on.isoformat()
    service.begin(ctx, CONFIRM, _purpose(card), answers)
    return ask_form.show(ctx)


def _purpose(card: EvidenceCard) -> dict[str, int | str]:
    return {"evidence": card.id, "sent_at": card.sent_at.isoformat()}


def _begun_about(ctx: Ctx, submission: Submission) -> EvidenceCard:
    """The certificate that a form was begun about; refuses a later one that has its number, since
    that of one taken back may come again.
    """
    card = evidence_cards.card(ctx, int(submission.purpose["evidence"]))
    if _purpose(card) != submission.purpose:
        raise Refusal(evidence.GONE)
    return card


def _list(ctx: Ctx, number: int) -> Screen:
    page = page_of(evidence_cards.waiting(ctx), number, PER_PAGE)
    rows: Rows = [(Button(_label(line), f"evidc:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"evidq:{turned}")
    words = _("Choose one to see its picture and decide.")
    if not page.shown:
        words = _("No certificate waits to be confirmed.")
    return Screen(title=TITLE, body=(words,), rows=(*rows, menu.back_to_menu()))


def _label(line: EvidenceLine) -> Text:
    return _("{name}: {title}", name=line.name, title=line.title)


def _one(ctx: Ctx, card: EvidenceCard) -> Screen:
    sent = Moment(card.sent_at, ctx.actor.zone)
    body: list[Words] = [
        _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
        _("Sent: {moment}", moment=sent),
    ]
    if card.completed_on is not None:
        body.append(_("Completed on {day}", day=card.completed_on))
    if not card.waits:
        body.append(_("State: {state}", state=STATE_WORDS[card.state]))
    if card.counts_as:
        body.append(_("It counts as {title}, {day}.", title=card.counts_as, day=card.counts_from))
    if card.reason:
        body.append(_("Reason: {reason}", reason=card.reason))
    if card.file is None:
        body.append(_("The picture is kept no longer. Ask the officer to send it again."))
    return Screen(
        title=card.title,
        body=tuple(body),
        rows=(*_choices(ctx, card), (Button(_("« Certificates"), "evidq"),)),
        protect=True,
    )


def _choices(ctx: Ctx, card: EvidenceCard) -> Rows:
    base = f"evidc:{card.id}"
    rows: Rows = []
    if card.file is not None:
        rows.append((Button(_("Show the picture"), f"{base}:pic"),))
    if card.person.id == ctx.actor.person_id:
        return rows
    if card.waits:
        yes = Button(_("It counts"), f"{base}:yes", style=Style.SUCCESS)
        rows.append((yes, Button(_("It does not count"), f"{base}:no", style=Style.DANGER)))
    elif card.counts_as:
        rows.append((Button(_("It does not count after all"), f"{base}:no"),))
    return rows
