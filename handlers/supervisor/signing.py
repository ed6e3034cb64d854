"""Tasks of officers' task books: looked at, signed one by one or all at once, or not signed."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.task_books import cards, signing
from bot.evaluation.task_books.cards import IssueCard, TaskLine
from bot.evaluation.task_books.words import LATE
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, Words, _, _n
from bot.models.on_the_job import TaskState
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.task_story import task_story
from handlers.common.waiting import Waiting, waiting_counter

REFUSE = "refuse_task"
TITLE = _("Tasks to sign")
PER_PAGE = 8

menu.menu_entry("signing", TITLE, "sgn", Action.SIGN_TASKS, 57)


@waiting_counter("signing", Action.SIGN_TASKS, 35)
def count_tasks(ctx: Ctx) -> Waiting:
    """How many tasks wait for the actor's signature."""
    count = len(signing.waiting(ctx))
    sentence = _n(
        "{count} task waits for your signature.",
        "{count} tasks wait for your signature.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "sgn"))


@press("sgn", Action.SIGN_TASKS)
def show_queue(ctx: Ctx, event: Event) -> Reply:
    """Whose tasks wait, the oldest first: `sgn:page`."""
    return Reply(screen=_queue(ctx, number_after(event.text) or 0))


@press("sgnp", Action.SIGN_TASKS)
def show_officer(ctx: Ctx, event: Event) -> Reply:
    """What waits of one officer's book: `sgnp:issue:page`."""
    return Reply(screen=_officer(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("sgnall", Action.SIGN_TASKS)
def sign_all(ctx: Ctx, event: Event) -> Reply:
    """Sign everything that waits of one officer's book: `sgnall:issue`."""
    count = signing.sign_all(ctx, number_in(event, 1))
    toast = _n("{count} task is signed.", "{count} tasks are signed.", count)
    return Reply(screen=_queue(ctx, 0), toast=toast)


@press("sgnt", Action.SIGN_TASKS)
def act(ctx: Ctx, event: Event) -> Reply:
    """`sgnt:signature` shows one task; `yes`, `no`, `pic` after it sign it, refuse, send the
    evidence.
    """
    about = number_in(event, 1)
    step = event.text.split(":")[2:3]
    if step == ["yes"]:
        row = signing.sign(ctx, about)
        return Reply(screen=_officer(ctx, row.issue_id, 0), toast=_("Signed."))
    if step == ["no"]:
        signing.require_signable(ctx, about)
        service.begin(ctx, REFUSE, {"signature": about})
        return ask_form.show(ctx)
    if step == ["pic"]:
        signing.ask_for_evidence(ctx, about)
        return Reply(toast=_("It comes as a message."))
    return Reply(screen=_one(ctx, *cards.one(ctx, about)))


@service.on_submit(REFUSE, "reason")
def refuse(ctx: Ctx, submission: Submission) -> Text:
    """The task is not signed, and the officer is told why."""
    about = int(submission.purpose["signature"])
    signing.refuse(ctx, about, str(submission.answers["reason"]))
    card, _task = cards.one(ctx, about)
    return _("The task is not signed. {name} is told.", name=card.person.name)


def _queue(ctx: Ctx, number: int) -> Screen:
    page = page_of(cards.waiting(ctx), number, PER_PAGE)
    rows: Rows = [
        (Button(_count(card, len(tasks)), f"sgnp:{card.id}"),) for card, tasks in page.shown
    ]
    rows += page.rows(lambda turned: f"sgn:{turned}")
    words = _("Choose an officer.") if page.shown else _("No task waits for your signature.")
    team = (Button(_("Task books of my people"), "bkteam"),)
    return Screen(title=TITLE, body=(words,), rows=(*rows, team, menu.back_to_menu()))


def _count(card: IssueCard, count: int) -> Text:
    return _n("{name}: {count} task", "{name}: {count} tasks", count, name=card.person.name)


def _officer(ctx: Ctx, issue_id: int, number: int) -> Screen:
    found = [pair for pair in cards.waiting(ctx) if pair[0].id == issue_id]
    if not found:
        return _queue(ctx, 0)
    card, tasks = found[0]
    page = page_of(tasks, number, PER_PAGE)
    rows: Rows = [(Button(_label(task), f"sgnt:{task.signature_id}"),) for task in page.shown]
    rows += page.rows(lambda turned: f"sgnp:{issue_id}:{turned}")
    if len(tasks) > 1:
        label = _n("Sign {count} task", "Sign all {count} tasks", len(tasks))
        sign = Button(label, f"sgnall:{issue_id}", guarded=True, style=Style.SUCCESS)
        rows.append((sign,))
    rows.append((Button(_("« Tasks to sign"), "sgn"),))
    body: tuple[Words, ...] = (
        card.title,
        _("With your signature you say that you have seen each of them done."),
    )
    return Screen(title=card.person.name, body=body, rows=tuple(rows), protect=True)


def _label(task: TaskLine) -> Text | Words:
    if task.late:
        return _("{task}, {late}", task=task.task, late=LATE)
    return task.task


def _one(ctx: Ctx, card: IssueCard, task: TaskLine) -> Screen:
    base = f"sgnt:{task.signature_id}"
    body: list[Words] = [
        _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
        card.title,
        *task_story(ctx, task),
    ]
    rows: Rows = []
    if task.file is not None:
        rows.append((Button(_("Show the evidence"), f"{base}:pic"),))
    if task.state is TaskState.ASKED and card.is_open:
        yes = Button(_("Sign"), f"{base}:yes", guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Do not sign"), f"{base}:no", style=Style.DANGER)))
    rows.append((Button(_("« {name}", name=card.person.name), f"sgnp:{card.id}"),))
    return Screen(title=task.task, body=tuple(body), rows=tuple(rows), protect=True)


@press("bkteam", Action.SIGN_TASKS)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """What the actor's people have under way, who is late first: `bkteam:page`."""
    found = sorted(cards.of_team(ctx), key=lambda card: (-card.late, card.id))
    page = page_of(found, number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_progress(card), f"bk:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"bkteam:{turned}")
    words = _("Choose a task book.") if page.shown else _("None of your people has a task book.")
    back = (Button(_("« Tasks to sign"), "sgn"),)
    title = _("Task books of my people")
    return Reply(screen=Screen(title=title, body=(words,), rows=(*rows, back)))


def _progress(card: IssueCard) -> Text:
    total = len(card.tasks)
    if card.late:
        return _n(
            "{name}: {signed} of {total}, {count} past its limit",
            "{name}: {signed} of {total}, {count} past their limit",
            card.late,
            name=card.person.name,
            signed=card.signed,
            total=total,
        )
    return _("{name}: {signed} of {total}", name=card.person.name, signed=card.signed, total=total)
