"""The decision about a plan on paper: the unit records the signed letter and keeps a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, update

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.question_types.sent import blob_of
from bot.i18n import _
from bot.models.planning import AnnualPlan, PlanState
from bot.models.system import Blob
from bot.people.access_table import Action
from bot.planning import approval, comments

LONGEST_NUMBER = 60


def record(ctx: Ctx, plan_id: int, typed: Mapping[str, Any]) -> AnnualPlan:
    """Approve or return what was submitted as the letter says.

    Refuses a plan that does not wait for a decision, a letter of a day to come or of before it
    was submitted, and a return without the reason.
    """
    plan = approval.require_waiting(ctx, plan_id, Action.EDIT_PLAN)
    plan.letter_no = _number(typed)
    plan.letter_on = _day(ctx, typed)
    plan.letter_blob_id = _kept(ctx, blob_of(typed.get("letter") or ""))
    if str(typed.get("decision")) == PlanState.RETURNED.value:
        comments.add(ctx, plan, None, str(typed.get("reason") or ""), by_letter=True)
        return approval.decide(ctx, plan, PlanState.RETURNED)
    return approval.decide(ctx, plan, PlanState.APPROVED)


def kept_files() -> ColumnElement[bool]:
    """The condition on Blob that it is the letter by which a plan was decided."""
    held = select(AnnualPlan.letter_blob_id).where(AnnualPlan.letter_blob_id.is_not(None))
    return Blob.id.in_(held)


def _number(typed: Mapping[str, Any]) -> str:
    number = " ".join(str(typed.get("number") or "").split())
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise Refusal(_("Give the number of the letter."))
    return number


def _day(ctx: Ctx, typed: Mapping[str, Any]) -> dt.date:
    text = str(typed.get("date") or "")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Refusal(_("{text} is no date. Give one such as 2026-11-22.", text=text)) from None
    if day > ctx.today():
        raise Refusal(_("The letter cannot be of a day to come."))
    return day


def _kept(ctx: Ctx, blob_id: int | None) -> int | None:
    """The picture stays with the plan; refuses one that the actor did not send."""
    if blob_id is None:
        return None
    own = Blob.owner_id == ctx.actor.person_id
    found = ctx.session.execute(
        update(Blob).where(Blob.id == blob_id, own).values(draft_id=None).returning(Blob.id)
    ).first()
    if found is None:
        raise Refusal(_("A file that you sent is no longer here. Please send it again."))
    return blob_id
