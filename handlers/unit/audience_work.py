"""What is done for a whole audience: reported on, reached by messengers, given a qualification."""

from __future__ import annotations

from bot.campaigns import unreached
from bot.campaigns.audiences import clauses, counting, saved
from bot.campaigns.audiences.counting import REACH_WORDS
from bot.campaigns.broadcasts import cards
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.reports.reach import REACH
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import curriculum_cards
from bot.work import queue as work
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows
from handlers.common.report_orders import COMING, order
from handlers.common.routes import press
from handlers.unit.audiences import back_to

FORM = "audience_assign"
SHEETS = "messenger_sheets"
MADE = _("The sheets are being made. They go to who carries them, and you are told.")


@press("audrep", Action.BROADCAST)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report on reach made: `audrep:id`, 0 for everybody."""
    about = number_after(event.text) or 0
    order(ctx, REACH, {"audience": about})
    back = back_to(saved.card(ctx, about)) if about else (Button(_("« Audiences"), "auds"),)
    return Reply(screen=Screen(title=REACH.title, body=(COMING,), rows=(back,)))


@press("audgap", Action.BROADCAST)
def show_unreached(ctx: Ctx, event: Event) -> Reply:
    """`audgap:id` says who cannot be reached and who could carry a sheet; `…:go` sends them."""
    card = saved.card(ctx, number_in(event, 1))
    gaps = unreached.of_audience(ctx, clauses.read(card.rule))
    if not gaps:
        raise Refusal(_("Everybody in this audience can be reached."))
    if event.text.split(":")[2:] == ["go"]:
        work.queue_once(ctx, SHEETS, {"audience": card.id})
        return Reply(screen=Screen(title=card.name, body=(MADE,), rows=(back_to(card),)))
    body = (*_lines(gaps), _("The sheet has a card with an invite for each of them."))
    return Reply(screen=_asking(card.name, body, f"audgap:{card.id}:go", back_to(card)[0]))


@press("bcgap", Action.BROADCAST)
def show_unreached_by_message(ctx: Ctx, event: Event) -> Reply:
    """The same for those whom a message did not reach: `bcgap:id`, `bcgap:id:go`."""
    card = cards.card(ctx, number_in(event, 1))
    back = Button(_("« The message"), f"bc:{card.id}")
    gaps = unreached.of_broadcast(ctx, card.id)
    if not gaps:
        raise Refusal(_("Everybody else can be reached. Send it again to those who lack it."))
    if event.text.split(":")[2:] == ["go"]:
        work.queue_once(ctx, SHEETS, {"broadcast": card.id})
        return Reply(screen=Screen(title=card.title, body=(MADE,), rows=((back,),)))
    body = (*_lines(gaps), _("The sheet has the message, and a card for each of them."))
    return Reply(screen=_asking(card.title, body, f"bcgap:{card.id}:go", back))


@press("audasg", Action.ASSIGN)
def assign(ctx: Ctx, event: Event) -> Reply:
    """`audasg:id` says how many it is about; `audasg:id:go` asks for the qualification."""
    card = saved.card(ctx, number_in(event, 1))
    if event.text.split(":")[2:] == ["go"]:
        service.begin(ctx, FORM, {"audience": card.id})
        return ask_form.show(ctx)
    counted = counting.count(ctx, clauses.read(card.rule), Action.ASSIGN)
    if not counted.total:
        raise Refusal(_("Nobody is in it now."))
    body = (
        _n("{count} person is in it now.", "{count} people are in it now.", counted.total),
        _("Each for whom it is new is told, and reminded before the day. Who comes into the "
          "audience later is not assigned by it."),
    )  # fmt: skip
    go = Button(_("Choose the qualification"), f"audasg:{card.id}:go", style=Style.PRIMARY)
    return Reply(screen=Screen(title=card.name, body=body, rows=((go,), back_to(card))))


@on_submit(FORM, "curriculum")
def submit_assign(ctx: Ctx, submission: Submission) -> Text:
    """Have the qualification assigned to everybody of the audience, as long work."""
    card = saved.card(ctx, int(submission.purpose["audience"]))
    curriculum_id = curriculum_cards.by_code(ctx, str(submission.answers["curriculum"]))
    due_on = str(submission.answers.get("due_on") or "")
    work.queue_once(
        ctx, FORM, {"audience": card.id, "curriculum": curriculum_id, "due_on": due_on}
    )
    title = curriculum_cards.line_of(ctx.session, curriculum_id).title
    return _(
        "{qualification} is being assigned to “{audience}”. You are told when it is done.",
        qualification=title,
        audience=card.name,
    )


def _lines(gaps: list[unreached.Gap]) -> list[Words]:
    groups = unreached.by_messenger(gaps)
    lines: list[Words] = [
        _("{way}: {count}", way=words, count=count)
        for way, words in REACH_WORDS.items()
        if (count := sum(gap.reached is way for gap in gaps))
    ]
    messengers = len([one for one in groups if one is not None])
    if messengers:
        lines.append(
            _n(
                "{count} focal point or supervisor can carry a sheet to their own people.",
                "{count} focal points and supervisors can carry a sheet to their own people.",
                messengers,
            )
        )
    if None in groups:
        lines.append(
            _n(
                "For {count} person there is nobody: their sheet would come to you.",
                "For {count} people there is nobody: their sheet would come to you.",
                len(groups[None]),
            )
        )
    lines.append(_("Invites from earlier sheets stop working."))
    return lines


def _asking(title: Words, body: tuple[Words, ...], action: str, back: Button) -> Screen:
    rows: Rows = [
        (Button(_("Send the sheets"), action, guarded=True, style=Style.PRIMARY),),
        (back,),
    ]
    return Screen(title=title, body=body, rows=tuple(rows))
