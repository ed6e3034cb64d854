"""Before and after a class: how far each indicator of its course has moved, and for the better."""

from __future__ import annotations

from dataclasses import dataclass

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact import costs, differences, indicators, periods, reach, series
from bot.evaluation.impact.costs import USUAL
from bot.evaluation.impact.differences import Difference
from bot.evaluation.impact.indicators import IndicatorCard
from bot.evaluation.impact.periods import Periods
from bot.evaluation.impact.series import Series
from bot.i18n import _
from bot.models.training import TrainingClass


@dataclass(frozen=True, slots=True)
class Change:
    """`better` is the change in the direction that is wanted; None where figures are missing."""

    series: Series
    better: Difference | None

    @property
    def indicator(self) -> IndicatorCard:
        return self.series.indicator


@dataclass(frozen=True, slots=True)
class Changes:
    """All indicators in use of the course of one class, over the same months."""

    class_id: int
    periods: Periods
    found: tuple[Change, ...]


def of_class(ctx: Ctx, class_id: int) -> Changes:
    """Every indicator of the class's course before and after it.

    Refuses classes out of reach, and one without dates.
    """
    held = reach.require_class(ctx, class_id)
    compared = periods_of(ctx, held)
    wanted = [one for one in indicators.of_course(ctx, held.course_id) if one.active]
    fewest = policy.value(ctx.session, "smallest_group")
    found = series.read(ctx.session, held, wanted, compared, fewest)
    return Changes(class_id, compared, tuple(Change(one, _better(one)) for one in found))


def periods_of(ctx: Ctx, held: TrainingClass) -> Periods:
    """The months compared for a class; refuses one without dates."""
    if held.starts_on is None or held.ends_on is None or held.id is None:
        raise Refusal(_("The class has no dates, so there is no before and after."))
    given = costs.assumptions(ctx, held.id) or USUAL
    return periods.around(held.starts_on, held.ends_on, given.months)


def _better(one: Series) -> Difference | None:
    if one.missing or not one.before:
        return None
    return differences.between(one.before, one.after).counted(one.indicator.sign)
