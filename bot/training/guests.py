"""Guests of a class: brokers, other ministries, foreign Customs. They join by a link, with no more
than a name, and see that class only; they stand in no roster.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select

from bot import audit
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person, Unit
from bot.models.training import ClassInvite, Enrolment, TrainingClass
from bot.people import chats, invites, linking, locks
from bot.people.search import search_text
from bot.training import catalogue, class_reach, enrolling, seats
from bot.training.catalogue import ClassCard
from bot.training.membership import TRAINEE_STATES
from bot.training.schedule import start_of

PREFIX = "g-"
GUESTS = "Guests"
TOKEN_BYTES = 16
SHORTEST, LONGEST = 2, 100
NO_NAME = _("This cannot be a name. Type your name as it should stand on the list.")
NO_LINK = _("This link does not work any more. Ask whoever gave it to you.")


@dataclass(frozen=True, slots=True)
class GuestLink:
    """The link of a class, if there is one, and how many guests have a place."""

    class_id: int
    code: str
    link: str
    expires_at: dt.datetime | None
    guests: int


def of_class(ctx: Ctx, class_id: int) -> GuestLink:
    """How a class stands with guests; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    invite = _open_invite(ctx, class_id)
    count = (
        select(func.count())
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id, Enrolment.state.in_(TRAINEE_STATES), Person.guest)
    )
    return GuestLink(
        class_id,
        held.code,
        invites.link(ctx.session, PREFIX + invite.token) if invite else "",
        invite.expires_at if invite else None,
        int(ctx.session.execute(count).scalar_one()),
    )


def make_link(ctx: Ctx, class_id: int) -> GuestLink:
    """Make the link by which guests join, good until the class begins; the one there is stays.

    Refuses a class that is not to come, and classes out of reach.
    """
    held = class_reach.require_editor(ctx, class_id)
    starts_at = start_of(held, ctx.settings.timezone)
    if starts_at is None or not _is_to_come(ctx, held):
        raise Refusal(_("Guests are invited to a class that has dates and has not begun."))
    if _open_invite(ctx, class_id) is None:
        _guests_unit(ctx)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        ctx.session.add(
            ClassInvite(
                token=token,
                class_id=class_id,
                made_by=ctx.actor.person_id,
                made_at=ctx.now(),
                expires_at=starts_at,
            )
        )
        ctx.session.flush()
        audit.record(ctx, "class.guests_invited", "class", class_id)
    return of_class(ctx, class_id)


def end_link(ctx: Ctx, class_id: int) -> GuestLink:
    """Nobody joins by the link any more; who has joined stays. Refuses classes out of reach."""
    class_reach.require_editor(ctx, class_id)
    ctx.session.execute(delete(ClassInvite).where(ClassInvite.class_id == class_id))
    ctx.session.flush()
    audit.record(ctx, "class.guests_not_invited", "class", class_id)
    return of_class(ctx, class_id)


def token_in(words: str) -> str | None:
    """The token in what opened the chat; None if it is no link for guests."""
    return words.removeprefix(PREFIX) if words.startswith(PREFIX) else None


def invited_to(ctx: Ctx, token: str) -> ClassCard | None:
    """The class that a link is for; None if it does not work, which counts as a try."""
    chat = chats.own_row(ctx)
    invite = None if locks.is_locked(chat, ctx.now()) else ctx.session.get(ClassInvite, token)
    if invite is None or not _is_good(ctx, invite):
        linking.failed(ctx, chat, linking.OutcomeKind.BAD_INVITE, "guest")
        return None
    return catalogue.card(ctx, invite.class_id)


def is_guest(ctx: Ctx) -> bool:
    """Whether the actor has joined as a guest before."""
    person_id = ctx.actor.person_id
    return person_id is not None and ctx.session.get_one(Person, person_id).guest


def is_name(typed: str) -> bool:
    """Whether words can stand on a list as somebody's name."""
    name = " ".join(typed.split())
    return SHORTEST <= len(name) <= LONGEST and any(char.isalpha() for char in name)


def join(ctx: Ctx, token: str, name: str) -> ClassCard:
    """The account becomes a guest of that name, and has a place in the class.

    A guest of another class keeps their name. Refuses a link that does not work, a class that is
    full, somebody of the roster, and a name that is none.
    """
    invite = ctx.session.get(ClassInvite, token)
    if invite is None or not _is_good(ctx, invite):
        raise Refusal(NO_LINK)
    if not seats.free(ctx, seats.hold(ctx, invite.class_id)):
        raise Refusal(_("The class is full. Tell whoever gave you the link."))
    if ctx.actor.person_id is None:
        person_id = _new_guest(ctx, name)
    elif is_guest(ctx):
        person_id = ctx.actor.person_id
    else:
        raise Refusal(_("You are on the roster. Ask for a place in the class instead."))
    inviter = replace(ctx, actor=Actor(person_id=invite.made_by, zone=ctx.actor.zone))
    enrolling.admit(inviter, invite.class_id, person_id)
    return catalogue.card(ctx, invite.class_id)


def _new_guest(ctx: Ctx, typed: str) -> int:
    if not is_name(typed):
        raise Refusal(NO_NAME)
    name = " ".join(typed.split())
    number = f"G-{secrets.token_hex(4)}"
    person = Person(
        staff_no=number,
        full_name=name,
        unit_id=_guests_unit(ctx),
        guest=True,
        language=ctx.language,
        search=search_text(number, name),
    )
    ctx.session.add(person)
    ctx.session.flush()
    linking.join(ctx, chats.own_row(ctx), person, "guest")
    assert person.id is not None
    audit.record(ctx, "guest.joined", "person", person.id)
    return person.id


def _guests_unit(ctx: Ctx) -> int:
    """The office under which guests stand, made when the first are invited."""
    found = ctx.session.execute(select(Unit.id).where(Unit.path == GUESTS)).scalar()
    if found is not None:
        return int(found)
    unit = Unit(name=GUESTS, path=GUESTS)
    ctx.session.add(unit)
    ctx.session.flush()
    assert unit.id is not None
    return unit.id


def _open_invite(ctx: Ctx, class_id: int) -> ClassInvite | None:
    query = select(ClassInvite).where(ClassInvite.class_id == class_id)
    return next((one for one in ctx.session.scalars(query) if _is_good(ctx, one)), None)


def _is_good(ctx: Ctx, invite: ClassInvite) -> bool:
    held = ctx.session.get_one(TrainingClass, invite.class_id)
    return ctx.now() < invite.expires_at and _is_to_come(ctx, held)


def _is_to_come(ctx: Ctx, held: TrainingClass) -> bool:
    over = held.cancelled_at is not None or held.closed_at is not None
    return not over and not seats.has_started(ctx, held)
