"""Linking an account to a person: by one's own contact, or by a one-time invite.

What a stranger gets to know is the same whether or not a number is in the roster.
Failed tries are effects to keep, so these services return an `Outcome` and refuse nothing.
Requests that somebody confirms are in `link_requests`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.events import SharedContact
from bot.models.chats import Chat
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.people import access, accounts, chats, directory, invites, locks, phones
from bot.people.access_table import Action
from bot.people.directory import PersonCard

WELCOME = outbox.declare(NoticeKind("welcome", Urgency.NOW, dt.timedelta(days=7)))


class OutcomeKind(StrEnum):
    LINKED = "linked"
    ALREADY = "already"
    OTHER_PERSON = "other person"
    NOT_OWN_CONTACT = "not own contact"
    NO_MATCH = "no match"
    BAD_INVITE = "bad invite"
    REQUESTED = "requested"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try: `person` is who the account speaks for, `until` when a lock ends.

    `language` is the one a newly linked person reads from now on.
    """

    kind: OutcomeKind
    person: PersonCard | None = None
    until: dt.datetime | None = None
    language: str | None = None


def by_contact(ctx: Ctx, contact: SharedContact) -> Outcome:
    """Link by a shared contact; only the sender's own counts, whatever else it says."""
    chat = chats.own_row(ctx)
    if locks.is_locked(chat, ctx.now()):
        return locked(chat)
    if contact.user_id is None or contact.user_id != ctx.actor.user_id:
        return Outcome(OutcomeKind.NOT_OWN_CONTACT)
    person = _by_phone(ctx, contact.phone)
    if person is None:
        return failed(ctx, chat, OutcomeKind.NO_MATCH, "contact")
    return join(ctx, chat, person, "contact")


def by_token(ctx: Ctx, token: str) -> Outcome:
    """Link by an invite; one that is used, expired, replaced or unknown is simply no good."""
    chat = chats.own_row(ctx)
    invite = invites.find(ctx, token)
    if invite is not None and ctx.actor.person_id == invite.person_id:
        return already(ctx, invite.person_id)
    if locks.is_locked(chat, ctx.now()):
        return locked(chat)
    holder = holder_of(ctx, chat)
    if invite is None or not invites.is_open(ctx, invite):
        return failed(ctx, chat, OutcomeKind.BAD_INVITE, "invite")
    if holder is not None:
        return Outcome(OutcomeKind.OTHER_PERSON, holder)
    if not invites.use(ctx, invite):
        return failed(ctx, chat, OutcomeKind.BAD_INVITE, "invite")
    return join(ctx, chat, ctx.session.get_one(Person, invite.person_id), "invite")


def join(ctx: Ctx, chat: Chat, person: Person, way: str) -> Outcome:
    """Link `chat` to `person`; an account that speaks for somebody else stays theirs.

    A welcome with the privacy notice follows as a message of its own: the answer to a
    shared contact takes a keyboard away and can have no buttons.
    """
    holder = holder_of(ctx, chat)
    if holder is not None:
        same = holder.id == person.id
        return Outcome(OutcomeKind.ALREADY if same else OutcomeKind.OTHER_PERSON, holder)
    accounts.give(ctx, chat, person, way)
    invites.spend(ctx, [person.id])
    outbox.tell(ctx, WELCOME, person.id, {"way": way})
    return Outcome(
        OutcomeKind.LINKED,
        directory.card(ctx.session, person.id),
        language=directory.language_of(person, chat, ctx.settings),
    )


def unlink_leavers(ctx: Ctx, person_ids: Sequence[int]) -> int:
    """Take access from people who have left: accounts and invites. Idempotent.

    Gives the number of accounts. Roster import and editing both leave through here.
    """
    invites.spend(ctx, person_ids)
    return accounts.take(ctx, person_ids)


def unlink(ctx: Ctx, person_id: int) -> bool:
    """Take somebody's account away by hand, when a phone is lost; False if they have none.

    Refuses people outside the actor's reach.
    """
    access.require(ctx, Action.EDIT_PEOPLE, person_id)
    return accounts.take(ctx, [person_id], accounts.BY_HAND) == 1


def holder_of(ctx: Ctx, chat: Chat) -> PersonCard | None:
    """The active person an account speaks for."""
    if chat.person_id is None:
        return None
    card = directory.card(ctx.session, chat.person_id)
    return card if card.active else None


def already(ctx: Ctx, person_id: int) -> Outcome:
    """The outcome for somebody who is linked already, as the person asked for."""
    return Outcome(OutcomeKind.ALREADY, directory.card(ctx.session, person_id))


def locked(chat: Chat) -> Outcome:
    """The outcome for an account that has to wait."""
    return Outcome(OutcomeKind.LOCKED, until=chat.locked_until)


def failed(ctx: Ctx, chat: Chat, kind: OutcomeKind, way: str) -> Outcome:
    """Count a try that did not link; an account that is linked has nothing to guess."""
    if ctx.actor.person_id is None:
        locks.count_try(ctx, chat, way)
    return Outcome(kind)


def _by_phone(ctx: Ctx, phone: str) -> Person | None:
    """The one active person with this number; two with the same number are no match."""
    number = phones.normalise_international(phone)
    if not number:
        return None
    found = ctx.session.scalars(
        select(Person).where(Person.phone == number, Person.active).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None
