"""Nomination rounds: the call for names for one class that is filled by nomination.

Source: C ch.2 (letters with a number of seats to directorates), F §2.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.training import Entry, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.training import class_reach, round_cards, seats
from bot.training.round_cards import RoundCard

CHANGED = "round.changed"
LONGEST_ORDER_NO = 100
NO_ROUND = _("There is no nomination round for this class any more.")
SETTLED = _("This round is closed. Open it again to change it.")


def open_round(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> RoundCard:
    """Call for names by a deadline, or change deadline and order number of the call there is.

    Refuses classes that are not filled by nomination, that have begun, are closed or cancelled,
    and a deadline that has passed or lies after the first day.
    """
    class_reach.require_editor(ctx, class_id)
    held = seats.hold(ctx, class_id)
    _require_fit(ctx, held)
    deadline = _deadline(ctx, held, str(typed.get("deadline") or ""))
    row = _row_of(ctx, class_id) or NominationRound(
        class_id=class_id, deadline=deadline, opened_at=ctx.now()
    )
    row.deadline, row.settled_at = deadline, None
    row.order_no = order_no(str(typed.get("order_no") or "")) or held.order_no
    ctx.session.add(row)
    ctx.session.flush()
    note(ctx, "round.opened", class_id, deadline=str(deadline), order=row.order_no)
    return round_cards.card(ctx, row)


def of_class(ctx: Ctx, class_id: int) -> RoundCard | None:
    """The round of a class, for who may correct the class; None if there is none."""
    class_reach.require_editor(ctx, class_id)
    row = _row_of(ctx, class_id)
    return round_cards.card(ctx, row) if row is not None else None


def as_typed(ctx: Ctx, class_id: int) -> dict[str, str]:
    """The round's fields to fill the form beforehand; those of a new one without a round."""
    held = class_reach.require_editor(ctx, class_id)
    _require_fit(ctx, held)
    row = _row_of(ctx, class_id)
    if row is None:
        return {"order_no": held.order_no} if held.order_no else {}
    fields = {"deadline": row.deadline.isoformat(), "order_no": row.order_no}
    return {name: value for name, value in fields.items() if value}


def settle(ctx: Ctx, class_id: int) -> RoundCard:
    """Close the round: all that was named has been decided; reserves stay for who gives up.

    Refuses while somebody who is no reserve still waits to be accepted or declined.
    """
    row, _held = held_round(ctx, class_id)
    waiting = sum(quota.named - quota.accepted for quota in round_cards.card(ctx, row).quotas)
    if waiting:
        raise Refusal(_("Names still wait to be decided: {count}.", count=waiting))
    row.settled_at = ctx.now()
    ctx.session.flush()
    audit.record(ctx, "round.settled", "class", class_id)
    return round_cards.card(ctx, row)


def held_round(ctx: Ctx, class_id: int) -> tuple[NominationRound, TrainingClass]:
    """The open round of a class and the class, held until the commit, for who may correct it."""
    class_reach.require_editor(ctx, class_id)
    held = seats.hold(ctx, class_id)
    row = _row_of(ctx, class_id)
    if row is None:
        raise Refusal(NO_ROUND)
    if row.settled_at is not None:
        raise Refusal(SETTLED)
    return row, held


def within_reach(ctx: Ctx) -> list[RoundCard]:
    """The rounds that go on and have seats for people within the actor's reach, with those
    quotas only, the next deadline first; refuses who names nobody.
    """
    access.require(ctx, Action.NOMINATE)
    only = round_cards.touched(ctx)
    rows = ctx.session.scalars(
        select(NominationRound)
        .join(TrainingClass, TrainingClass.id == NominationRound.class_id)
        .where(
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            NominationRound.settled_at.is_(None),
            NominationRound.id.in_(select(NominationQuota.round_id).where(only)),
        )
        .order_by(NominationRound.deadline, NominationRound.id)
    )
    return [round_cards.card(ctx, row, only) for row in rows]


def just_changed(ctx: Ctx) -> int | None:
    """The class about whose nominations the actor has just done something, asked once."""
    person_id, class_id = ctx.session.info.pop(CHANGED, (None, None))
    return class_id if person_id == ctx.actor.person_id else None


def note(ctx: Ctx, action: str, class_id: int, **details: Any) -> None:
    """Keep in the audit what the actor did about a class's nominations, and lead back to them."""
    audit.record(ctx, action, "class", class_id, **details)
    ctx.session.info[CHANGED] = (ctx.actor.person_id, class_id)


def order_no(text: str) -> str:
    """An order number as typed; refuses one that is too long."""
    found = " ".join(text.split())
    if len(found) > LONGEST_ORDER_NO:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST_ORDER_NO))
    return found


def _row_of(ctx: Ctx, class_id: int) -> NominationRound | None:
    query = select(NominationRound).where(NominationRound.class_id == class_id)
    return ctx.session.scalars(query.execution_options(populate_existing=True)).first()


def _require_fit(ctx: Ctx, held: TrainingClass) -> None:
    if held.entry is not Entry.NOMINATED:
        raise Refusal(
            _("Officers are not nominated for this class. Set its entry to “nominated” first.")
        )
    if held.cancelled_at or held.closed_at:
        raise Refusal(_("This class is cancelled or closed. Nobody can be named for it."))
    if held.starts_on is not None and seats.has_started(ctx, held):
        raise Refusal(_("This class has begun. Nobody can be named for it any more."))


def _deadline(ctx: Ctx, held: TrainingClass, text: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(_("Give the deadline as a date such as 2026-11-22.")) from None
    if found < ctx.today():
        raise Refusal(_("The deadline has passed. Give a later day."))
    if held.starts_on is not None and found >= held.starts_on:
        raise Refusal(
            _("The class begins on {day}. Give a deadline before it.", day=held.starts_on)
        )
    return found
