"""/tasks: everything that waits for a person, by deadline, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import assignments, prefilling
from bot.evaluation.assignments import TaskCard
from bot.events import Event
from bot.forms import service, versions
from bot.i18n import Moment, Text, Words, _, _n
from bot.long_text import and_more
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing, task_pages
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.question_heading import length_words, rules_words
from handlers.common.question_screen import words_of
from handlers.common.routes import command, press
from handlers.common.waiting import Waiting, waiting_counter

MOST_SHOWN = 8

menu_entry("tasks", _("What is waiting for me"), "tasks", Action.USE_DESK, 10)


@waiting_counter("tasks", Action.USE_DESK, 10)
def count_tasks(ctx: Ctx) -> Waiting:
    """How much waits, for the first screen."""
    count = len(assignments.tasks(ctx)) + len(service.drafts(ctx))
    sentence = _n(
        "{count} thing is waiting for you.", "{count} things are waiting for you.", count
    )
    return Waiting(sentence, Button(_("Show my tasks"), "tasks"))


@command("tasks", Action.USE_DESK, menu=_("What is waiting for me"))
@press("tasks", Action.USE_DESK)
def show_tasks(ctx: Ctx, _event: Event) -> Reply:
    """What the actor owes, the first to close first, and forms left half-way."""
    owed = assignments.tasks(ctx)
    begun = service.drafts(ctx)
    if not owed and not begun:
        return Reply(
            screen=Screen(body=(_("Nothing is waiting for you."),), rows=(back_to_menu(),))
        )
    rows = [(_task_button(card),) for card in owed[:MOST_SHOWN]]
    rows += [
        (Button(_("Go on: {form}", form=words_of(draft.form.title, ctx)), f"go:{draft.id}"),)
        for draft in begun[:MOST_SHOWN]
    ]
    return Reply(
        screen=Screen(
            title=_n(
                "{count} thing is waiting", "{count} things are waiting", len(owed) + len(begun)
            ),
            body=(
                *_lines(ctx, owed[:MOST_SHOWN]),
                *and_more(max(len(owed) - MOST_SHOWN, 0) + max(len(begun) - MOST_SHOWN, 0)),
            ),
            rows=(*rows, back_to_menu()),
        )
    )


@press("go", Action.USE_DESK)
def go_on(ctx: Ctx, event: Event) -> Reply:
    """Continue a form left half-way: `go:draft`."""
    number = number_after(event.text)
    draft = service.load(ctx, number) if number is not None else None
    if draft is None:
        return ask_form.gone(ctx)
    service.open_draft(ctx, draft.id)
    return ask_form.show(ctx)


@press("t", Action.USE_DESK)
def open_task(ctx: Ctx, event: Event) -> Reply:
    """Say what a task is about before its first question: `t:assignment`."""
    card = _card(ctx, event)
    if card.stage in task_pages.PAGES:
        return task_pages.PAGES[card.stage](ctx, card)
    if card.begun:
        return begin_task(ctx, event)
    opening = assignments.begin(ctx, card.assignment_id)
    version_id = versions.current_version(ctx, opening.form)
    known = prefilling.answers(ctx, card.assignment_id)
    body: list[Words] = [
        card.about,
        length_words(service.length(ctx, version_id, known)),
        *rules_words(versions.definition(ctx, version_id)),
        _closing(ctx, card),
        "",
        *_promise(card),
    ]
    return Reply(
        screen=Screen(
            title=card.title,
            body=tuple(body),
            rows=(
                (Button(_("Begin"), f"tb:{card.assignment_id}", style=Style.PRIMARY),),
                *_ways_out(ctx, card),
                (Button(_("Later"), "tasks"),),
            ),
        )
    )


@press("tb", Action.USE_DESK)
def begin_task(ctx: Ctx, event: Event) -> Reply:
    """Ask the first question, or the one where the person stopped: `tb:assignment`."""
    card = _card(ctx, event)
    if card.stage in task_pages.PAGES:
        return task_pages.PAGES[card.stage](ctx, card)
    prefilling.begin(ctx, assignments.begin(ctx, card.assignment_id))
    return ask_form.show(ctx)


@press("tx", Action.USE_DESK)
def decline_task(ctx: Ctx, event: Event) -> Reply:
    """“Not my officer” or “cannot judge”: `tx:assignment:reason`."""
    reason = event.text.split(":")[-1]
    if reason not in REASONS:
        raise Refusal(_("Choose one of the reasons shown."))
    assignments.decline(ctx, _card(ctx, event).assignment_id, reason)
    return Reply(
        screen=Screen(
            body=(_("Noted. You are not asked about this again."),), rows=closing.rows(ctx)
        )
    )


REASONS: dict[str, Text] = {
    "not_mine": _("Not my officer"),
    "cannot_judge": _("I cannot judge"),
}


@closing.offer(10)
def next_task(ctx: Ctx) -> Button | None:
    """The next thing that waits, so that nobody has to go back to a menu."""
    owed = assignments.tasks(ctx)
    if not owed:
        return None
    label = _n("Next: {count} more is waiting", "Next: {count} more are waiting", len(owed))
    if owed[0].about_person:
        label = _n(
            "Next: {name} ({count} more is waiting)",
            "Next: {name} ({count} more are waiting)",
            len(owed),
            name=owed[0].about,
        )
    return Button(label, f"t:{owed[0].assignment_id}", style=Style.PRIMARY)


def _card(ctx: Ctx, event: Event) -> TaskCard:
    number = number_after(event.text)
    found = next((card for card in assignments.tasks(ctx) if card.assignment_id == number), None)
    if found is None:
        if number is not None:
            assignments.begin(ctx, number)
        raise Refusal(_("This is not waiting for you any more."))
    return found


def _task_button(card: TaskCard) -> Button:
    """What it is, and about whom where several of a kind may wait."""
    label: Text = card.title
    if card.about_person:
        label = _("{name}: {task}", name=card.about, task=card.title)
    if card.begun:
        label = _("Go on: {task}", task=label)
    return Button(label, f"t:{card.assignment_id}")


def _lines(ctx: Ctx, owed: Sequence[TaskCard]) -> list[Words]:
    lines: list[Words] = []
    for _day, cards in groupby(owed, key=lambda card: card.closes_at.date()):
        group = list(cards)
        lines.append(_closing(ctx, group[0]))
        lines += [_("• {task} – {about}", task=card.title, about=card.about) for card in group]
    return lines


def _closing(ctx: Ctx, card: TaskCard) -> Text:
    return _("Open until {moment}", moment=Moment(card.closes_at, ctx.actor.zone))


def _promise(card: TaskCard) -> tuple[Text, ...]:
    if card.anonymous:
        return (
            _(
                "Your answers are stored without your name. With them are kept: the class and "
                "your gender. Nothing else."
            ),
            _(
                "Until you submit, your answers are a draft that belongs to you. Results are "
                "shown when the questionnaire has closed, and never for fewer than five people."
            ),
        )
    return (card.promise,)


def _ways_out(ctx: Ctx, card: TaskCard) -> tuple[tuple[Button, ...], ...]:
    if not card.about_person:
        return ()
    return tuple(
        (Button(label, f"tx:{card.assignment_id}:{reason}"),) for reason, label in REASONS.items()
    )
