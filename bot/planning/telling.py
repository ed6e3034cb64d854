"""Whom the steps of a plan are told to, and the notices that tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Grant, Person, Role
from bot.models.planning import AnnualPlan

USEFUL = dt.timedelta(days=30)

REVIEW_ASKED = outbox.declare(NoticeKind("plan_review_asked", Urgency.ORDINARY, USEFUL))
REVIEWED = outbox.declare(NoticeKind("plan_reviewed", Urgency.ORDINARY, USEFUL))
SUBMITTED = outbox.declare(NoticeKind("plan_submitted", Urgency.ORDINARY, USEFUL))
DECIDED = outbox.declare(NoticeKind("plan_decided", Urgency.ORDINARY, USEFUL))
PUBLISHED = outbox.declare(NoticeKind("plan_published", Urgency.ORDINARY, USEFUL))
COVER = outbox.declare(NoticeKind("plan_cover", Urgency.ORDINARY, USEFUL))


def tell(
    ctx: Ctx,
    kind: NoticeKind,
    plan: AnnualPlan,
    people: Iterable[int],
    *,
    once: bool = False,
    **params: Any,
) -> int:
    """Tell these people, but not the actor, of a plan in its present version; how many.

    With `once` nobody is told a second time of the same version, and the actor is told too.
    """
    others = sorted({person for person in people if once or person != ctx.actor.person_id})
    told: Mapping[str, Any] = {"plan": plan.id, "version": plan.version, **params}
    at = "once" if once else f"{ctx.now():%Y%m%dT%H%M%S}"
    notices = [
        Notice(person, told, f"{kind.name}:{plan.id}:{plan.version}:{at}:{person}")
        for person in others
    ]
    return outbox.tell_all(ctx, kind, notices)


def whole_unit(session: Session) -> list[int]:
    """The members of the training unit for the whole administration."""
    return _granted(session, Role.UNIT)


def approvers(session: Session) -> list[int]:
    """The executives, of the whole administration if there are any."""
    return _granted(session, Role.EXECUTIVE) or _granted(session, Role.EXECUTIVE, whole=False)


def _granted(session: Session, role: Role, *, whole: bool = True) -> list[int]:
    query = (
        select(Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == role, Person.active)
        .order_by(Grant.person_id)
    )
    if whole:
        query = query.where(Grant.scope_unit_id.is_(None))
    return list(dict.fromkeys(session.scalars(query)))
