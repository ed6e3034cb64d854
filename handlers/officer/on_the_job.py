"""What somebody learns on the job: task books, check sheets, and what they are to pass on."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.task_books import cards
from bot.evaluation.task_books.cards import IssueCard
from bot.evaluation.task_books.words import BOOK_WORDS
from bot.events import Event
from bot.i18n import Text, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

ON_THE_JOB = _("Learning on the job")
PER_PAGE = 8

menu_entry("onthejob", ON_THE_JOB, "job", Action.USE_DESK, 18)


@press("job", Action.USE_DESK)
def show(ctx: Ctx, event: Event) -> Reply:
    """The actor's task books, and the ways to the rest: `job:page`."""
    page = page_of(cards.mine(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"bk:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"job:{turned}")
    rows.append((Button(_("My check sheets"), "chk"),))
    rows.append((Button(_("What I am to pass on"), "casc"),))
    words = _("Your task books:") if page.shown else _("You have no task book.")
    return Reply(screen=Screen(title=ON_THE_JOB, body=(words,), rows=(*rows, back_to_menu())))


def _label(card: IssueCard) -> Text:
    if card.is_open:
        total = len(card.tasks)
        return _("{title}: {count} of {total}", title=card.title, count=card.signed, total=total)
    return _("{title}: {state}", title=card.title, state=BOOK_WORDS[card.state])
