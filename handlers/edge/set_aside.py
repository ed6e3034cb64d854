"""Updates put aside for the operator, how often one was begun, and files kept on arrival."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.context import SYSTEM, Ctx
from bot.delivery import alarms
from bot.events import Event
from bot.models.chats import Chat
from bot.models.forms import Draft, FormVersion
from bot.models.inbound import BegunUpdate, SeenUpdate, SetAside
from bot.models.system import Blob
from bot.people import access
from handlers.edge import dispatch
from handlers.edge.middleware import Desk

MOST_BEGUN = 3
TELLING_KEYS = ("text", "caption", "entities", "data", "message", "reply_to_message", "quote")


def keep(session: Session, desk: Desk, raw: dict[str, Any], reason: str) -> None:
    """Set an update aside, without what was typed into an anonymous form; tell the operator."""
    number = raw.get("update_id")
    update_id = number if isinstance(number, int) and 0 <= number < 2**63 else 0
    payload = storable(_without_words(raw) if _is_anonymous(session, raw) else raw)
    now = desk.clock.now()
    session.add(
        SetAside(bot_id=desk.bot_id, update_id=update_id, at=now, reason=reason, payload=payload)
    )
    ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
    alarms.update_set_aside(ctx, reason)


def storable(raw: dict[str, Any]) -> dict[str, Any]:
    """A copy that every database takes; of one that is nested too deeply only that is kept."""
    try:
        copied: dict[str, Any] = json.loads(json.dumps(raw, allow_nan=False))
    except (RecursionError, ValueError):
        return {"update_id": raw.get("update_id"), "unstorable": True}
    return copied


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of re-delivered updates: which have ended, and which were begun before."""

    ended: frozenset[int]
    before: frozenset[int]


def begun(session: Session, desk: Desk, updates: list[dict[str, Any]]) -> Begun:
    """Count the first update of each sender that has not ended as begun once, if it never was.

    What was begun before is not counted: it is dealt with by itself, after `begin_again`.
    """
    ended = _ended(session, desk, updates)
    first = _first_of_each(updates, ended)
    before = {
        row.update_id
        for row in session.scalars(
            select(BegunUpdate).where(
                BegunUpdate.bot_id == desk.bot_id, BegunUpdate.update_id.in_(first)
            )
        )
    }
    for update_id in set(first) - before:
        session.add(
            BegunUpdate(bot_id=desk.bot_id, update_id=update_id, times=1, at=desk.clock.now())
        )
    return Begun(frozenset(ended), frozenset(before))


def begin_again(session: Session, desk: Desk, update_id: int) -> bool:
    """Count one update as begun once more; False if that was too often already."""
    row = session.get(BegunUpdate, (desk.bot_id, update_id), with_for_update=True)
    if row is None:
        row = BegunUpdate(bot_id=desk.bot_id, update_id=update_id, at=desk.clock.now())
        session.add(row)
    row.times += 1
    return row.times <= MOST_BEGUN


def _ended(session: Session, desk: Desk, updates: list[dict[str, Any]]) -> set[int]:
    ids = [raw["update_id"] for raw in updates]
    seen = select(SeenUpdate.update_id).where(
        SeenUpdate.bot_id == desk.bot_id, SeenUpdate.update_id.in_(ids)
    )
    return set(session.scalars(seen))


def _first_of_each(updates: list[dict[str, Any]], ended: set[int]) -> list[int]:
    """The updates that are begun at once: the first of each sender that has not ended."""
    first: dict[Any, int] = {}
    for raw in updates:
        if raw["update_id"] not in ended:
            first.setdefault(sender(raw) or raw["update_id"], raw["update_id"])
    return list(first.values())


def sender(raw: dict[str, Any]) -> tuple[str, int] | None:
    """Who caused an update, as far as that can be read."""
    for content in raw.values():
        sender = content.get("from") if isinstance(content, dict) else None
        number = sender.get("id") if isinstance(sender, dict) else None
        if isinstance(number, int) and 0 < number < 2**63:
            return "from", number
    return None


def is_awaited(ctx: Ctx, event: Event) -> bool:
    """Whether a file is worth fetching: somebody takes it, and its sender may send it there."""
    chat = ctx.session.execute(
        select(Chat.person_id, Chat.asks).where(Chat.user_id == event.user_id)
    ).first()
    taker = dispatch.takes_file(ctx.session, event, chat.asks) if chat is not None else None
    if chat is None or taker is None or taker.action is None:
        return False
    return access.allows(access.roles_of(ctx.session, chat.person_id, ctx.today()), taker.action)


def keep_file(ctx: Ctx, name: str, content: bytes) -> int:
    """Store a file that came in; its id."""
    blob = Blob(name=name, content=content, made_at=ctx.now())
    ctx.session.add(blob)
    ctx.session.flush()
    assert blob.id is not None
    return blob.id


def _is_anonymous(session: Session, raw: dict[str, Any]) -> bool:
    whose = sender(raw)
    if whose is None:
        return False
    definition = session.execute(
        select(FormVersion.definition)
        .join(Draft, Draft.version_id == FormVersion.id)
        .join(Chat, Chat.draft_id == Draft.id)
        .where(Chat.user_id == whose[1])
    ).scalar()
    return bool(definition and definition.get("anonymous"))


def _without_words(raw: dict[str, Any]) -> dict[str, Any]:
    """The update with nothing left of what was typed, or of which choice was pressed."""
    return {
        kind: {key: value for key, value in content.items() if key not in TELLING_KEYS}
        if isinstance(content, dict)
        else content
        for kind, content in raw.items()
    }
