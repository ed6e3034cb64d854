"""Absence: nobody is reminded while away, and who comes back after the last day has time left.

The roster says until when somebody is away; what that freezes is kept with each qualification,
because the roster forgets it when they are back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select

from bot import policy
from bot.calendar import DAY
from bot.context import Ctx
from bot.models.people import Person
from bot.models.qualifications import Qualification
from bot.training.qualifications import validity
from bot.training.qualifications.validity import Dated, Standing


def follow(ctx: Ctx, person_ids: Collection[int]) -> None:
    """Freeze what these people hold as the roster has their absence now; idempotent."""
    rows = ctx.session.execute(
        select(Qualification, Person.away_until)
        .join(Person, Person.id == Qualification.person_id)
        .where(
            Qualification.current,
            Qualification.expires_on.is_not(None),
            Qualification.person_id.in_(person_ids),
            or_(Qualification.away_until.is_not(None), Person.away_until.is_not(None)),
        )
    ).all()
    days = policy.value(ctx.session, "return_days")
    for held, away_until in rows:
        held.away_until = frozen_until(held, away_until, ctx.today(), days)


def frozen_until(
    held: Dated, away_until: dt.date | None, today: dt.date, return_days: int
) -> dt.date | None:
    """The last day of the absence that counts for something earned: pure.

    An absence freezes only what has not lapsed by the day on which it becomes known. One that
    the roster forgets while it lasts ended yesterday; one that is over counts whole.
    """
    known = held.away_until
    if away_until is not None and away_until >= today:
        goes_on = known is not None and known >= today
        return away_until if goes_on or _is_in_force(held, today, return_days) else known
    if known is not None and known >= today:
        return today - DAY if away_until is None else away_until
    if away_until is None or (known is not None and away_until <= known):
        return known
    return away_until if _is_in_force(held, today, return_days) else known


def _is_in_force(held: Dated, today: dt.date, return_days: int) -> bool:
    return validity.standing(held, today, return_days) is not Standing.LAPSED
