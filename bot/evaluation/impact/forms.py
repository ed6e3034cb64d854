"""The forms of level 4: where they are submitted, and the offices they choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.evaluation.impact import costs, figures, indicators
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.models.impact import CostKind
from bot.people import directory
from bot.people.access_table import Action
from bot.training import lots

AFTER = "impact.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit("new_indicator", "code", "title", "better")
def submit_new(ctx: Ctx, submission: Submission) -> Text:
    """Name an indicator of the course that the form was opened for."""
    made = indicators.create(ctx, submission.purpose["course_id"], submission.answers)
    _lead_back(ctx, f"ind:{made.id}")
    return _("Indicator {code} was made.", code=made.code)


@on_submit("edit_indicator", "title", "better")
def submit_edit(ctx: Ctx, submission: Submission) -> Text:
    """Correct the indicator that the form was opened for."""
    edited = indicators.edit(ctx, submission.purpose["indicator_id"], submission.answers)
    _lead_back(ctx, f"ind:{edited.id}")
    return _("Indicator {code} was corrected.", code=edited.code)


@on_submit("indicator_figure", "month", "unit", "figure")
def submit_figure(ctx: Ctx, submission: Submission) -> Text:
    """Keep a figure of the indicator that the form was opened for."""
    kept = figures.note(ctx, submission.purpose["indicator_id"], submission.answers)
    _lead_back(ctx, f"ind:{submission.purpose['indicator_id']}")
    return _(
        "{whose}, {month}: {figure} is stored.",
        whose=kept.whose,
        month=f"{kept.month:%Y-%m}",
        figure=kept.figure,
    )


@on_submit("training_costs", *(kind.name.lower() for kind in CostKind))
def submit_costs(ctx: Ctx, submission: Submission) -> Text:
    """Keep what the class cost that the form was opened for."""
    kept = costs.note(ctx, submission.purpose["class_id"], submission.answers)
    _lead_back(ctx, f"impactc:{submission.purpose['class_id']}")
    return _("The costs are stored: {total} in all.", total=sum(kept.values()))


@on_submit("roi_assumptions", "months", "due_to_training", "confidence")
def submit_assumptions(ctx: Ctx, submission: Submission) -> Text:
    """Keep what is assumed for the class that the form was opened for."""
    costs.assume(ctx, submission.purpose["class_id"], submission.answers)
    _lead_back(ctx, f"impactc:{submission.purpose['class_id']}")
    return _("The assumptions are stored. They stand on the page of the return.")


@on_submit("draw_lots", "seats")
def submit_draw(ctx: Ctx, submission: Submission) -> Text:
    """Draw lots for the class that the form was opened for."""
    seats = int(submission.answers.get("seats") or 0)
    drawn = lots.draw(ctx, submission.purpose["class_id"], seats)
    won = sum(one.won for one in drawn.entries)
    _lead_back(ctx, f"lots:{drawn.class_id}")
    return _(
        "Lots were drawn: {won} of {count} have a place now, and everybody is told.",
        won=won,
        count=len(drawn.entries),
    )


@source("measured_units")
def find_units(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Offices whose figures the actor may enter."""
    found = directory.find_offices(ctx, typed, Action.MEASURE)
    return [(directory.office_code(ctx.session, card.id), card.path) for card in found]


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
