"""The page of one message to many: a draft with what it lacks, or how far it has come."""

from __future__ import annotations

from typing import TypeAlias

from bot.campaigns.broadcasts import lacking, reporting, spoken
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.i18n import Text, Words, _, _n
from bot.models.broadcasts import BroadcastState, RecipientState
from bot.screens import Button, Screen, Style
from handlers.common import broadcast_words
from handlers.common.broadcast_words import KINDS, STATES
from handlers.common.paging import Rows, page_of_lines
from handlers.unit import broadcast_audience

Page: TypeAlias = tuple[list[Words], Rows]
BACK = (Button(_("« Messages"), "bcs"),)
STEPS: tuple[tuple[Act, Text, str, Style], ...] = (
    (Act.RESUME, _("Go on sending"), "bcgoon", Style.SUCCESS),
    (Act.PAUSE, _("Pause"), "bcpause", Style.PRIMARY),
    (Act.TAKE_BACK, _("Make it a draft again"), "bcundo", Style.PLAIN),
    (Act.STOP, _("Stop"), "bcstop", Style.DANGER),
    (Act.CORRECT, _("Correct the words"), "bcfix", Style.PLAIN),
    (Act.RECALL, _("Withdraw the message"), "bcrecall", Style.DANGER),
    (Act.AGAIN, _("Send again to those who did not get it"), "bcagain", Style.PLAIN),
)
GUARDED = frozenset({Act.RESUME, Act.PAUSE, Act.TAKE_BACK})


def screen_of(ctx: Ctx, card: BroadcastCard, number: int = 0) -> Screen:
    """The page that fits where the message stands; `number` where it takes several."""
    is_draft = card.state is BroadcastState.DRAFT
    body, rows = _draft(ctx, card) if is_draft else _sent_off(ctx, card)
    page = page_of_lines(body, number)
    turn = page.rows(lambda turned: f"bc:{card.id}:{turned}")
    return Screen(title=card.title, body=page.shown, rows=(*turn, *rows, BACK))


def _draft(ctx: Ctx, card: BroadcastCard) -> Page:
    found = lacking.of(ctx, card.id)
    body: list[Words] = [
        _("Draft: {kind}", kind=KINDS[card.kind]),
        *broadcast_words.to_whom(ctx, card),
        *broadcast_audience.count_lines(found.people),
        "",
        *broadcast_words.texts(card),
        *broadcast_words.file(card),
        *broadcast_words.buttons(card),
        broadcast_words.when(ctx, card),
    ]
    if card.reason:
        body.append(_("It was given back: {reason}", reason=card.reason))
    if found.faults:
        body += [
            "",
            _("Before it can be sent:"),
            *(_("• {line}", line=one) for one in found.faults),
        ]
    if found.notes:
        body += ["", *found.notes]
    about = card.id
    rows: Rows = [
        (Button(_("To whom"), f"bcaud:{about}:0"), Button(_("Texts"), f"bctexts:{about}")),
        (Button(_("Picture or file"), f"bcfile:{about}"), Button(_("Buttons"), f"bcbtn:{about}")),
        (Button(_("When"), f"bctime:{about}"), Button(_("Title and kind"), f"bcname:{about}")),
        (
            Button(_("As somebody sees it"), f"bcsee:{about}"),
            Button(_("Test to me"), f"bctest:{about}"),
        ),
    ]
    if not found.faults:
        rows.append((Button(_("Send"), f"bcsend:{about}", style=Style.PRIMARY),))
    rows.append((Button(_("Throw it away"), f"bcdrop:{about}"),))
    return body, rows


def _sent_off(ctx: Ctx, card: BroadcastCard) -> Page:
    body: list[Words] = [_("Standing: {state}", state=STATES[card.state])]
    body += broadcast_words.to_whom(ctx, card)
    tally = reporting.tally(ctx, card.id)
    if tally.total:
        body += ["", *spoken.tally_lines(tally)]
    else:
        body.append(broadcast_words.when(ctx, card))
    body += _who(card)
    rows: Rows = [
        (Button(label, f"{prefix}:{card.id}", guarded=act in GUARDED, style=style),)
        for act, label, prefix, style in STEPS
        if card.can(act)
    ]
    if tally.total:
        rows.append((Button(_("Make the report"), f"bcreport:{card.id}", guarded=True),))
    missed = tally.of(RecipientState.FAILED) or tally.of(RecipientState.DROPPED)
    if missed and card.state is not BroadcastState.RECALLED:
        rows.append((Button(_("Who cannot be reached"), f"bcgap:{card.id}"),))
    look = Button(_("As somebody sees it"), f"bcsee:{card.id}")
    rows.append((look, Button(_("Copy as a draft"), f"bccopy:{card.id}")))
    rows.append((Button(_("How far it is now"), f"bc:{card.id}"),))
    return body, rows


def _who(card: BroadcastCard) -> list[Words]:
    """By whom it was made and approved, and why it ended."""
    lines: list[Words] = []
    if card.maker is not None:
        lines.append(_("Made by {name}", name=card.maker))
    if card.approver is not None:
        lines.append(_("Approved by {name}", name=card.approver))
    if card.corrections and card.state is not BroadcastState.RECALLED:
        lines.append(_n("Corrected once.", "Corrected {count} times.", card.corrections))
    if card.editing:
        lines.append(_("Some who have it are still to get the last words."))
    if card.reason:
        lines.append(_("Reason: {reason}", reason=card.reason))
    return lines
