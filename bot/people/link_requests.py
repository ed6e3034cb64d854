"""A stranger's claim to be somebody of the roster, which supervisor or unit confirms.

The stranger hears the same whatever the roster holds, and hears no refusal either:
a refusal would tell that the staff number exists.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select, func, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.chats import LinkRequest, RequestState
from bot.models.delivery import Urgency
from bot.models.people import Person, Role
from bot.people import (
    access,
    accounts,
    chats,
    directory,
    linking,
    locks,
    reach,
    request_cards,
    search,
)
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.people.linking import Outcome, OutcomeKind
from bot.people.request_cards import VALID_FOR, RequestCard, card_of

T = TypeVar("T")
LONGEST_NUMBER = 24
LINK_REQUESTED = outbox.declare(NoticeKind("link_requested", Urgency.NOW, VALID_FOR, repeats=True))


def looks_like_staff_no(text: str) -> bool:
    """Whether a typed line can be meant as a staff number: short, one word, with a digit."""
    words = search.fold(text).split()
    return (
        len(words) == 1
        and len(words[0]) <= LONGEST_NUMBER
        and any(char.isdigit() for char in words[0])
    )


def ask(ctx: Ctx, staff_no: str, display_name: str) -> Outcome:
    """Claim a staff number; those who can confirm it are told.

    Every claim counts as a try, a true one too, so that locks tell nothing either.
    """
    chat = chats.own_row(ctx)
    holder = linking.holder_of(ctx, chat)
    if holder is not None:
        return Outcome(OutcomeKind.ALREADY, holder)
    if locks.is_locked(chat, ctx.now()):
        return linking.locked(chat)
    locks.count_try(ctx, chat, "request")
    chat.language = chat.language or ctx.language
    person_id = directory.find_staff_no(ctx.session, staff_no)
    person = ctx.session.get(Person, person_id) if person_id is not None else None
    if person is not None and person.active and not _is_open_already(ctx, person.id):
        _file(ctx, person, display_name)
    return Outcome(OutcomeKind.REQUESTED)


def confirm(ctx: Ctx, request_id: int) -> PersonCard:
    """Link the account that asked, which is told so by its welcome.

    Refuses who may not decide about the person, the person themself, a request that is
    decided or too old, and an account that speaks for somebody else by now.
    """
    request, person = _to_decide(ctx, request_id)
    chat = chats.get_or_create(ctx.session, request.user_id)
    outcome = linking.join(ctx, chat, person, "request")
    if outcome.kind is OutcomeKind.OTHER_PERSON:
        raise Refusal(_("This account has been linked to somebody else since. Nothing was done."))
    _decide(ctx, request, RequestState.CONFIRMED)
    _close_others(ctx, request)
    return directory.card(ctx.session, person.id)


def refuse(ctx: Ctx, request_id: int) -> PersonCard:
    """Turn a request down; who asked is not told. Refuses as `confirm` does."""
    request, person = _to_decide(ctx, request_id)
    _decide(ctx, request, RequestState.REFUSED)
    return directory.card(ctx.session, person.id)


def get(ctx: Ctx, request_id: int) -> RequestCard:
    """One request, for those who may decide about its person."""
    request = _find(ctx, request_id)
    access.require(ctx, Action.CONFIRM_LINK, request.person_id)
    return card_of(ctx, request)


def waiting(ctx: Ctx) -> list[RequestCard]:
    """The open requests that the actor may decide, oldest first."""
    rows = ctx.session.scalars(_waiting(ctx, select(LinkRequest)).order_by(LinkRequest.asked_at))
    return [card_of(ctx, request) for request in rows]


def count_waiting(ctx: Ctx) -> int:
    """How many open requests the actor may decide."""
    return int(ctx.session.execute(_waiting(ctx, select(func.count()))).scalar_one())


def _waiting(ctx: Ctx, query: Select[T]) -> Select[T]:
    return (
        query.select_from(LinkRequest)
        .join(Person, Person.id == LinkRequest.person_id)
        .where(
            LinkRequest.state == RequestState.OPEN,
            LinkRequest.asked_at > ctx.now() - VALID_FOR,
            LinkRequest.person_id != ctx.actor.person_id,
            Person.active,
            reach.within(ctx, Action.CONFIRM_LINK),
        )
    )


def _file(ctx: Ctx, person: Person, display_name: str) -> None:
    request = LinkRequest(
        user_id=chats.own_row(ctx).user_id,
        display_name=display_name,
        person_id=person.id,
        asked_at=ctx.now(),
    )
    ctx.session.add(request)
    ctx.session.flush()
    audit.record(ctx, "link.requested", "person", person.id, user_id=request.user_id)
    for receiver in _deciders(ctx, person):
        outbox.tell(ctx, LINK_REQUESTED, receiver, {"request": request.id})


def _deciders(ctx: Ctx, person: Person) -> list[int]:
    """The supervisor on duty; the unit where there is none, or none who can be reached now."""
    today = ctx.today()
    supervisor_id = access.supervisor_of(person, today)
    if supervisor_id is not None:
        supervisor = ctx.session.get_one(Person, supervisor_id)
        away = supervisor.away_until is not None and today <= supervisor.away_until
        chat = accounts.of_person(ctx, supervisor_id)
        if supervisor.active and not away and chat is not None and chat.blocked_at is None:
            return [supervisor_id]
    unit = access.people_with(ctx.session, Role.UNIT, person.unit_id)
    return [member for member in unit if member != person.id]


def _to_decide(ctx: Ctx, request_id: int) -> tuple[LinkRequest, Person]:
    request = _find(ctx, request_id)
    access.require(ctx, Action.CONFIRM_LINK, request.person_id)
    if request.person_id == ctx.actor.person_id:
        raise Refusal(_("Somebody else has to confirm a request in your own name."))
    if not request_cards.is_open(card_of(ctx, request), ctx.now()):
        raise Refusal(_("This request has been decided or is too old. Nothing was changed."))
    person = ctx.session.get_one(Person, request.person_id)
    if not person.active:
        raise Refusal(_("This person has left. The request cannot be confirmed."))
    return request, person


def _find(ctx: Ctx, request_id: int) -> LinkRequest:
    request = ctx.session.scalars(
        select(LinkRequest).where(LinkRequest.id == request_id).with_for_update()
    ).first()
    if request is None:
        raise Refusal(_("This request is not there any more."))
    return request


def _decide(ctx: Ctx, request: LinkRequest, state: RequestState) -> None:
    request.state = state
    request.decided_by = ctx.actor.person_id
    request.decided_at = ctx.now()
    audit.record(
        ctx,
        f"link.{state}",
        "person",
        request.person_id,
        request=request.id,
        user_id=request.user_id,
    )


def _close_others(ctx: Ctx, confirmed: LinkRequest) -> None:
    others = ctx.session.scalars(
        select(LinkRequest).where(
            LinkRequest.user_id == confirmed.user_id, LinkRequest.state == RequestState.OPEN
        )
    )
    for request in others:
        _decide(ctx, request, RequestState.REFUSED)


def _is_open_already(ctx: Ctx, person_id: int) -> bool:
    found = ctx.session.scalars(
        select(LinkRequest.id).where(
            LinkRequest.user_id == ctx.actor.user_id,
            LinkRequest.person_id == person_id,
            LinkRequest.state == RequestState.OPEN,
            LinkRequest.asked_at > ctx.now() - VALID_FOR,
        )
    )
    return found.first() is not None
