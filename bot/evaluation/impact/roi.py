"""The return on one class: what it is reckoned from, or everything that is missing for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact import change, costs, differences, reach, returns
from bot.evaluation.impact.change import Change, Changes
from bot.evaluation.impact.costs import Assumptions
from bot.evaluation.impact.differences import Interval
from bot.evaluation.impact.periods import Periods, month_of
from bot.i18n import Lines, Text, Texts, Words, _
from bot.models.impact import CostKind
from bot.training import catalogue


@dataclass(frozen=True, slots=True)
class Gain:
    """One indicator in money: `a_year` is what its change is worth, before any share is taken."""

    change: Change
    a_year: float


@dataclass(frozen=True, slots=True)
class Return:
    """Everything that stands on the page; `share` of the gains is counted as benefit."""

    class_id: int
    code: str
    course: Texts
    starts_on: dt.date
    ends_on: dt.date
    periods: Periods
    assumed: Assumptions
    gains: tuple[Gain, ...]
    not_in_money: tuple[Change, ...]
    costs: Mapping[CostKind, float]
    share: float
    benefits: float
    bounds: Interval | None

    @property
    def cost(self) -> float:
        return sum(self.costs.values())

    @property
    def percent(self) -> float:
        """The return as a share of the costs."""
        return returns.return_on(self.benefits, self.cost)

    @property
    def percent_bounds(self) -> Interval | None:
        """The same for the bounds within which chance leaves the benefits."""
        if self.bounds is None:
            return None
        low, high = (returns.return_on(b, self.cost) for b in (self.bounds.low, self.bounds.high))
        return Interval(low, high)

    @property
    def ratio(self) -> float:
        return returns.ratio(self.benefits, self.cost)

    @property
    def uncounted(self) -> tuple[CostKind, ...]:
        """Kinds of costs of which no amount is known, not even zero."""
        return tuple(kind for kind in CostKind if kind not in self.costs)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a class has changed, and the return on it, or everything that is `lacking` for it."""

    changes: Changes
    lacking: tuple[Words, ...]
    result: Return | None


def reckon(ctx: Ctx, class_id: int) -> Reckoning:
    """All that can be said of a class by now; refuses classes out of reach and without dates."""
    found = change.of_class(ctx, class_id)
    lacking = tuple(_lacking(ctx, found))
    return Reckoning(found, lacking, None if lacking else _reckoned(ctx, found))


def read(ctx: Ctx, class_id: int) -> Return:
    """The return on a class; refuses classes out of reach, and to reckon while anything is
    missing, all of which is named.
    """
    found = reckon(ctx, class_id)
    if found.result is None:
        first = _("The return cannot be reckoned yet:")
        raise Refusal(Text("{lines}", (("lines", Lines((first, *found.lacking))),)))
    return found.result


def _lacking(ctx: Ctx, found: Changes) -> list[Words]:
    lines: list[Words] = []
    in_money = [one for one in found.found if one.indicator.worth]
    if not in_money:
        lines.append(_("No indicator of the course is counted in money."))
    if found.periods.complete_on > month_of(ctx.today()):
        lines.append(_("The months after are complete on {day}.", day=found.periods.complete_on))
    else:
        lines += [words for one in in_money for words in one.series.missing]
    if not sum(costs.of_class(ctx, found.class_id).values()):
        lines.append(_("Nobody has entered what the class cost."))
    if costs.assumptions(ctx, found.class_id) is None:
        lines.append(_("Nobody has said which share of the change is put down to the training."))
    return lines


def _reckoned(ctx: Ctx, found: Changes) -> Return:
    held = reach.require_class(ctx, found.class_id)
    card = catalogue.card(ctx, found.class_id)
    assumed = costs.assumptions(ctx, found.class_id)
    assert assumed is not None
    assert held.starts_on is not None
    assert held.ends_on is not None
    in_money = [one for one in found.found if one.indicator.worth]
    share = returns.share_counted(assumed.due_to_training, assumed.confidence)
    monthly = differences.between(_money(in_money, after=False), _money(in_money, after=True))
    a_year = returns.of_a_year(1, share)
    return Return(
        class_id=found.class_id,
        code=held.code,
        course=card.title,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        periods=found.periods,
        assumed=assumed,
        gains=tuple(Gain(one, _gain(one)) for one in in_money),
        not_in_money=tuple(one for one in found.found if not one.indicator.worth),
        costs=costs.of_class(ctx, found.class_id),
        share=share,
        benefits=monthly.by * a_year,
        bounds=monthly.interval.times(a_year) if monthly.interval is not None else None,
    )


def _gain(one: Change) -> float:
    """The change over all who are covered, in the money of a year."""
    assert one.better is not None
    return returns.of_a_year(one.better.by * one.series.covered, one.indicator.worth or 0)


def _money(changes: Sequence[Change], *, after: bool) -> list[float]:
    """What the indicators of each month are worth together: more is better."""
    monthly = [
        [value * _unit_worth(one) for value in (one.series.after if after else one.series.before)]
        for one in changes
    ]
    return [sum(values) for values in zip(*monthly, strict=True)]


def _unit_worth(one: Change) -> float:
    return (one.indicator.worth or 0) * one.indicator.sign * one.series.covered
