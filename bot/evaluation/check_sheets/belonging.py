"""Which career stage somebody is at, and by which rule: set by hand, else by the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.calendar import add_months
from bot.context import Ctx
from bot.i18n import Text, _
from bot.models.on_the_job import CareerStage, OwnStage
from bot.models.people import Person
from bot.people import access
from bot.people.access_table import Action

NEWLY_HIRED_MONTHS = 12
NEWLY_ASSIGNED_MONTHS = 24
STAGE_WORDS: Mapping[CareerStage, Text] = {
    CareerStage.NEWLY_HIRED: _("newly hired officer"),
    CareerStage.NEWLY_ASSIGNED: _("newly assigned officer"),
    CareerStage.AFTER_SECOND_YEAR: _("officer after the second year"),
    CareerStage.SECTION_CHIEF: _("officer in charge and section chief"),
}
BY_HAND = _("This was set by hand.")
LEADS = _("This follows from leading other officers.")
HIRED = _("This follows from having been hired less than a year ago.")
ASSIGNED = _("This follows from less than two years in the post.")
OTHERWISE = _(
    "This follows from two years in the post, or from a post whose first day is unknown."
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A career stage and the sentence that says why."""

    stage: CareerStage
    why: Text


def by_roster(
    hired_on: dt.date | None, in_post_since: dt.date | None, *, leads: bool, today: dt.date
) -> Belonging:
    """The career stage that follows from the roster on a day."""
    if leads:
        return Belonging(CareerStage.SECTION_CHIEF, LEADS)
    if hired_on is not None and today < add_months(hired_on, NEWLY_HIRED_MONTHS):
        return Belonging(CareerStage.NEWLY_HIRED, HIRED)
    if in_post_since is not None and today < add_months(in_post_since, NEWLY_ASSIGNED_MONTHS):
        return Belonging(CareerStage.NEWLY_ASSIGNED, ASSIGNED)
    return Belonging(CareerStage.AFTER_SECOND_YEAR, OTHERWISE)


def of_people(ctx: Ctx, people: Collection[Person], today: dt.date) -> dict[int, Belonging]:
    """The career stage of each of these people on a day."""
    ids = [person.id for person in people if person.id is not None]
    leading = set(
        ctx.session.scalars(
            select(Person.supervisor_id).where(Person.supervisor_id.in_(ids), Person.active)
        )
    )
    by_hand = {
        row.person_id: row.career_stage
        for row in ctx.session.scalars(select(OwnStage).where(OwnStage.person_id.in_(ids)))
    }
    return {
        person.id: Belonging(by_hand[person.id], BY_HAND)
        if person.id in by_hand
        else by_roster(
            person.hired_on, person.in_post_since, leads=person.id in leading, today=today
        )
        for person in people
        if person.id is not None
    }


def of_person(ctx: Ctx, person_id: int) -> Belonging:
    """The career stage of one person today."""
    person = ctx.session.get_one(Person, person_id)
    return of_people(ctx, [person], ctx.today())[person_id]


def set_by_hand(ctx: Ctx, person_id: int, stage: CareerStage | None) -> Belonging:
    """Set the career stage of somebody; None leaves it to the roster again.

    Refuses all but their supervisor and the training unit of their part.
    """
    access.require(ctx, Action.SIGN_TASKS, person_id)
    row = ctx.session.get(OwnStage, person_id)
    if stage is None:
        if row is not None:
            ctx.session.delete(row)
    elif row is None:
        ctx.session.add(
            OwnStage(
                person_id=person_id,
                career_stage=stage,
                set_by=ctx.actor.person_id,
                set_at=ctx.now(),
            )
        )
    else:
        row.career_stage, row.set_by, row.set_at = stage, ctx.actor.person_id, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "career_stage.set", "person", person_id, new=str(stage or ""))
    return of_person(ctx, person_id)
