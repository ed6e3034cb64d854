"""The training unit's task books: what is in them, who has them, and what waits for review."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.task_books import books, cards, issues, reviewing
from bot.evaluation.task_books.books import BookCard, BookLine, ItemLine
from bot.evaluation.task_books.cards import IssueCard
from bot.evaluation.task_books.giving import FORM as GIVE
from bot.evaluation.task_books.words import BOOK_WORDS
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Moment, Text, Words, _, _n
from bot.models.on_the_job import BookState, Signer
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import press, text
from handlers.common.task_story import past_limit
from handlers.common.waiting import Waiting, waiting_counter

RETURN = "return_task_book"
ASKS = "books:find"
BOOKS = _("Task books")
REVIEWS = _("Task books to review")
PER_PAGE = 8
SIGNED_BY = {
    Signer.SUPERVISOR: _("the supervisor"),
    Signer.SUPERIOR: _("the supervisor, or the next above"),
    Signer.TRAINER: _("a trainer of the office"),
    Signer.UNIT: _("the training unit"),
}


@waiting_counter("task_books", Action.CONFIRM_EVIDENCE, 43)
def count_reviews(ctx: Ctx) -> Waiting:
    """How many books wait for review."""
    count = reviewing.count_to_review(ctx)
    sentence = _n(
        "{count} task book waits to be reviewed.",
        "{count} task books wait to be reviewed.",
        count,
    )
    return Waiting(sentence, Button(REVIEWS, "bkr"))


@press("books", Action.ASSIGN)
def show_books(ctx: Ctx, event: Event) -> Reply:
    """All task books by code, retired ones at the end: `books:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("books", Action.ASSIGN)
def find_books(ctx: Ctx, event: Event) -> Reply:
    """Task books by a part of their code or title in any language."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("book", Action.ASSIGN)
def show_book(ctx: Ctx, event: Event) -> Reply:
    """One task book with its tasks: `book:id:page`."""
    card = books.card(ctx, number_in(event, 1))
    return Reply(screen=_book(ctx, card, number_after(event.text, 2) or 0))


@press("bookon", Action.EDIT_SHEETS)
def switch_book(ctx: Ctx, event: Event) -> Reply:
    """`bookon:id:0` retires a book, `bookon:id:1` brings it back."""
    active = number_in(event, 2) == 1
    card = books.switch(ctx, number_in(event, 1), active=active)
    toast = _("It can be given out again.") if active else _("It is retired.")
    return Reply(screen=_book(ctx, card, 0), toast=toast)


@press("bookgive", Action.ASSIGN)
def begin_giving(ctx: Ctx, event: Event) -> Reply:
    """Ask to whom a book is given: `bookgive:id`."""
    card = books.card(ctx, number_in(event, 1))
    service.begin(ctx, GIVE, {"book": card.line.id})
    return ask_form.show(ctx)


@press("bookwho", Action.ASSIGN)
def show_holders(ctx: Ctx, event: Event) -> Reply:
    """Who has a book or had it: `bookwho:id:page`."""
    about = number_in(event, 1)
    page = page_of(cards.held_by(ctx, about), number_after(event.text, 2) or 0, PER_PAGE)
    rows: Rows = [(Button(_holder(card), f"bkr:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"bookwho:{about}:{turned}")
    words = _("Choose a person.") if page.shown else _("Nobody has this task book.")
    back = (Button(_("« Task book"), f"book:{about}"),)
    line = books.card(ctx, about).line
    return Reply(screen=Screen(title=line.title, body=(words,), rows=(*rows, back), protect=True))


@press("bkr", Action.CONFIRM_EVIDENCE)
def review(ctx: Ctx, event: Event) -> Reply:
    """`bkr::page` lists what waits for review, `bkr:issue` shows one; `yes`, `no`, `end` after
    it accept, return, end it.
    """
    about = number_after(event.text)
    if about is None:
        return Reply(screen=_queue(ctx, number_after(event.text, 2) or 0))
    step = event.text.split(":")[2:3]
    if step == ["yes"]:
        reviewing.accept(ctx, about)
        return Reply(screen=_queue(ctx, 0), toast=_("Accepted. The officer is told."))
    if step == ["no"]:
        reviewing.require_reviewable(ctx, about)
        service.begin(ctx, RETURN, {"issue": about})
        return ask_form.show(ctx)
    if step == ["end"]:
        issues.end(ctx, about)
        return Reply(screen=_issue(ctx, cards.card(ctx, about)), toast=_("The book is ended."))
    return Reply(screen=_issue(ctx, cards.card(ctx, about)))


@service.on_submit(RETURN, "review")
def send_back(ctx: Ctx, submission: Submission) -> Text:
    """The officer has something to do again, and is told what."""
    row = reviewing.send_back(
        ctx, int(submission.purpose["issue"]), str(submission.answers["review"])
    )
    name = cards.facts(ctx, row).person.name
    return _("The task book is returned. {name} is told.", name=name)


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(books.find(ctx, search), number, PER_PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"book:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"books:{turned}:{kept}")
    rows.append((Button(REVIEWS, "bkr"),))
    rows.append((Button(_("« On the job"), "ojt"),))
    if page.shown:
        body = _("Choose a task book, or type a part of its code or title.")
    elif search:
        body = _("No task book was found for “{words}”.", words=search)
    else:
        body = _("There are no task books yet. Send them as a file: one row a task.")
    return Screen(title=BOOKS, body=(body,), rows=tuple(rows), asks=ASKS)


def _label(line: BookLine) -> Text:
    if line.active:
        return _("{code} {title}", code=line.code, title=line.title)
    return _("{code} {title} (retired)", code=line.code, title=line.title)


def _book(ctx: Ctx, card: BookCard, number: int) -> Screen:
    line = card.line
    body: list[Words] = [_("Task book {code}", code=line.code)]
    if not line.active:
        body.append(_("Retired: it is given to nobody any more."))
    body += [_("Whoever becomes {post} is given it.", post=post) for post in card.positions]
    page = page_of_lines(_tasks(card), number)
    rows = page.rows(lambda turned: f"book:{line.id}:{turned}")
    label = _n("{count} person has it now", "{count} people have it now", card.held)
    rows.append((Button(label, f"bookwho:{line.id}"),))
    if line.active:
        rows.append((Button(_("Give it out"), f"bookgive:{line.id}", style=Style.PRIMARY),))
    if access.may(ctx, Action.EDIT_SHEETS):
        rows.append((_turn(line),))
    rows.append((Button(_("« Task books"), "books"),))
    return Screen(title=line.title, body=(*body, "", *page.shown), rows=tuple(rows))


def _turn(line: BookLine) -> Button:
    if line.active:
        return Button(_("Retire"), f"bookon:{line.id}:0", guarded=True)
    return Button(_("Bring back"), f"bookon:{line.id}:1", guarded=True)


def _tasks(card: BookCard) -> list[Words]:
    lines: list[Words] = []
    section: Words = ""
    for item in card.items:
        if item.section and item.section != section:
            section = item.section
            lines.append(section)
        lines.append(_task(item))
    return lines


def _task(item: ItemLine) -> Words:
    signer = SIGNED_BY[item.signer]
    if item.within_hours is None:
        return _("• {task} – signed by {signer}", task=item.task, signer=signer)
    return _n(
        "• {task} – within {count} hour, signed by {signer}",
        "• {task} – within {count} hours, signed by {signer}",
        item.within_hours,
        task=item.task,
        signer=signer,
    )


def _holder(card: IssueCard) -> Text:
    return _("{name}: {state}", name=card.person.name, state=BOOK_WORDS[card.state])


def _queue(ctx: Ctx, number: int) -> Screen:
    page = page_of(cards.to_review(ctx), number, PER_PAGE)
    rows: Rows = [
        (Button(_("{name}: {title}", name=card.person.name, title=card.title), f"bkr:{card.id}"),)
        for card in page.shown
    ]
    rows += page.rows(lambda turned: f"bkr::{turned}")
    words = _("Choose a task book.") if page.shown else _("No task book waits to be reviewed.")
    back = (Button(_("« Task books"), "books"),)
    return Screen(title=REVIEWS, body=(words,), rows=(*rows, back), protect=True)


def _issue(ctx: Ctx, card: IssueCard) -> Screen:
    body: list[Words] = [
        _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
        _("Joined the post: {moment}", moment=Moment(card.joined_at, ctx.actor.zone)),
        _("State: {state}", state=BOOK_WORDS[card.state]),
        _("Signed: {count} of {total}", count=card.signed, total=len(card.tasks)),
    ]
    if card.late:
        body.append(past_limit(card))
    if card.review:
        body.append(_("The training unit writes: {words}", words=card.review))
    base = f"bkr:{card.id}"
    rows: Rows = [(Button(_("Show all tasks"), f"bk:{card.id}"),)]
    rows.append((Button(_("As a document, with the evidence"), f"bkpdf:{card.id}"),))
    if card.person.id != ctx.actor.person_id and card.state is BookState.SUBMITTED:
        yes = Button(_("Accept"), f"{base}:yes", guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Return"), f"{base}:no", style=Style.DANGER)))
    if card.state in books.UNDER_WAY:
        rows.append((Button(_("End it"), f"{base}:end", guarded=True),))
    rows.append((Button(_("« Task books to review"), "bkr"),))
    return Screen(title=card.title, body=tuple(body), rows=tuple(rows), protect=True)


menu.menu_entry("onthejobunit", _("Task books and check sheets"), "ojt", Action.ASSIGN, 47,
                menu.Part.PEOPLE)  # fmt: skip


@press("ojt", Action.ASSIGN)
def show_desk(_ctx: Ctx, _event: Event) -> Reply:
    """The ways into all that is learned on the job."""
    rows: Rows = [
        (Button(BOOKS, "books"),),
        (Button(REVIEWS, "bkr"),),
        (Button(_("Check sheets"), "sheets"),),
        (Button(_("What is to be passed on"), "cascs"),),
    ]
    title = _("Task books and check sheets")
    body = (_("What officers learn at their posts, and who says that they can do it."),)
    return Reply(screen=Screen(title=title, body=body, rows=(*rows, menu.back_to_menu())))
