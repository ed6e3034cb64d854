"""The history of posts: one row for each time somebody served somewhere, as what, under whom."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.models.people import Person, Posting


def keep(ctx: Ctx, person: Person, on: dt.date) -> None:
    """Bring the history in line with the person's post, which holds from `on`.

    The row before ends that day; a second change on the same day corrects the first.
    """
    current = _current(ctx, person.id)
    if current is not None and _same_post(current, person):
        return
    if current is not None and current.from_on >= on:
        current.unit_id, current.position = person.unit_id, person.position
        current.supervisor_id = person.supervisor_id
        return
    if current is not None:
        current.until_on = on
    ctx.session.add(
        Posting(
            person_id=person.id,
            unit_id=person.unit_id,
            position=person.position,
            supervisor_id=person.supervisor_id,
            from_on=on,
        )
    )


def close(ctx: Ctx, person_id: int, on: dt.date) -> None:
    """End the history of somebody who has left; `on` is the first day no longer there."""
    current = _current(ctx, person_id)
    if current is not None:
        current.until_on = max(on, current.from_on)


def history(ctx: Ctx, person_id: int) -> list[Posting]:
    """All posts of a person, the first one first."""
    return list(
        ctx.session.scalars(
            select(Posting)
            .where(Posting.person_id == person_id)
            .order_by(Posting.from_on, Posting.id)
        )
    )


def _current(ctx: Ctx, person_id: int) -> Posting | None:
    ctx.session.flush()
    return ctx.session.scalars(
        select(Posting)
        .where(Posting.person_id == person_id, Posting.until_on.is_(None))
        .order_by(Posting.from_on.desc(), Posting.id.desc())
    ).first()


def _same_post(posting: Posting, person: Person) -> bool:
    return (posting.unit_id, posting.position, posting.supervisor_id) == (
        person.unit_id,
        person.position,
        person.supervisor_id,
    )
