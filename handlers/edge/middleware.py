"""One update as one unit of work: seen once, given to its conversation, its screen kept.

What is returned is what the replier shows after the commit.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from bot.clock import Clock
from bot.config import Settings
from bot.context import Ctx
from bot.db import savepoint
from bot.delivery.outbox import TOLD
from bot.encoder import Encoded, encode
from bot.errors import Refusal
from bot.events import Event, EventKind
from bot.i18n import _, render
from bot.models import inbound  # noqa: F401  (makes the table known)
from bot.people import access
from bot.screens import Reply
from bot.shorten import cut
from bot.statement import Statement
from handlers.edge import chat_row, dispatch
from handlers.edge.chat_row import ChatRow
from handlers.edge.flood import Flood

MOST_TOAST = 200
SLOWER = _("That was too much at once. Please wait a minute, then go on.")
LEAP = 1000
_SEEN_TABLE = SQLModel.metadata.tables["seen_update"]
_COLUMNS = ("bot_id", "update_id", "at")
_SEEN = {
    "sqlite": Statement(sqlite.insert(_SEEN_TABLE).on_conflict_do_nothing(), *_COLUMNS),
    "postgresql": Statement(postgresql.insert(_SEEN_TABLE).on_conflict_do_nothing(), *_COLUMNS),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What to show the speaker: a screen (edited into `edit`, else sent) and a toast.

    `has_told` says that the unit queued something for the courier; a stranger is not `known`.
    """

    user_id: int
    revision: int = 0
    encoded: Encoded | None = None
    edit: int | None = None
    press_id: str = ""
    toast: str = ""
    alert: bool = False
    menu: dispatch.CommandMenu | None = None
    has_told: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """What a unit of work needs beside its session; `flood` belongs to the database's thread."""

    bot_id: int
    clock: Clock
    settings: Settings
    flood: Flood = field(default_factory=Flood)


def handle(session: Session, desk: Desk, event: Event) -> Outgoing:
    """Deal with one event; a duplicate shows the current screen again if it was never shown.

    A Refusal is shown, undoes what the conversation did, and is dealt with like any answer.
    """
    first_time = _note_seen(session, desk, event.update_id)
    session.info.pop(TOLD, None)
    chat = chat_row.read(session, event, desk.settings)
    if not first_time:
        return _again(session, chat, event)
    ctx = Ctx(session, desk.clock, chat.actor, desk.settings)
    if not desk.flood.allows(event.user_id, known=chat.person_id is not None):
        return _held_back(session, desk, ctx, event, chat)
    try:
        with savepoint(session):
            reply = dispatch.reply_to(ctx, event, chat)
    except Refusal as refusal:
        access.note_out_of_reach(ctx, refusal)
        reply = dispatch.told(ctx, event, refusal.sentence)
    outgoing = _outgoing(session, ctx, event, chat, reply)
    return replace(outgoing, has_told=True) if TOLD in session.info else outgoing


def apologise(session: Session, desk: Desk, event: Event, number: str) -> Outgoing:
    """What somebody sees whose update hit a bug: a sentence with its number."""
    _note_seen(session, desk, event.update_id)
    chat = chat_row.read(session, event, desk.settings)
    ctx = Ctx(session, desk.clock, chat.actor, desk.settings)
    return _outgoing(session, ctx, event, chat, dispatch.apology(ctx, event, number))


def _note_seen(session: Session, desk: Desk, update_id: int) -> bool:
    """Whether it is seen for the first time. Only the hour is kept: pauses tell who typed."""
    hour = desk.clock.now().replace(minute=0, second=0, microsecond=0)
    row = {"bot_id": desk.bot_id, "update_id": update_id, "at": hour}
    return bool(_SEEN[session.get_bind().dialect.name].run(session, row))


def _held_back(session: Session, desk: Desk, ctx: Ctx, event: Event, chat: ChatRow) -> Outgoing:
    """A stranger who sends too much is told so once, and then not answered for a while."""
    reply = dispatch.told(ctx, event, SLOWER) if desk.flood.tells(event.user_id) else None
    return _outgoing(session, ctx, event, chat, reply)


def _again(session: Session, chat: ChatRow, event: Event) -> Outgoing:
    outgoing = Outgoing(chat.user_id, chat.revision, press_id=event.press_id)
    if chat.shown_revision >= chat.revision:
        return outgoing
    return replace(outgoing, encoded=chat_row.current_screen(session, chat.user_id))


def _outgoing(
    session: Session, ctx: Ctx, event: Event, chat: ChatRow, reply: Reply | None
) -> Outgoing:
    if reply is None:
        return Outgoing(chat.user_id, chat.revision, press_id=event.press_id)
    language = reply.language or chat.language
    base = Outgoing(
        chat.user_id,
        chat.revision,
        press_id=event.press_id,
        toast=cut(render(reply.toast, language), MOST_TOAST),
        alert=reply.alert,
        menu=dispatch.command_menu(ctx, event, chat, language),
        known=chat.person_id is not None,
    )
    if reply.screen is None:
        return _with_current(session, event, chat, base) if reply.fresh else base
    revision = chat.revision + 1 + (secrets.randbelow(LEAP) if reply.leap else 0)
    encoded = encode(reply.screen, language, revision)
    chat_row.put_screen(session, chat.user_id, revision, encoded, ctx.now())
    edit = None if reply.fresh else _editable(event, chat, encoded)
    if edit is not None and (chat.asks != encoded.asks or chat.shown_revision < chat.revision):
        chat_row.forget_question(session, chat.user_id, edit)
    return replace(base, revision=revision, encoded=encoded, edit=edit)


def _with_current(session: Session, event: Event, chat: ChatRow, base: Outgoing) -> Outgoing:
    """The current screen again, unless it is the very one that was pressed."""
    if event.kind is EventKind.PRESS and event.message_id == chat.message_id:
        return base
    return replace(base, encoded=chat_row.current_screen(session, chat.user_id))


def _editable(event: Event, chat: ChatRow, encoded: Encoded) -> int | None:
    pressed_current = event.kind is EventKind.PRESS and event.message_id == chat.message_id
    return event.message_id if pressed_current and encoded.can_be_edited else None
