"""A message to many on its way: sent off, paused, stopped, corrected, withdrawn, sent again."""

from __future__ import annotations

from bot import policy
from bot.campaigns.broadcasts import again, cards, sending
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import LANGUAGES, Words, _, _n
from bot.models.broadcasts import BroadcastKind
from bot.people.access_table import Action
from bot.reports.broadcast import BROADCAST
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, broadcast_words
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.unit import broadcast_audience
from handlers.unit.broadcast_screens import screen_of

FORMS = {Act.STOP: "broadcast_stop", Act.RECALL: "broadcast_recall"}


@press("bcsend", Action.BROADCAST)
def ask_to_send(ctx: Ctx, event: Event) -> Reply:
    """Count, and ask: `bcsend:id`."""
    card = cards.card(ctx, number_in(event, 1))
    found = broadcast_audience.counted(ctx, card)
    total = found.total if found is not None else 0
    body: list[Words] = [
        *broadcast_words.to_whom(ctx, card),
        *broadcast_audience.count_lines(found),
        broadcast_words.when(ctx, card),
        *_consequences(ctx, card, total),
    ]
    send = _n("Send to {count} person", "Send to {count} people", total)
    rows: Rows = [(Button(_("« The draft"), f"bc:{card.id}"),)]
    if total:
        rows.insert(0, (Button(send, f"bcgo:{card.id}", guarded=True, style=Style.SUCCESS),))
    return Reply(screen=Screen(title=card.title, body=tuple(body), rows=tuple(rows)))


@press("bcgo", Action.BROADCAST)
def send(ctx: Ctx, event: Event) -> Reply:
    """Send it off, or ask for the second pair of eyes: `bcgo:id`."""
    return Reply(screen=screen_of(ctx, sending.send(ctx, number_in(event, 1))))


@press("bcpause", Action.BROADCAST)
def pause(ctx: Ctx, event: Event) -> Reply:
    """Hold back what has not been sent: `bcpause:id`."""
    return Reply(screen=screen_of(ctx, sending.pause(ctx, number_in(event, 1))))


@press("bcgoon", Action.BROADCAST)
def resume(ctx: Ctx, event: Event) -> Reply:
    """Go on where it was paused: `bcgoon:id`."""
    return Reply(screen=screen_of(ctx, sending.resume(ctx, number_in(event, 1))))


@press("bcundo", Action.BROADCAST)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """A draft again, of what has not begun to go out: `bcundo:id`."""
    return Reply(screen=screen_of(ctx, sending.take_back(ctx, number_in(event, 1))))


@press("bcstop", Action.BROADCAST)
def begin_stopping(ctx: Ctx, event: Event) -> Reply:
    """Ask why it is stopped: `bcstop:id`."""
    return _ask_why(ctx, event, Act.STOP)


@press("bcrecall", Action.BROADCAST)
def begin_recalling(ctx: Ctx, event: Event) -> Reply:
    """Ask why it is withdrawn; readers see the reason: `bcrecall:id`."""
    return _ask_why(ctx, event, Act.RECALL)


@press("bcfix", Action.BROADCAST)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """In which language the words are corrected, `bcfix:id`; then the words, `bcfix:id:km`."""
    card = cards.card(ctx, number_in(event, 1))
    named = event.text.split(":")[2:3]
    if named and named[0] in card.texts:
        purpose = {"broadcast_id": card.id, "language": named[0]}
        service.begin(ctx, "broadcast_correct", purpose, {"text": card.texts[named[0]]})
        return ask_form.show(ctx)
    rows: Rows = [
        (Button(LANGUAGES.get(language, language), f"bcfix:{card.id}:{language}"),)
        for language in card.texts
    ]
    rows.append((Button(_("« The message"), f"bc:{card.id}"),))
    body = _("In which language? Whoever has the message sees the new words in its place.")
    return Reply(screen=Screen(title=_("Correct the words"), body=(body,), rows=tuple(rows)))


@press("bcagain", Action.BROADCAST)
def ask_again(ctx: Ctx, event: Event) -> Reply:
    """How many would get it: `bcagain:id`."""
    card = cards.card(ctx, number_in(event, 1))
    missed = again.missed(ctx, card.id, with_unknown=False)
    unknown = again.missed(ctx, card.id, with_unknown=True) - missed
    rows: Rows = []
    body: list[Words] = [
        _n("{count} person did not get it.", "{count} people did not get it.", missed)
    ]
    if missed:
        label = _n("Send again to {count} person", "Send again to {count} people", missed)
        rows.append((Button(label, f"bcagaingo:{card.id}:0", guarded=True, style=Style.PRIMARY),))
    if unknown:
        body.append(
            _n(
                "Of {count} person nobody can say whether it arrived; they may get it twice.",
                "Of {count} people nobody can say whether it arrived; they may get it twice.",
                unknown,
            )
        )
        label = _n("To them too: {count} person", "To them too: {count} people", missed + unknown)
        rows.append((Button(label, f"bcagaingo:{card.id}:1", guarded=True),))
    rows.append((Button(_("« The message"), f"bc:{card.id}"),))
    return Reply(screen=Screen(title=card.title, body=tuple(body), rows=tuple(rows)))


@press("bcagaingo", Action.BROADCAST)
def send_again(ctx: Ctx, event: Event) -> Reply:
    """Begin another round; with 1 also for those of whom it is not known: `bcagaingo:id:1`."""
    with_unknown = number_in(event, 2) == 1
    card = again.send(ctx, number_in(event, 1), with_unknown=with_unknown)
    return Reply(screen=screen_of(ctx, card))


@press("bcreport", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report made, for who keeps the message or may approve it: `bcreport:id`."""
    return ordered(ctx, BROADCAST, {"broadcast": number_in(event, 1)})


def _ask_why(ctx: Ctx, event: Event, act: Act) -> Reply:
    card = cards.card(ctx, number_in(event, 1))
    if not card.can(act):
        return Reply(screen=screen_of(ctx, card), toast=_("This is not possible any more."))
    service.begin(ctx, FORMS[act], {"broadcast_id": card.id})
    return ask_form.show(ctx)


def _consequences(ctx: Ctx, card: BroadcastCard, total: int) -> list[Words]:
    """What sending it off means: approval, quiet hours, the daily limit."""
    if card.kind is BroadcastKind.EMERGENCY:
        return [_("An emergency wakes people at night, and does not wait for approval.")]
    lines: list[Words] = []
    most = policy.value(ctx.session, "broadcast_second_eyes")
    if total > most:
        lines.append(
            _(
                "It goes to more than {most} people: somebody else has to approve it first.",
                most=most,
            )  # fmt: skip
        )
    lines.append(_("Quiet hours and each person's daily limit hold."))
    return lines
