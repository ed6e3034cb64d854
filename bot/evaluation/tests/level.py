"""Level 2 in every report: what was known before and after, without names.

A class adds to a figure only where enough people took the test, so that no two reports give away
by their difference what a few of them reached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import TypeAlias

from sqlalchemy import Float, cast, func, select

from bot import policy
from bot.context import Ctx
from bot.evaluation import response_rates, scopes
from bot.evaluation.course_forms import TEST_NAMES
from bot.evaluation.levels import Line, Scope, ScopeKind, Section, Value, summary
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import gain
from bot.evaluation.tests.gain import Pair
from bot.i18n import Percent, Words, _
from bot.models.tests import TestAttempt

TITLE = _("Learning: what was known before and after")
HAKE = _("The gain is the part of what could be gained, from the means before and after.")
WITHHELD = _("A class counts only where enough people took the test.")
BY_OFFICE = _("Results of tests are not shown by office, so that nobody can be recognised.")
Shares: TypeAlias = dict[int, float]


@dataclass(slots=True)
class Learned:
    """Shares of points, from 0 to 1, over the classes that show them, and pairs of both tests."""

    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def gain(self) -> float | None:
        """That of the class means; None where nobody took both, or all knew all before."""
        found = gain.of_class(self.pairs)
        return found.of_means if found is not None else None


@summary("tests", 2)
def of_scope(ctx: Ctx, scope: Scope) -> Section | None:
    """How many took the tests, means before and after, and the gain; None without any test."""
    rates = _rates(ctx, scope)
    if not rates:
        return None
    if scope.kind is ScopeKind.UNIT:
        return Section(2, TITLE, rates, (BY_OFFICE,))
    now = learned(ctx, scope)
    earlier = scopes.before(ctx, scope)
    past = learned(ctx, earlier) if earlier is not None else Learned()
    return Section(2, TITLE, (*rates, *_lines(now, past)), (HAKE, WITHHELD))


def learned(ctx: Ctx, scope: Scope) -> Learned:
    """Best attempts of all classes in which enough people took the test."""
    least = policy.value(ctx.session, "smallest_group")
    found = Learned()
    for by_stage in _best(ctx, scope).values():
        before, after = by_stage.get(PRE_TEST.name, {}), by_stage.get(POST_TEST.name, {})
        both = before.keys() & after.keys()
        found.before += before.values() if len(before) >= least else ()
        found.after += after.values() if len(after) >= least else ()
        if len(both) >= least:
            found.pairs += [Pair(before[person], after[person]) for person in sorted(both)]
    return found


def _best(ctx: Ctx, scope: Scope) -> Mapping[int, Mapping[str, Shares]]:
    """The best share of each person, by class and test."""
    share = cast(TestAttempt.points, Float) / func.nullif(TestAttempt.maximum, 0)
    rows = ctx.session.execute(
        select(TestAttempt.class_id, TestAttempt.stage, TestAttempt.person_id, func.max(share))
        .where(
            TestAttempt.class_id.in_(scopes.classes(ctx, scope)),
            TestAttempt.stage.in_(TEST_NAMES),
        )
        .group_by(TestAttempt.class_id, TestAttempt.stage, TestAttempt.person_id)
    )
    found: dict[int, dict[str, Shares]] = defaultdict(lambda: defaultdict(dict))
    for class_id, stage, person_id, best in rows:
        found[class_id][stage][person_id] = best or 0.0
    return found


def _lines(now: Learned, past: Learned) -> tuple[Line, ...]:
    return (
        _mean(_("Right before the class"), now.before, past.before, "test_before"),
        _mean(_("Right after the class"), now.after, past.after, "test_after"),
        Line(
            _("Gain, of what could be gained"),
            _percent(now.gain),
            len(now.pairs) or None,
            _percent(past.gain),
            "test_gain",
        ),
    )


def _mean(label: Words, now: Sequence[float], past: Sequence[float], code: str) -> Line:
    means = (fmean(shares) if shares else None for shares in (now, past))
    value, before = map(_percent, means)
    return Line(label, value, len(now) or None, before, code)


def _percent(share: float | None) -> Value:
    return Percent(share) if share is not None else None


def _rates(ctx: Ctx, scope: Scope) -> tuple[Line, ...]:
    labels = (
        (PRE_TEST, _("Took the test before the class"), "test_before_taken"),
        (POST_TEST, _("Took the test after the class"), "test_after_taken"),
    )
    return tuple(
        Line(label, Percent(rate.share), rate.asked, code=code)
        for stage, label, code in labels
        if (rate := response_rates.of_scope(ctx, scope, stage)).asked
    )
