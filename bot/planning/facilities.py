"""Where training is held: rooms, seats and beds of the administration's own places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in, whole_in
from bot.i18n import _
from bot.models.planning import Facility
from bot.people import access
from bot.people.access_table import Action

MOST_ROOMS, MOST_PLACES = 500, 20_000


@dataclass(frozen=True, slots=True)
class FacilityCard:
    """A place with how many rooms, seats and beds it has; 0 seats are not known."""

    id: int
    name: str
    rooms: int
    seats: int
    beds: int
    active: bool


def listed(ctx: Ctx) -> list[FacilityCard]:
    """Every place, those in use first; asks for no right."""
    rows = ctx.session.scalars(
        select(Facility).order_by(Facility.active.desc(), Facility.name)
    ).all()
    return [_card(row) for row in rows]


def card(ctx: Ctx, facility_id: int) -> FacilityCard:
    """One place; refuses one that is not there, and who may not edit plans."""
    return _card(_row(ctx, facility_id))


def save(ctx: Ctx, facility_id: int | None, typed: Mapping[str, Any]) -> FacilityCard:
    """Keep a new place, or correct one; refuses a name that another has."""
    access.require(ctx, Action.EDIT_PLAN)
    row = Facility(name="") if facility_id is None else _row(ctx, facility_id)
    values = _values(typed)
    taken = select(Facility.id).where(Facility.name == values["name"])
    if any(found != facility_id for found in ctx.session.scalars(taken)):
        raise Refusal(_("There is a place {name} already.", name=values["name"]))
    for name, value in values.items():
        setattr(row, name, value)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "facility.kept", "facility", row.id, **values)
    return _card(row)


def set_active(ctx: Ctx, facility_id: int, active: bool) -> FacilityCard:
    """Use a place, or use it no longer; lines that name it stay."""
    row = _row(ctx, facility_id)
    if row.active is not active:
        row.active = active
        ctx.session.flush()
        audit.record(ctx, "facility.used", "facility", facility_id, active=active)
    return _card(row)


def as_typed(ctx: Ctx, facility_id: int) -> dict[str, str]:
    """A place's fields to fill the form beforehand."""
    row = _row(ctx, facility_id)
    return {
        "name": row.name,
        "rooms": str(row.rooms),
        "seats": str(row.seats),
        "beds": str(row.beds),
    }


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    name = line_in(typed, "name")
    if not name:
        raise Refusal(_("Give the place a name."))
    return {
        "name": name,
        "rooms": whole_in(typed, "rooms", 0, MOST_ROOMS),
        "seats": whole_in(typed, "seats", 0, MOST_PLACES),
        "beds": whole_in(typed, "beds", 0, MOST_PLACES),
    }


def _row(ctx: Ctx, facility_id: int) -> Facility:
    access.require(ctx, Action.EDIT_PLAN)
    row = ctx.session.get(Facility, facility_id)
    if row is None:
        raise Refusal(_("This place is not there any more."))
    return row


def _card(row: Facility) -> FacilityCard:
    assert row.id is not None
    return FacilityCard(row.id, row.name, row.rooms, row.seats, row.beds, row.active)
