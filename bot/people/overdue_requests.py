"""Requests to be linked that a supervisor has left lying: the training unit is told, once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.delivery import outbox
from bot.models.chats import LinkRequest, RequestState
from bot.models.people import Person, Role
from bot.people import access
from bot.people.link_requests import LINK_REQUESTED
from bot.people.request_cards import VALID_FOR

PATIENCE = dt.timedelta(days=2)


def pass_on(ctx: Ctx) -> None:
    """Tell the unit of every open request that is two days old; idempotent."""
    rows = ctx.session.execute(
        select(LinkRequest.id, LinkRequest.asked_at, Person.id, Person.unit_id)
        .join(Person, Person.id == LinkRequest.person_id)
        .where(
            LinkRequest.state == RequestState.OPEN,
            LinkRequest.asked_at <= ctx.now() - PATIENCE,
            LinkRequest.asked_at > ctx.now() - VALID_FOR,
            Person.active,
        )
    ).all()
    for request_id, asked_at, person_id, unit_id in rows:
        for member in access.people_with(ctx.session, Role.UNIT, unit_id):
            if member != person_id:
                # Requests go after a time, and SQLite gives the number of the last one again.
                key = f"link-request:{request_id}:{asked_at:%Y%m%dT%H%M%S}:overdue:{member}"
                outbox.tell(ctx, LINK_REQUESTED, member, {"request": request_id}, key=key)


def next_overdue(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next open request has waited for two days."""
    first = ctx.session.scalars(
        select(LinkRequest.asked_at)
        .where(LinkRequest.state == RequestState.OPEN, LinkRequest.asked_at > after - PATIENCE)
        .order_by(LinkRequest.asked_at)
        .limit(1)
    ).first()
    return first + PATIENCE if first is not None else None
