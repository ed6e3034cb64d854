"""Level 1 in every report: what participants thought, by ratings that their classes show."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import published, response_rates, scopes
from bot.evaluation.levels import Line, Scope, ScopeKind, Section, summary
from bot.evaluation.published import Published
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Percent, Words, _, _n

TITLE = _("Reaction: what participants thought")


@summary("reaction", 1)
def of_scope(ctx: Ctx, scope: Scope) -> Section | None:
    """How many answered, and each rating; None where nobody was asked.

    Answers without names are not kept by office, so of one there is the rate alone.
    """
    rate = response_rates.of_scope(ctx, scope, REACTION_TRAINEE)
    if not rate.asked:
        return None
    share = Line(_("Answered, of those asked"), Percent(rate.share), rate.asked, code="response")
    if scope.kind is ScopeKind.UNIT:
        why = _("Answers are not kept by office, so that nobody can be recognised.")
        return Section(1, TITLE, (share,), (why,))
    now = ratings(ctx, scope)
    earlier = scopes.before(ctx, scope)
    past = ratings(ctx, earlier) if earlier is not None else Published()
    return Section(1, TITLE, (share, *_lines(now, past)), _notes(now), now)


def ratings(ctx: Ctx, scope: Scope) -> Published:
    """The ratings of the classes of a scope that have closed."""
    return published.ratings(ctx, scopes.closed_classes(ctx, scope), REACTION_TRAINEE)


def _lines(now: Published, past: Published) -> tuple[Line, ...]:
    before = {one.name: one.whole.mean for one in past.ratings}
    return tuple(
        Line(
            label=one.label or one.name,
            value=one.whole.mean,
            count=one.whole.n or None,
            before=before.get(one.name),
            code=one.name,
        )
        for one in now.ratings
    )


def _notes(now: Published) -> tuple[Words, ...]:
    left_out = now.classes - now.shown
    too_few = _n(
        "{count} class is left out, because too few people answered.",
        "{count} classes are left out, because too few people answered.",
        left_out,
    )
    return (*_scale(now), *((too_few,) if left_out else ()))


def _scale(now: Published) -> tuple[Words, ...]:
    """What the ends of the scale mean, where all ratings share one."""
    scales = {one.steps for one in now.ratings}
    if len(scales) != 1:
        return ()
    ((low, lowest), *_between, (high, highest)) = scales.pop()
    return (
        _(
            "Averages on a scale from {low} ({lowest}) to {high} ({highest}).",
            low=low,
            lowest=lowest or low,
            high=high,
            highest=highest or high,
        ),
    )
