"""Curricula assigned by hand, to one person or to many whom somebody chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.models.people import Person
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    RequirementKind,
)
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.training.qualifications import assigned_words, assignments, curriculum_cards
from bot.training.qualifications.assigned_words import Assigned
from bot.training.qualifications.assignments import Wanted

LONGEST_REASON = 500
NO_CURRICULUM = _("This qualification is not there any more, or it was retired.")
NO_PERSON = _("This person is not in the roster any more.")


def assign(
    ctx: Ctx,
    person_id: int,
    curriculum_id: int,
    due_on: dt.date | None = None,
    reason: str = "",
    kind: RequirementKind = RequirementKind.CORE,
) -> Assigned:
    """Have one person earn a curriculum. Of two last days, one given before, the earlier counts.

    Refuses who may not assign to them, guests and leavers, a curriculum that was retired, and a
    day that is over.
    """
    access.require(ctx, Action.ASSIGN, person_id)
    person = ctx.session.get(Person, person_id)
    if person is None or not person.active or person.guest:
        raise Refusal(NO_PERSON)
    curriculum = _require_curriculum(ctx, curriculum_id)
    _refuse_past(ctx, due_on)
    by = AssignedBy.HAND
    before = assignments.live_for(ctx, [person_id], curriculum_id, by).get(person_id)
    day_before = before.due_on if before is not None else None
    day = _earlier(day_before, due_on)
    wanted = Wanted(person_id, curriculum_id, by, ctx.today(), day, kind, reason_of(reason))
    begun = assignments.begin(ctx, [wanted])
    due = day.isoformat() if day else ""
    assignments.note(ctx, "made", person_id, wanted.reason, curriculum=curriculum.code, due=due)
    return Assigned(bool(begun.new), bool(begun.told), before is not None, day_before, day)


def assign_all(
    ctx: Ctx,
    person_ids: Sequence[int],
    curriculum_id: int,
    due_on: dt.date | None,
    assigned_by: AssignedBy = AssignedBy.AUDIENCE,
    *,
    tell_at: dt.datetime | None = None,
) -> int:
    """Have many people earn a curriculum; to how many that is new. At most 500 at a time.

    Whoever was to earn it by an earlier day for the same reason keeps that day. Those about whom
    the actor may not decide, guests and leavers are left out. Refuses what `assign` refuses about
    the curriculum and the day.
    """
    access.require(ctx, Action.ASSIGN)
    _require_curriculum(ctx, curriculum_id)
    _refuse_past(ctx, due_on)
    allowed = ctx.session.scalars(
        select(Person.id)
        .where(
            Person.id.in_(person_ids),
            Person.active,
            ~Person.guest,
            reach.within(ctx, Action.ASSIGN),
        )
        .order_by(Person.id)
    ).all()
    today = ctx.today()
    people = [person_id for person_id in allowed if person_id is not None]
    before = assignments.live_for(ctx, people, curriculum_id, assigned_by)
    days = {one: _earlier(row.due_on, due_on) for one, row in before.items()}
    wanted = [
        Wanted(one, curriculum_id, assigned_by, today, days.get(one, due_on)) for one in people
    ]
    return assignments.begin(ctx, wanted, tell_at=tell_at).new


@on_submit("assign_qualification", "person", "curriculum")
def submit_assign(ctx: Ctx, submission: Submission) -> Text:
    """Assign the curriculum chosen to the person chosen."""
    answers = submission.answers
    person_id = directory.find_staff_no(ctx.session, str(answers["person"]))
    if person_id is None:
        raise Refusal(NO_PERSON)
    curriculum_id = curriculum_cards.by_code(ctx, str(answers["curriculum"]))
    kind = RequirementKind(str(answers.get("kind") or RequirementKind.CORE))
    day, reason = str(answers.get("due_on") or ""), str(answers.get("reason") or "")
    due_on = dt.date.fromisoformat(day) if day else None
    done = assign(ctx, person_id, curriculum_id, due_on, reason, kind)
    return assigned_words.said(ctx, person_id, curriculum_id, done, due_on)


@source("assignable_people")
def find_people(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> list[tuple[str, Words]]:
    """People to whom the actor may assign, once a name is typed; staff numbers are stored."""
    if not query.strip():
        return []
    return [
        (
            card.staff_no,
            _("{name}, {number}, {unit}", name=card.name, number=card.staff_no, unit=card.unit),
        )
        for card in directory.find(ctx, query, Action.ASSIGN)
    ]


def _require_curriculum(ctx: Ctx, curriculum_id: int) -> Curriculum:
    curriculum = ctx.session.get(Curriculum, curriculum_id)
    if curriculum is None or not curriculum.active:
        raise Refusal(NO_CURRICULUM)
    return curriculum


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _refuse_past(ctx: Ctx, due_on: dt.date | None) -> None:
    if due_on is not None and due_on < ctx.today():
        raise Refusal(_("The last day to earn it by is over already."))


def reason_of(typed: str) -> str:
    """Why somebody is assigned something, or not any more; refuses a long story."""
    reason = typed.strip()
    if len(reason) > LONGEST_REASON:
        raise Refusal(_("Use at most {count} characters.", count=LONGEST_REASON))
    return reason
