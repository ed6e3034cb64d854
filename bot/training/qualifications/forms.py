"""The forms about curricula and what posts require: where they are submitted, and what they
choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.training.class_forms import with_unshown
from bot.training.qualifications import curricula, curriculum_cards, requiring

MOST = 50


@on_submit("new_curriculum", "code", "title", "items")
def submit_new_curriculum(ctx: Ctx, submission: Submission) -> Text:
    """Make the curriculum that the form describes."""
    made = curricula.create(ctx, submission.answers)
    return _("Qualification {code} was made.", code=made.code)


@on_submit("edit_curriculum", "title", "items")
def submit_edit_curriculum(ctx: Ctx, submission: Submission) -> Text:
    """Correct the curriculum that the form was opened for."""
    curriculum_id = submission.purpose["curriculum_id"]
    typed = with_unshown(ctx, submission, curricula.as_typed(ctx, curriculum_id))
    card = curricula.edit(ctx, curriculum_id, typed)
    return _(
        "Qualification {code} was corrected. What was earned before stays as it was.",
        code=card.code,
    )


@on_submit("requirement", "position", "curriculum")
def submit_requirement(ctx: Ctx, submission: Submission) -> Text:
    """Have a post require what the form says."""
    line = requiring.require(ctx, submission.answers)
    return _("{post} requires {title} now.", post=line.position, title=line.curriculum.title)


@source("curricula")
def find_curricula(
    ctx: Ctx, _purpose: Mapping[str, Any], query: str
) -> Sequence[tuple[str, Words]]:
    """Curricula that are not retired, by code or title; their codes are stored."""
    found = [line for line in curriculum_cards.find(ctx, query) if line.active]
    return [(line.code, line.title) for line in found[:MOST]]


@source("positions")
def find_positions(
    ctx: Ctx, _purpose: Mapping[str, Any], query: str
) -> Sequence[tuple[str, Words]]:
    """Posts of the roster by a part of their name."""
    access.require(ctx, Action.EDIT_CURRICULA)
    return requiring.positions(ctx, query, MOST)
