"""One-time invites: made for named people, kept as hashes, printed as a sheet per office."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CursorResult, select, update
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.chats import Invite
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.system import PolicyValue
from bot.people import access, directory
from bot.people.access import Action

VALID_FOR = dt.timedelta(days=30)
TOKEN_BYTES = 16
BOT_NAME = "bot_name"
INVITE_SHEET_READY = outbox.declare(NoticeKind("invite_sheet_ready", Urgency.NOW))


@dataclass(frozen=True, slots=True)
class FreshInvite:
    """An invite as it is handed over; the token in `link` is kept nowhere else."""

    person_id: int
    staff_no: str
    name: Texts
    link: str
    expires_at: dt.datetime


def make(ctx: Ctx, person_ids: Sequence[int]) -> list[FreshInvite]:
    """Make one invite for each person; invites they had before stop working.

    Refuses people outside the actor's reach and people who have left.
    """
    for person_id in person_ids:
        access.require(ctx, Action.INVITE, person_id)
    spend(ctx, person_ids)
    made = [_make_one(ctx, card) for card in directory.cards(ctx.session, person_ids)]
    ctx.session.flush()
    return made


def unlinked(ctx: Ctx, unit_id: int) -> list[int]:
    """The active people of an office, within the actor's reach, who have no account yet."""
    return [
        card.id
        for card in directory.members(ctx.session, unit_id)
        if not card.linked and access.may_about(ctx, Action.INVITE, card.id)
    ]


def find(ctx: Ctx, token: str) -> Invite | None:
    """The invite of a token, in whatever state it is."""
    return ctx.session.scalars(select(Invite).where(Invite.token_hash == _hash(token))).first()


def is_open(ctx: Ctx, invite: Invite) -> bool:
    """Whether an invite can still be used: once, within its days, by somebody still here."""
    person = ctx.session.get_one(Person, invite.person_id)
    return invite.used_at is None and ctx.now() < invite.expires_at and person.active


def use(ctx: Ctx, invite: Invite) -> bool:
    """Use an invite up; False where another account was first."""
    result = ctx.session.execute(
        update(Invite)
        .where(Invite.id == invite.id, Invite.used_at.is_(None))
        .values(used_at=ctx.now())
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def spend(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Make every open invite of these people useless."""
    ctx.session.execute(
        update(Invite)
        .where(Invite.person_id.in_(person_ids), Invite.used_at.is_(None))
        .values(used_at=ctx.now())
    )


def remember_bot_name(session: Session, name: str) -> None:
    """Keep the bot's user name, as the channel told it; links are made with it."""
    session.merge(PolicyValue(name=BOT_NAME, value=name))


def link(session: Session, token: str) -> str:
    """The address that opens the chat with an invite; refuses before the bot was ever run."""
    name = session.get(PolicyValue, BOT_NAME)
    if name is None:
        raise Refusal(_("Start Rollcall once first: links need the bot's name."))
    return f"https://t.me/{name.value}?start={token}"


def _make_one(ctx: Ctx, card: directory.PersonCard) -> FreshInvite:
    if not card.active:
        raise Refusal(_("{name} has left and cannot be invited.", name=card.name))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = ctx.now() + VALID_FOR
    ctx.session.add(
        Invite(
            person_id=card.id, token_hash=_hash(token), made_at=ctx.now(), expires_at=expires_at
        )
    )
    audit.record(ctx, "invite.made", "person", card.id)
    return FreshInvite(card.id, card.staff_no, card.name, link(ctx.session, token), expires_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
