"""What somebody is to earn because a person said so: who did, when and why, and how it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, _
from bot.models.people import Person
from bot.models.qualifications import AssignedBy, CurriculumAssignment
from bot.models.system import AuditEntry
from bot.people import access, directory, traces
from bot.people.access_table import Action
from bot.training.qualifications import assigning, assignments, curriculum_cards

MADE, ENDED = "assignment.made", "assignment.ended"
MOST_STEPS = 5
BY_POST = _("The post requires this. Change what the post requires, or move the person.")
NOT_BY_HAND = _("Nobody asks this of them by hand any more.")

traces.describe(
    {
        MADE: _("asked to earn a qualification"),
        ENDED: _("asked no longer to earn a qualification"),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """That somebody assigned it, by a last day if by any, or took it away; `who` is None where
    it was nobody on the roster.
    """

    made: bool
    at: dt.datetime
    who: Texts | None
    due_on: dt.date | None
    reason: str


def history(ctx: Ctx, person_id: int, curriculum_id: int) -> list[Step]:
    """The last steps of assigning a curriculum to somebody by hand, the newest first; refuses
    who may not assign to them.
    """
    access.require(ctx, Action.ASSIGN, person_id)
    code = curriculum_cards.line_of(ctx.session, curriculum_id).code
    entries = ctx.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.object_kind == "person",
            AuditEntry.object_id == person_id,
            AuditEntry.action.in_((MADE, ENDED)),
        )
        .order_by(AuditEntry.id.desc())
    )
    found = [_step(ctx, one) for one in entries if one.details.get("curriculum") == code]
    return found[:MOST_STEPS]


def is_asked(ctx: Ctx, person_id: int, curriculum_id: int) -> bool:
    """Whether it is asked of them by hand or with an audience, and not by their post alone."""
    return bool(_rows(ctx, person_id, curriculum_id))


def require_asked(ctx: Ctx, person_id: int, curriculum_id: int) -> None:
    """Refuse who may not assign to them, and what nobody asks by hand."""
    access.require(ctx, Action.ASSIGN, person_id)
    if is_asked(ctx, person_id, curriculum_id):
        return
    if (person_id, curriculum_id) in assignments.live_pairs(ctx, {person_id}):
        raise Refusal(BY_POST)
    raise Refusal(NOT_BY_HAND)


def take_away(ctx: Ctx, person_id: int, curriculum_id: int, reason: str) -> bool:
    """Nobody asks it of them by hand or with an audience any more; whether their post still does.

    Refuses as `require_asked` does.
    """
    require_asked(ctx, person_id, curriculum_id)
    rows = _rows(ctx, person_id, curriculum_id)
    assignments.end(ctx, [row.id for row in rows if row.id is not None])
    code = curriculum_cards.line_of(ctx.session, curriculum_id).code
    assignments.note(ctx, "ended", person_id, assigning.reason_of(reason), curriculum=code)
    return (person_id, curriculum_id) in assignments.live_pairs(ctx, {person_id})


@on_submit("take_assignment", "reason")
def submit_take_away(ctx: Ctx, submission: Submission) -> Text:
    """Take away what the form was opened for."""
    person_id, curriculum_id = (submission.purpose[one] for one in ("person", "curriculum"))
    by_post = take_away(ctx, person_id, curriculum_id, str(submission.answers["reason"]))
    name = directory.name_of(ctx.session, person_id)
    title = curriculum_cards.line_of(ctx.session, curriculum_id).title
    if by_post:
        return _("{curriculum} is not asked of {name} by hand any more. Their post still requires "
                 "it.", curriculum=title, name=name)  # fmt: skip
    return _("{curriculum} is not asked of {name} any more. They get no more reminders of it.",
             curriculum=title, name=name)  # fmt: skip


def _rows(ctx: Ctx, person_id: int, curriculum_id: int) -> list[CurriculumAssignment]:
    return [
        row
        for row in assignments.live(ctx, person_id)
        if row.curriculum_id == curriculum_id and row.assigned_by is not AssignedBy.POSITION
    ]


def _step(ctx: Ctx, entry: AuditEntry) -> Step:
    person = ctx.session.get(Person, entry.actor_id) if entry.actor_id is not None else None
    due = str(entry.details.get("due") or "")
    return Step(
        made=entry.action == MADE,
        at=entry.at,
        who=directory.names_of(person) if person is not None else None,
        due_on=dt.date.fromisoformat(due) if due else None,
        reason=entry.reason,
    )
