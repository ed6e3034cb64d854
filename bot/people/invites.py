"""One-time invites: made for named people, kept as hashes, printed as a sheet per office."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import CursorResult, func, select, update
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.chats import Chat, Invite
from bot.models.delivery import Urgency
from bot.models.people import Person, Unit
from bot.models.system import Blob, PolicyValue
from bot.people import access, directory, reach, search
from bot.people.access_table import Action

VALID_FOR = dt.timedelta(days=30)
TOKEN_BYTES = 16
BOT_NAME = "bot_name"
SHEET_NAME = "invites.pdf"
SHEET_KEPT_FOR = dt.timedelta(days=1)
INVITE_SHEET_READY = outbox.declare(NoticeKind("invite_sheet_ready", Urgency.NOW))


@dataclass(frozen=True, slots=True)
class FreshInvite:
    """An invite as it is handed over; the token in `link` is kept nowhere else."""

    person_id: int
    staff_no: str
    name: Texts
    link: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class OfficeToInvite:
    """An office and how many of its own people have no account."""

    office: directory.UnitCard
    count: int


_UNLINKED = (
    select(Person.id)
    .outerjoin(Chat, Chat.person_id == Person.id)
    .where(Chat.user_id.is_(None), Person.active, ~Person.guest)
    .order_by(Person.full_name, Person.id)
)


def make(ctx: Ctx, person_ids: Sequence[int]) -> list[FreshInvite]:
    """Make one invite for each person; invites they had before stop working.

    Refuses people outside the actor's reach and people who have left.
    """
    for person_id in person_ids:
        access.require(ctx, Action.INVITE, person_id)
    return _make_all(ctx, person_ids)


def make_for_office(ctx: Ctx, unit_id: int) -> list[FreshInvite]:
    """Invites for all people of an office who have no account yet, in the order of names.

    Refuses an office where nobody within the actor's reach is left to invite.
    """
    people = unlinked(ctx, unit_id)
    if not people:
        raise Refusal(_("Everybody in this office is linked already."))
    return _make_all(ctx, people)


def make_for_staff_numbers(ctx: Ctx, staff_nos: Sequence[str]) -> list[FreshInvite]:
    """Make one invite for each staff number; refuses all if one of them is unknown."""
    cards = [(staff_no, directory.by_staff_no(ctx.session, staff_no)) for staff_no in staff_nos]
    unknown = [staff_no for staff_no, card in cards if card is None]
    if unknown:
        raise Refusal(_("Nobody has staff number {numbers}.", numbers=", ".join(unknown)))
    return make(ctx, [card.id for _staff_no, card in cards if card is not None])


def unlinked(ctx: Ctx, unit_id: int) -> list[int]:
    """The active people of an office who have no account yet; refuses offices out of reach."""
    units = reach.units_within(ctx, Action.INVITE)
    if units is not None and unit_id not in units:
        raise access.OutOfReach(Action.INVITE, unit_id, "unit")
    allowed = reach.within(ctx, Action.INVITE)
    return list(ctx.session.scalars(_UNLINKED.where(Person.unit_id == unit_id, allowed)))


def offices(ctx: Ctx, query: str = "", limit: int = 10) -> list[OfficeToInvite]:
    """Offices within the actor's reach where somebody has no account, the most first."""
    rows = ctx.session.execute(
        select(Unit.id, Unit.name, Unit.path, func.count())
        .join(Person, Person.unit_id == Unit.id)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(
            Chat.user_id.is_(None),
            Person.active,
            ~Person.guest,
            reach.within(ctx, Action.INVITE),
        )
        .group_by(Unit.id, Unit.name, Unit.path)
        .order_by(func.count().desc(), Unit.path)
    )
    wanted = search.fold(query)
    found = (
        OfficeToInvite(directory.UnitCard(unit_id, name, path), count)
        for unit_id, name, path, count in rows
        if wanted in search.fold(path)
    )
    return list(islice(found, limit))


def empty_old_sheets(ctx: Ctx) -> int:
    """Empty the sheets that were sent long ago, for only hashes of tokens are kept; how many."""
    result = ctx.session.execute(
        update(Blob)
        .where(
            Blob.name == SHEET_NAME,
            Blob.made_at < ctx.now() - SHEET_KEPT_FOR,
            Blob.content != b"",
        )
        .values(content=b"", telegram_file_id="")
    )
    assert isinstance(result, CursorResult)
    return result.rowcount


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
    return f"{chat_link(session)}?start={token}"


def chat_link(session: Session) -> str:
    """The address that opens the chat for anybody; refuses before the bot was ever run."""
    name = session.get(PolicyValue, BOT_NAME)
    if name is None:
        raise Refusal(_("Start Rollcall once first: links need the bot's name."))
    return f"https://t.me/{name.value}"


def _make_all(ctx: Ctx, person_ids: Sequence[int]) -> list[FreshInvite]:
    spend(ctx, person_ids)
    made = [_make_one(ctx, card) for card in directory.cards(ctx.session, person_ids)]
    ctx.session.flush()
    return made


def _make_one(ctx: Ctx, card: directory.PersonCard) -> FreshInvite:
    if not card.active:
        raise Refusal(_("{name} has left and cannot be invited.", name=card.name))
    token = secrets.token_hex(TOKEN_BYTES)  # no other kind of link begins like one
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
