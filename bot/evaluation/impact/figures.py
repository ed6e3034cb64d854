"""Figures of indicators as they are entered by hand: one month of an office, or of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact import indicators
from bot.evaluation.impact.indicators import IndicatorCard
from bot.evaluation.impact.periods import month_of
from bot.evaluation.impact.typed import month_in, number_in
from bot.i18n import Words, _
from bot.models.impact import IndicatorValue
from bot.models.people import Unit
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action

WHOLE: Words = _("The whole administration")
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: whose, of which month; people's figures are counted and never listed."""

    month: dt.date
    whose: Words
    figure: float


def of_indicator(ctx: Ctx, indicator_id: int) -> list[Figure]:
    """The newest figures of offices and of all; refuses who may not read them.

    Those who look after one part see its offices only.
    """
    indicators.card(ctx, indicator_id)
    query = (
        select(IndicatorValue.month, IndicatorValue.figure, Unit.path)
        .outerjoin(Unit, Unit.id == IndicatorValue.unit_id)
        .where(
            IndicatorValue.indicator_id == indicator_id,
            IndicatorValue.person_id.is_(None),
        )
        .order_by(IndicatorValue.month.desc(), Unit.path)
        .limit(MOST_SHOWN)
    )
    units = reach.units_within(ctx, Action.READ_IMPACT)
    if units is not None:
        query = query.where(IndicatorValue.unit_id.in_(units))
    rows = ctx.session.execute(query)
    return [Figure(month, path or WHOLE, figure) for month, figure, path in rows]


def note(ctx: Ctx, indicator_id: int, typed: Mapping[str, Any]) -> Figure:
    """Keep the figure of one month; without an office it is that of the whole administration.

    Another figure of the same month takes the place of the first; the audit keeps what stood
    there. Refuses offices out of reach, months to come, and what is no number.
    """
    access.require(ctx, Action.MEASURE)
    card = indicators.card(ctx, indicator_id)
    month, figure = month_in(typed, "month"), number_in(typed, "figure")
    if month > month_of(ctx.today()):
        raise Refusal(_("This month has not come yet. Give an earlier one."))
    if figure is None:
        raise Refusal(_("Give the figure of the month."))
    unit_id = _unit(ctx, str(typed.get("unit") or ""))
    row = _row(ctx, card, month, unit_id)
    old, row.figure = row.figure if row.id is not None else None, figure
    row.noted_by, row.noted_at = ctx.actor.person_id, ctx.now()
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(
        ctx, "indicator.figure", "indicator", card.id, month=month.isoformat(), unit=unit_id,
        old=old, new=figure,
    )  # fmt: skip
    whose = directory.office(ctx.session, unit_id).path if unit_id is not None else WHOLE
    return Figure(month, whose, figure)


def _row(ctx: Ctx, card: IndicatorCard, month: dt.date, unit_id: int | None) -> IndicatorValue:
    of_unit = (
        IndicatorValue.unit_id.is_(None) if unit_id is None else IndicatorValue.unit_id == unit_id
    )
    known = ctx.session.scalars(
        select(IndicatorValue).where(
            IndicatorValue.indicator_id == card.id,
            IndicatorValue.month == month,
            IndicatorValue.person_id.is_(None),
            of_unit,
        )
    ).first()
    return known or IndicatorValue(
        indicator_id=card.id, month=month, unit_id=unit_id, figure=0, noted_at=ctx.now()
    )


def _unit(ctx: Ctx, code: str) -> int | None:
    """The office that is named; None for the whole, which is not for who has one part only."""
    within = reach.units_within(ctx, Action.MEASURE)
    if not code:
        if within is not None:
            raise OutOfReach(Action.MEASURE, None, sentence=_("Choose an office of your part."))
        return None
    found = directory.find_office(ctx.session, code)
    if found is None:
        raise Refusal(_("There is no office “{name}”. Choose one from the list.", name=code))
    if within is not None and found not in within:
        raise OutOfReach(Action.MEASURE, found, "unit")
    return found
