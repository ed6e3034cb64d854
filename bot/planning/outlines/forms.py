"""The forms about outlines: where they are submitted, and the people they choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _, _n
from bot.models.planning import Verdict
from bot.people import directory
from bot.people.access_table import Action
from bot.planning.outlines import deciding, piloting, reviewing, sessions, writing, yearly
from bot.planning.outlines.deciding import Letter
from bot.planning.outlines.words import NEEDED

NEW, PARTS, SESSION, SESSION_EDIT, EXPERT, LAW = (
    "new_outline",
    "outline_parts",
    "outline_session",
    "outline_session_edit",
    "outline_expert",
    "outline_law",
)
ANSWER, RETURN, LETTER, PILOT, YEARLY = (
    "outline_answer",
    "outline_return",
    "outline_letter",
    "outline_pilot",
    "outline_yearly",
)
AFTER = "outlines.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit(NEW, "course")
def submit_new(ctx: Ctx, submission: Submission) -> Text:
    """Begin the outline of the course chosen, or a new version of it."""
    made = writing.begin(ctx, str(submission.answers["course"]))
    _lead_back(ctx, f"outl:{made.id}")
    return _("Version {version} of the outline of {code} is begun.", version=made.version,
             code=made.code)  # fmt: skip


@on_submit(PARTS, *NEEDED, "days")
def submit_parts(ctx: Ctx, submission: Submission) -> Text:
    """Keep the parts of the outline that the form was opened for."""
    kept = writing.write(ctx, _outline(submission), submission.answers)
    _lead_back(ctx, f"outl:{kept.id}")
    if kept.sessions:
        return _("The parts are stored.")
    return _("The parts are stored. Add the sessions next.")


@on_submit(SESSION, "title", "hours")
def submit_session(ctx: Ctx, submission: Submission) -> Text:
    """Put a session at the end of the outline that the form was opened for."""
    added = sessions.add(ctx, _outline(submission), submission.answers)
    _lead_back(ctx, f"outls:{_outline(submission)}")
    return _("Session {number} is stored: {title}", number=added.place, title=added.title)


@on_submit(SESSION_EDIT, "title", "hours")
def submit_session_edit(ctx: Ctx, submission: Submission) -> Text:
    """Change the session that the form was opened for."""
    changed = sessions.edit(ctx, int(submission.purpose["session"]), submission.answers)
    _lead_back(ctx, f"outlone:{changed.id}")
    return _("Session {number} is stored: {title}", number=changed.place, title=changed.title)


@on_submit(EXPERT, "person")
def submit_expert(ctx: Ctx, submission: Submission) -> Text:
    """Name an expert for the outline that the form was opened for."""
    card = reviewing.name(ctx, _outline(submission), str(submission.answers["person"]))
    _lead_back(ctx, f"outlx:{card.id}")
    return _n(
        "{count} expert is named.", "{count} experts are named.", len(card.reviews)
    )  # fmt: skip


@on_submit(LAW, "legal_by", "legal_on")
def submit_law(ctx: Ctx, submission: Submission) -> Text:
    """Note who checked the outline against the law."""
    card = reviewing.check_law(ctx, _outline(submission), submission.answers)
    _lead_back(ctx, f"outl:{card.id}")
    return _("The check is noted. A change of the outline makes it void.")


@on_submit(ANSWER, "verdict", "words")
def submit_answer(ctx: Ctx, submission: Submission) -> Text:
    """Keep what an expert found."""
    verdict = Verdict(str(submission.answers["verdict"]))
    words = str(submission.answers.get("words") or "")
    sent = submission.purpose.get("sent")
    reviewing.answer(ctx, _outline(submission), verdict, words, sent)
    _lead_back(ctx, "outlr")
    return _("Thank you. Whoever wrote the outline reads your answer.")


@on_submit(RETURN, "reason")
def submit_return(ctx: Ctx, submission: Submission) -> Text:
    """Return the outline to the unit."""
    reason, read = str(submission.answers["reason"]), submission.purpose.get("read")
    card = deciding.give_back(ctx, _outline(submission), reason, read)
    _lead_back(ctx, "outld")
    return _("The outline of {code} is returned, and its writer is told.", code=card.code)


@on_submit(LETTER, "decision", "number", "date")
def submit_letter(ctx: Ctx, submission: Submission) -> Text:
    """Record what a signed letter decides."""
    answers = submission.answers
    letter = Letter(str(answers["number"]), dt.date.fromisoformat(str(answers["date"])))
    card = deciding.by_letter(
        ctx,
        _outline(submission),
        letter,
        approved=answers["decision"] == "approved",
        reason=str(answers.get("reason") or ""),
    )
    _lead_back(ctx, f"outl:{card.id}")
    return _("Recorded from letter {number}.", number=card.letter_no)


@on_submit(PILOT, "result", "to_change")
def submit_pilot(ctx: Ctx, submission: Submission) -> Text:
    """Keep the validation report."""
    card = piloting.report(ctx, _outline(submission), submission.answers)
    _lead_back(ctx, f"outl:{card.id}")
    if card.pilot["result"] == piloting.Result.VALID:
        return _("The report is stored. The outline is validated.")
    return _("The report is stored. A new version can take up the changes.")


@on_submit(YEARLY, "words")
def submit_yearly(ctx: Ctx, submission: Submission) -> Text:
    """The outline stands for another year."""
    card = yearly.still_right(ctx, _outline(submission), submission.answers)
    _lead_back(ctx, f"outl:{card.id}")
    return _("It is looked at again on {day}.", day=card.review_on)


@source("outline_experts")
def find_experts(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """People of the actor's part, once a name is typed; staff numbers are stored."""
    if not typed.strip():
        return []
    return [
        (
            one.staff_no,
            _("{name}, {number}, {unit}", name=one.name, number=one.staff_no, unit=one.unit),
        )
        for one in directory.find(ctx, typed, Action.EDIT_OUTLINES)
    ]


def _outline(submission: Submission) -> int:
    return int(submission.purpose["outline"])


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
