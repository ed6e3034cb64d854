"""A task book in the officer's hand: what is to be done by when, and what was signed."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.task_books import cards, doing, reviewing, signing
from bot.evaluation.task_books.cards import IssueCard, TaskLine
from bot.evaluation.task_books.doing import Evidence
from bot.evaluation.task_books.words import BOOK_WORDS, LATE, NOT_DONE, SIGNER_WORDS, TASK_WORDS
from bot.events import Event
from bot.forms import service
from bot.forms.question_types.sent import blob_of, name_of
from bot.forms.service import Submission
from bot.i18n import Moment, Text, Words, _
from bot.models.on_the_job import BookState, TaskState
from bot.people.access_table import Action
from bot.reports.task_book import TASK_BOOK
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.common.task_story import past_limit, task_story

FORM = "task_done"
PER_PAGE = 8
PHOTO = "photo.jpg"
BEING_PRINTED = _("The task book is being made. It will come as a message.")


@closing.offer(14)
def offer_book(ctx: Ctx) -> Button | None:
    """After the form of a task, the way back to its book."""
    issue_id = doing.just_worked_in(ctx)
    return Button(_("My task book"), f"bk:{issue_id}") if issue_id is not None else None


@press("bk", Action.USE_DESK)
def show_book(ctx: Ctx, event: Event) -> Reply:
    """One book with its tasks: `bk:issue:page`; without a page from the first one to be done."""
    card = cards.card(ctx, number_in(event, 1))
    return Reply(screen=_book(ctx, card, number_after(event.text, 2)))


@press("bkt", Action.USE_DESK)
def act(ctx: Ctx, event: Event) -> Reply:
    """`bkt:issue:item` shows a task; `done`, `note`, `back`, `pic` after it mark it done, with a
    note or file, take that back, send the file.
    """
    issue_id, item_id = number_in(event, 1), number_in(event, 2)
    step = event.text.split(":")[3:4]
    if step == ["done"]:
        doing.done(ctx, issue_id, item_id)
        return _after(ctx, issue_id, _("Noted. It waits for a signature."))
    if step == ["note"]:
        return _ask(ctx, issue_id, item_id)
    if step == ["back"]:
        doing.take_back(ctx, issue_id, item_id)
        return _after(ctx, issue_id, _("Taken back."))
    card = cards.card(ctx, issue_id)
    task = _task_of(card, item_id)
    if step == ["pic"] and task.signature_id is not None:
        signing.ask_for_evidence(ctx, task.signature_id)
        return Reply(toast=_("It comes as a message."))
    return Reply(screen=_task(ctx, card, task))


@service.on_submit(FORM, "evidence", "note")
def take(ctx: Ctx, submission: Submission) -> Text:
    """The task is done, with what was said and sent."""
    given = str(submission.answers.get("evidence") or "")
    is_photo = name_of(given) == PHOTO
    shown = Evidence(str(submission.answers.get("note") or ""), blob_of(given), is_photo)
    doing.done(ctx, int(submission.purpose["issue"]), int(submission.purpose["item"]), shown)
    return _("Noted. It waits for a signature.")


@press("bksub", Action.USE_DESK)
def submit(ctx: Ctx, event: Event) -> Reply:
    """Hand the book to the training unit: `bksub:issue`."""
    issue_id = number_in(event, 1)
    reviewing.submit(ctx, issue_id)
    return _after(ctx, issue_id, _("The training unit has your task book."))


@press("bkpdf", Action.USE_DESK)
def print_it(ctx: Ctx, event: Event) -> Reply:
    """The book as a document, with the folder of evidence: `bkpdf:issue`."""
    return ordered(ctx, TASK_BOOK, {"issue": number_in(event, 1)}, BEING_PRINTED)


def _ask(ctx: Ctx, issue_id: int, item_id: int) -> Reply:
    item = doing.require_doable(ctx, issue_id, item_id)
    answers = {"needs_evidence": "yes" if item.needs_evidence else "no"}
    service.begin(ctx, FORM, {"issue": issue_id, "item": item_id}, answers)
    return ask_form.show(ctx)


def _after(ctx: Ctx, issue_id: int, toast: Text) -> Reply:
    return Reply(screen=_book(ctx, cards.card(ctx, issue_id), None), toast=toast)


def _task_of(card: IssueCard, item_id: int) -> TaskLine:
    found = next((task for task in card.tasks if task.item_id == item_id), None)
    if found is None:
        raise Refusal(doing.NO_TASK)
    return found


def _book(ctx: Ctx, card: IssueCard, number: int | None) -> Screen:
    first = next((place for place, task in enumerate(card.tasks) if task.to_do), 0)
    page = page_of(card.tasks, first // PER_PAGE if number is None else number, PER_PAGE)
    rows: Rows = [(Button(_label(task), f"bkt:{card.id}:{task.item_id}"),) for task in page.shown]
    rows += page.rows(lambda turned: f"bk:{card.id}:{turned}")
    own = card.person.id == ctx.actor.person_id
    if own and card.is_open and card.signed == len(card.tasks):
        hand_in = Button(
            _("Hand in to the training unit"),
            f"bksub:{card.id}",
            guarded=True,
            style=Style.PRIMARY,
        )
        rows.append((hand_in,))
    rows.append((Button(_("As a document, with the evidence"), f"bkpdf:{card.id}"),))
    rows.append((Button(_("« Learning on the job"), "job"),) if own else _to_queue())
    return Screen(title=card.title, body=tuple(_facts(ctx, card)), rows=tuple(rows), protect=True)


def _to_queue() -> tuple[Button, ...]:
    return (Button(_("« Tasks to sign"), "sgn"),)


def _facts(ctx: Ctx, card: IssueCard) -> list[Words]:
    lines: list[Words] = []
    if card.person.id != ctx.actor.person_id:
        lines.append(_("{name}, {unit}", name=card.person.name, unit=card.person.unit))
    joined = Moment(card.joined_at, ctx.actor.zone)
    lines += [
        _("Joined the post: {moment}", moment=joined),
        _("State: {state}", state=BOOK_WORDS[card.state]),
        _("Signed: {count} of {total}", count=card.signed, total=len(card.tasks)),
    ]
    if card.late:
        lines.append(past_limit(card))
    if card.state is BookState.RETURNED:
        lines.append(_("The training unit writes: {words}", words=card.review))
    return lines


def _label(task: TaskLine) -> Text:
    state = NOT_DONE if task.state is None else TASK_WORDS[task.state]
    if task.late:
        return _("{task}: {state}, {late}", task=task.task, state=state, late=LATE)
    return _("{task}: {state}", task=task.task, state=state)


def _task(ctx: Ctx, card: IssueCard, task: TaskLine) -> Screen:
    lines: list[Words] = [task.section] if task.section else []
    lines.append(_("Signed by: {signer}", signer=SIGNER_WORDS[task.signer]))
    if task.due_at is not None:
        lines.append(_("To be done by {moment}", moment=Moment(task.due_at, ctx.actor.zone)))
    if task.needs_evidence:
        lines.append(_("A photo or a file has to show it."))
    lines += task_story(ctx, task)
    back = Button(_("« {title}", title=card.title), f"bk:{card.id}")
    rows = (*_steps(ctx, card, task), (back,))
    return Screen(title=task.task, body=tuple(lines), rows=tuple(rows), protect=True)


def _steps(ctx: Ctx, card: IssueCard, task: TaskLine) -> Rows:
    base = f"bkt:{card.id}:{task.item_id}"
    rows: Rows = []
    if task.file is not None:
        rows.append((Button(_("Show the evidence"), f"{base}:pic"),))
    if card.person.id != ctx.actor.person_id or not card.is_open:
        return rows
    again = task.state is TaskState.SIGNED and card.state is BookState.RETURNED
    if task.to_do or again:
        if not task.needs_evidence:
            rows.append(
                (Button(_("It is done"), f"{base}:done", guarded=True, style=Style.PRIMARY),)
            )
        rows.append((Button(_("Done, with a note or a file"), f"{base}:note"),))
    elif task.state is TaskState.ASKED:
        rows.append((Button(_("Take it back"), f"{base}:back", guarded=True),))
    return rows
