"""Offices that sent people to a class beside those that did not: how far their figures moved.

No lot decided who sent people, so the comparison shows what happened beside the training, and
proves nothing by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select
from sqlmodel import Session

from bot.context import Ctx
from bot.evaluation.impact import change, differences, indicators, reach, series
from bot.evaluation.impact.differences import Difference
from bot.evaluation.impact.indicators import IndicatorCard
from bot.evaluation.impact.periods import Periods
from bot.evaluation.impact.series import Homes
from bot.models.impact import IndicatorValue
from bot.models.people import Person
from bot.models.training import Enrolment, TrainingClass
from bot.training.membership import TRAINEE_STATES
from bot.training.organisation import Organisation

FEWEST_OFFICES = 3
"""Of fewer in a group nothing is said."""


@dataclass(frozen=True, slots=True)
class OfficesCompared:
    """How an office changed on average, for the better: those that sent nobody (`first`) and those
    that did (`second`); None where either group is too small.
    """

    indicator: IndicatorCard
    trained: int
    others: int
    difference: Difference | None


def of_class(ctx: Ctx, class_id: int) -> list[OfficesCompared]:
    """Each indicator that is kept by office; refuses classes out of reach and without dates.

    Only offices with a figure of every month are compared, and as others only those from which
    nobody came to any class of the course until the last of these months.
    """
    held = reach.require_class(ctx, class_id)
    periods = change.periods_of(ctx, held)
    wanted = [one for one in indicators.of_course(ctx, held.course_id) if one.active]
    homes = series.homes(ctx.session, held)
    touched = _touched(ctx, held, periods, homes.tree)
    found = [_compared(one, _moved(ctx.session, one, periods), homes, touched) for one in wanted]
    return [one for one in found if one.trained or one.others]


def _compared(
    indicator: IndicatorCard, moved: Mapping[int, float], homes: Homes, touched: set[int]
) -> OfficesCompared:
    sent = {homes.nearest(home, moved) for home in homes.of_trainees.values()} - {None}
    trained = [by for unit, by in moved.items() if unit in sent]
    others = [by for unit, by in moved.items() if unit not in sent and unit not in touched]
    enough = min(len(trained), len(others)) >= FEWEST_OFFICES
    return OfficesCompared(
        indicator,
        len(trained),
        len(others),
        differences.between(others, trained) if enough else None,
    )


def _moved(session: Session, indicator: IndicatorCard, periods: Periods) -> dict[int, float]:
    """By how much each office is better after than before, a month, on average."""
    months = (*periods.before, *periods.after)
    found: dict[int, dict[dt.date, float]] = defaultdict(dict)
    rows = session.execute(
        select(IndicatorValue.unit_id, IndicatorValue.month, IndicatorValue.figure).where(
            IndicatorValue.indicator_id == indicator.id,
            IndicatorValue.unit_id.is_not(None),
            IndicatorValue.person_id.is_(None),
            IndicatorValue.month.in_(months),
        )
    )
    for unit_id, month, figure in rows:
        found[unit_id][month] = figure
    whole = {unit: known for unit, known in found.items() if len(known) == len(months)}
    return {
        unit: indicator.sign * (_mean(known, periods.after) - _mean(known, periods.before))
        for unit, known in whole.items()
    }


def _mean(known: Mapping[dt.date, float], months: Iterable[dt.date]) -> float:
    return fmean(known[month] for month in months)


def _touched(ctx: Ctx, held: TrainingClass, periods: Periods, tree: Organisation) -> set[int]:
    """Offices from which somebody came to a class of the course, with all above and below."""
    rows = ctx.session.scalars(
        select(Person.unit_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            TrainingClass.course_id == held.course_id,
            Enrolment.state.in_(TRAINEE_STATES),
            TrainingClass.starts_on < periods.complete_on,
        )
        .distinct()
    )
    return {near for unit in rows for near in tree.above(unit) | tree.below(unit)}
