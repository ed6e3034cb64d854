"""What a class cost, by kind, and on what assumptions its return is reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.evaluation.impact import reach
from bot.evaluation.impact.periods import MOST_MONTHS
from bot.evaluation.impact.typed import LONGEST_TEXT, line_in, positive_in, whole_in
from bot.i18n import Text, _
from bot.models.impact import CostKind, RoiAssumption, TrainingCost
from bot.people.access_table import Action

WHOLE = 100
COST_WORDS: Mapping[CostKind, Text] = {
    CostKind.TRAINERS: _("Trainers"),
    CostKind.PARTICIPANTS: _("Working time of participants"),
    CostKind.TRAVEL: _("Travel and board"),
    CostKind.PLACE: _("Place and equipment"),
    CostKind.MATERIALS: _("Materials"),
    CostKind.PREPARATION: _("Preparation"),
    CostKind.EVALUATION: _("Evaluation"),
    CostKind.OTHER: _("Other costs"),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`months` before and after are compared; the shares are percentages."""

    months: int
    due_to_training: int
    confidence: int
    remark: str = ""


USUAL = Assumptions(months=6, due_to_training=50, confidence=80)
"""What a comparison takes as long as nobody has said otherwise; never enough for a return."""


def of_class(ctx: Ctx, class_id: int) -> dict[CostKind, float]:
    """What is known of the costs, in the order of the kinds; refuses classes out of reach."""
    reach.require_class(ctx, class_id)
    rows = ctx.session.scalars(select(TrainingCost).where(TrainingCost.class_id == class_id))
    known = {row.kind: row.amount for row in rows}
    return {kind: known[kind] for kind in CostKind if kind in known}


def as_typed(ctx: Ctx, class_id: int) -> dict[str, str]:
    """The costs to fill the form beforehand, by the names of the kinds."""
    return {
        kind.name.lower(): f"{amount:.15g}" for kind, amount in of_class(ctx, class_id).items()
    }


def note(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> dict[CostKind, float]:
    """Keep what a class cost; a kind without an amount is not counted, and said to be so.

    Refuses classes out of reach, and what is no amount.
    """
    reach.require_class(ctx, class_id, Action.MEASURE)
    wanted = {kind: positive_in(typed, kind.name.lower()) for kind in CostKind}
    before = of_class(ctx, class_id)
    for kind, amount in wanted.items():
        row = ctx.session.get(TrainingCost, (class_id, kind))
        if amount is None and row is not None:
            ctx.session.delete(row)
        elif amount is not None and before.get(kind) != amount:
            ctx.session.merge(
                TrainingCost(
                    class_id=class_id,
                    kind=kind,
                    amount=amount,
                    noted_by=ctx.actor.person_id,
                    noted_at=ctx.now(),
                )
            )
    ctx.session.flush()
    after = of_class(ctx, class_id)
    if after != before:
        old, new = ({kind.value: v for kind, v in one.items()} for one in (before, after))
        audit.record(ctx, "class.costs", "class", class_id, old=old, new=new)
    return after


def assumptions(ctx: Ctx, class_id: int) -> Assumptions | None:
    """What was assumed for a class; None as long as nobody has said anything."""
    reach.require_class(ctx, class_id)
    row = ctx.session.get(RoiAssumption, class_id)
    if row is None:
        return None
    return Assumptions(row.months, row.due_to_training, row.confidence, row.remark)


def assumptions_as_typed(ctx: Ctx, class_id: int) -> dict[str, str]:
    """The assumptions to fill the form beforehand; nothing where nobody has said anything."""
    found = assumptions(ctx, class_id)
    if found is None:
        return {}
    shown = {
        "months": str(found.months),
        "due_to_training": str(found.due_to_training),
        "confidence": str(found.confidence),
        "remark": found.remark,
    }
    return {name: value for name, value in shown.items() if value}


def assume(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> Assumptions:
    """Keep the assumptions; refuses classes out of reach, and shares beyond 1 to 100 percent."""
    reach.require_class(ctx, class_id, Action.MEASURE)
    given = Assumptions(
        months=whole_in(typed, "months", 1, MOST_MONTHS),
        due_to_training=whole_in(typed, "due_to_training", 1, WHOLE),
        confidence=whole_in(typed, "confidence", 1, WHOLE),
        remark=line_in(typed, "remark", LONGEST_TEXT),
    )
    ctx.session.merge(
        RoiAssumption(
            class_id=class_id,
            months=given.months,
            due_to_training=given.due_to_training,
            confidence=given.confidence,
            remark=given.remark,
        )
    )
    ctx.session.flush()
    audit.record(
        ctx,
        "class.assumptions",
        "class",
        class_id,
        months=given.months,
        due=given.due_to_training,
        confidence=given.confidence,
    )
    return given
