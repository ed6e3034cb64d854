"""A request to be linked, as the person who decides about it sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.context import Ctx
from bot.i18n import Moment, Words, _
from bot.models.chats import Chat, LinkRequest, RequestState
from bot.people import accounts, directory
from bot.people.directory import PersonCard

VALID_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request as the person who decides sees it; `replaces_since` dates a present account."""

    id: int
    person: PersonCard
    display_name: str
    asked_at: dt.datetime
    state: RequestState
    decided_by: PersonCard | None
    decided_at: dt.datetime | None
    replaces_since: dt.datetime | None


def is_open(request: RequestCard, now: dt.datetime) -> bool:
    """Whether a request still waits for a decision."""
    return request.state is RequestState.OPEN and now < request.asked_at + VALID_FOR


def facts(card: RequestCard, zone: str) -> tuple[Words, ...]:
    """What one has to know to decide."""
    lines: list[Words] = [
        _("Staff number {number}, {unit}.", number=card.person.staff_no, unit=card.person.unit),
        _("The account is called {name}.", name=card.display_name),
        _("Asked {moment}.", moment=Moment(card.asked_at, zone)),
    ]
    if card.replaces_since is not None:
        lines.append(
            _(
                "This person has another account since {moment}. It would lose its access.",
                moment=Moment(card.replaces_since, zone),
            )
        )
    lines.append(_("Confirm only if you know that this person wrote. If not sure, ask them."))
    return tuple(lines)


def card_of(ctx: Ctx, request: LinkRequest) -> RequestCard:
    """The card of a stored request."""
    present = accounts.of_person(ctx, request.person_id)
    decider = request.decided_by
    return RequestCard(
        id=request.id,
        person=directory.card(ctx.session, request.person_id),
        display_name=request.display_name,
        asked_at=request.asked_at,
        state=request.state,
        decided_by=directory.card(ctx.session, decider) if decider is not None else None,
        decided_at=request.decided_at,
        replaces_since=_replaced_since(present, request),
    )


def _replaced_since(present: Chat | None, request: LinkRequest) -> dt.datetime | None:
    if present is None or present.user_id == request.user_id:
        return None
    return present.linked_at
