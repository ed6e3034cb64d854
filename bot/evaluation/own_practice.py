"""How far the administration evaluates its own training, beside what the region finds hard."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.evaluation import response_rates, scopes
from bot.evaluation.levels import Scope
from bot.evaluation.stages import REACTION_TRAINEE, STAGES
from bot.models.evaluation import Assignment, AssignmentState

AFTERWARDS = tuple(name for name in STAGES if name.startswith("follow_up"))


@dataclass(frozen=True, slots=True)
class OwnPractice:
    """Of the classes `held`, how many somebody answered about at their end, and on the job."""

    held: int
    evaluated: int
    afterwards: int

    def share(self, code: str) -> float | None:
        """The share that stands beside a difficulty of the region; None where none does."""
        counts = {"evaluating": self.evaluated, "afterwards": self.afterwards}
        return counts[code] / self.held if code in counts and self.held else None


def of_scope(ctx: Ctx, scope: Scope) -> OwnPractice:
    """What was done about the classes of a scope that have ended."""
    classes = scopes.classes(ctx, scope).subquery()
    held = ctx.session.execute(select(func.count()).select_from(classes)).scalar_one()
    rates = response_rates.by_class(ctx, scope, REACTION_TRAINEE)
    afterwards = ctx.session.execute(
        select(func.count(func.distinct(Assignment.class_id))).where(
            Assignment.class_id.in_(select(classes.c.id)),
            Assignment.stage.in_(AFTERWARDS),
            Assignment.state == AssignmentState.ANSWERED,
        )
    ).scalar_one()
    return OwnPractice(held, sum(rate.answered > 0 for rate in rates.values()), afterwards)
