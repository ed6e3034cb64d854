"""The forms of a plan, from its draft to the end of its year: where they are submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.models.planning import PlanState, Verdict
from bot.people import directory
from bot.people.access_table import Action
from bot.planning import approval, comments, letters, reviews, spending, unscheduled

AFTER = "planning.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit("plan_reviewer", "reviewer")
def submit_reviewer(ctx: Ctx, submission: Submission) -> Text:
    """Have somebody check the plan that the form was opened for."""
    plan_id = submission.purpose["plan"]
    asked = reviews.ask(ctx, plan_id, str(submission.answers["reviewer"]))
    _lead_back(ctx, f"planlife:{plan_id}")
    return _("{name} is asked to check the plan.", name=asked.name)


@on_submit("plan_comment", "words")
def submit_comment(ctx: Ctx, submission: Submission) -> Text:
    """Keep a comment on the plan, or on the line, that the form was opened for."""
    plan_id, line_id = submission.purpose["plan"], submission.purpose.get("line")
    comments.note(ctx, plan_id, line_id, str(submission.answers["words"]))
    _lead_back(ctx, str(submission.purpose["back"]))
    return _("The comment is stored. The training unit will read it.")


@on_submit("plan_objection", "words")
def submit_objection(ctx: Ctx, submission: Submission) -> Text:
    """A reviewer objects to the plan, and says why."""
    words = str(submission.answers["words"])
    reviews.answer(ctx, submission.purpose["plan"], Verdict.OBJECTED, words)
    return _("Your objection is stored, and the training unit is told.")


@on_submit("plan_return", "words")
def submit_return(ctx: Ctx, submission: Submission) -> Text:
    """An executive returns the plan with what is to be changed."""
    purpose, words = submission.purpose, str(submission.answers.get("words") or "")
    approval.give_back(ctx, purpose["plan"], words, purpose.get("version"))
    _lead_back(ctx, "plandecide")
    return _("The plan is returned with your comments. The training unit is told.")


@on_submit("plan_letter", "decision", "number", "date")
def submit_letter(ctx: Ctx, submission: Submission) -> Text:
    """Decide as the signed letter says."""
    plan = letters.record(ctx, submission.purpose["plan"], submission.answers)
    _lead_back(ctx, f"planlife:{plan.id}")
    if plan.state is PlanState.APPROVED:
        return _("The plan is approved by letter {number}.", number=plan.letter_no)
    return _("The plan is returned by letter {number}.", number=plan.letter_no)


@on_submit("plan_unscheduled", "category", "month", "cohorts", "trainees", "reason")
def submit_unscheduled(ctx: Ctx, submission: Submission) -> Text:
    """Add training that nobody had planned."""
    line = unscheduled.add(ctx, submission.purpose["plan"], submission.answers)
    _lead_back(ctx, f"plancoh:{line.id}")
    return _("Line {code} is in the plan now.", code=line.code)


@on_submit("plan_drop", "reason")
def submit_drop(ctx: Ctx, submission: Submission) -> Text:
    """Drop the line that the form was opened for."""
    line = unscheduled.drop(ctx, submission.purpose["line"], submission.answers)
    _lead_back(ctx, f"plancoh:{line.id}")
    return _("Line {code} is dropped. It stays to be seen, with the reason.", code=line.code)


@on_submit("plan_spending", "spent_on", "amount")
def submit_spending(ctx: Ctx, submission: Submission) -> Text:
    """Keep what was spent on the line that the form was opened for."""
    spent = spending.note(ctx, submission.purpose["line"], submission.answers)
    _lead_back(ctx, f"planspent:{spent.line_id}")
    return _("{amount} is stored as spent on {day}.", amount=spent.amount, day=spent.spent_on)


@source("plan_people")
def find_people(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Sequence[tuple[str, Words]]:
    """Whoever may be asked to check a plan, once a name is typed; staff numbers are stored."""
    if not query.strip():
        return []
    found = directory.find(ctx, query, Action.EDIT_PLAN)
    return [
        (one.staff_no, _("{name}, {number}, {unit}", name=one.name, number=one.staff_no,
                         unit=one.unit))
        for one in found
    ]  # fmt: skip


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
