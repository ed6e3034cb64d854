"""Which conversation an event belongs to, and whether this person may hold it.

A table look-up, not a chain of filters; the access table is asked for every press.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlmodel import Session

from bot.context import Ctx
from bot.events import Event, EventKind
from bot.i18n import Text, _
from bot.models.chats import Chat
from bot.people import access
from bot.people import chats as people_chats
from bot.screens import Button, Reply, Screen
from handlers.anyone import privacy
from handlers.common import menu, routes
from handlers.common.routes import Route, RouteKind
from handlers.edge import chat_row
from handlers.edge.chat_row import ChatRow

STALE = _("That button is from an earlier screen. Nothing was changed.")
CHANGES_MENU = frozenset({EventKind.COMMAND, EventKind.CONTACT})


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The command menu one chat should have; `made_for` is what it depends on."""

    made_for: str
    commands: tuple[tuple[str, str], ...]


def reply_to(ctx: Ctx, event: Event, chat: ChatRow) -> Reply | None:
    """What the right conversation says; a stale button is said to be stale, a stranger is not
    let in, and the privacy notice comes before anything else.
    """
    if event.kind in (EventKind.BLOCKED, EventKind.UNBLOCKED):
        people_chats.note_blocked(ctx, event.kind is EventKind.BLOCKED)
        return None
    if chat.is_blocked:
        people_chats.note_heard(ctx)
    if event.revision and event.revision != str(chat.revision):
        return Reply(toast=STALE, fresh=True)
    event = _addressed(ctx, event, chat)
    route = _route(event)
    if route is None:
        return _no_route(event)
    if route.action is not None and not access.may(ctx, route.action):
        return _not_allowed(ctx, event, route)
    if route.action is not None and privacy.is_due(chat.privacy_version):
        return privacy.ask(ctx)
    return route.conversation(ctx, event)


def takes_file(session: Session, event: Event, open_question: str) -> Route | None:
    """The conversation that a file is for: what the message it replies to asks, or the open
    screen, else that for files nobody asked for; None for a picture or sound nobody asked for.
    """
    prefix = _question_of_file(session, event, open_question).partition(":")[0]
    asked_for = routes.find(RouteKind.FILE, prefix) if prefix else None
    if asked_for is None and event.file is not None:
        has_name = not (event.file.is_photo or event.file.is_sound)
        return routes.find(RouteKind.FILE, "") if has_name else None
    return asked_for


def _question_of_file(session: Session, event: Event, open_question: str) -> str:
    put = ""
    if event.reply_to is not None:
        put = chat_row.asked_in(session, event.user_id, event.reply_to)
    return put or open_question


def command_menu(ctx: Ctx, event: Event, chat: ChatRow, language: str) -> CommandMenu | None:
    """The menu to set, if this chat's is not the right one; asked for when it may have changed."""
    if event.kind not in CHANGES_MENU and not event.text.startswith(menu.CHANGING_PRESSES):
        return None
    person_id = ctx.session.execute(
        select(Chat.person_id).where(Chat.user_id == chat.user_id)
    ).scalar()
    roles = access.roles_of(ctx.session, person_id, ctx.today())
    made_for = f"{language}:{','.join(sorted(roles))}"
    if made_for == chat.menu_made_for:
        return None
    return CommandMenu(made_for, tuple(menu.command_menu(roles, language)))


def keep_menu(ctx: Ctx, user_id: int, made_for: str) -> None:
    """Note which command menu a chat has been given."""
    ctx.session.execute(update(Chat).where(Chat.user_id == user_id).values(menu_made_for=made_for))


def told(ctx: Ctx, event: Event, sentence: Text) -> Reply:
    """One sentence that ends the matter: over the screen that was pressed, else with a way on."""
    if event.kind is EventKind.PRESS:
        return Reply(toast=sentence, alert=True)
    rows = (menu.back_to_menu(),) if ctx.actor.person_id is not None else ()
    return Reply(screen=Screen(body=(sentence,), rows=rows))


def apology(ctx: Ctx, event: Event, number: str) -> Reply:
    """The sentence for a bug, with the number under which the operator finds it."""
    sentence = _(
        "Something went wrong here. What you sent was kept under number {number}.", number=number
    )
    return told(ctx, event, sentence)


def _route(event: Event) -> Route | None:
    if event.kind is EventKind.COMMAND:
        return routes.find(RouteKind.COMMAND, event.command)
    if event.kind is EventKind.PRESS:
        return routes.find(RouteKind.PRESS, event.text.partition(":")[0])
    if event.kind is EventKind.CONTACT:
        return routes.find(RouteKind.TEXT, "contact")
    if event.kind is EventKind.FILE:
        return routes.find(RouteKind.FILE, event.asks.partition(":")[0])
    return routes.find(RouteKind.TEXT, event.asks.partition(":")[0])


def _addressed(ctx: Ctx, event: Event, chat: ChatRow) -> Event:
    """Words and files with the question they answer; a picture or sound that nobody asked for
    cannot be read. As words, a file that came before the open question was shown answers nothing.
    """
    if event.kind is EventKind.TEXT:
        return replace(event, asks=_asked(ctx, event, chat))
    if event.kind is not EventKind.FILE:
        return event
    taker = takes_file(ctx.session, event, chat.asks)
    if taker is None:
        return replace(event, kind=EventKind.OTHER)
    if not taker.name:
        return replace(event, asks="")
    too_early = event.reply_to is None and not _came_after(event, chat)
    question = _question_of_file(ctx.session, event, chat.asks)
    return replace(event, asks=NOT_YET if too_early else question)


def _no_route(event: Event) -> Reply:
    if event.kind is EventKind.PRESS:
        return Reply(toast=_("That button no longer exists."), fresh=True)
    if event.kind is EventKind.COMMAND:
        sentence = _(
            "There is no command /{name}. /help shows what you can do.", name=event.command
        )
        return Reply(screen=Screen(body=(sentence,), rows=((Button(_("Help"), "help"),),)))
    if event.asks or event.kind is EventKind.OTHER:
        return Reply(toast="", fresh=True)
    return Reply(
        screen=Screen(body=(_("I did not expect words now. /help shows what you can do."),))
    )


def _not_allowed(ctx: Ctx, event: Event, route: Route) -> Reply:
    access.note_refusal(ctx, f"{route.kind} {route.name}")
    if ctx.actor.person_id is None:
        sentence = _("First tell the training desk who you are: send /start.")
    else:
        sentence = _("You cannot do this. If you should be able to, ask the training unit.")
    return told(ctx, event, sentence)


NOT_YET, UNCLEAR = "again", "again:unclear"


def _asked(ctx: Ctx, event: Event, chat: ChatRow) -> str:
    """The question that typed words answer: the one replied to, else the open one.

    Words that Telegram received before the open question was shown answer nothing, and neither
    does a reply to a message that has put no question or several; the open one is put again.
    """
    if event.reply_to is not None:
        put = chat_row.asked_in(ctx.session, chat.user_id, event.reply_to)
        return put or (UNCLEAR if chat.asks else "")
    if not chat.asks:
        return ""
    return chat.asks if _came_after(event, chat) else NOT_YET


def _came_after(event: Event, chat: ChatRow) -> bool:
    if chat.shown_revision < chat.revision or chat.message_id is None:
        return False
    if not chat.was_edited:
        return event.message_id > chat.message_id
    shown = chat.shown_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return event.message_id > chat.message_id and event.at is not None and event.at > shown
