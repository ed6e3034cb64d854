"""What earning reads before it decides: curricula, people's completions, what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot import policy
from bot.context import Ctx
from bot.models.people import Person
from bot.models.qualifications import Curriculum, CurriculumItem, Qualification
from bot.people import own_days
from bot.training import equivalence
from bot.training.equivalence import Learned, What
from bot.training.qualifications.deriving import Day, Known
from bot.training.qualifications.paths import Item, Path


@dataclass(frozen=True, slots=True)
class Held:
    """One person: what they completed, their day, and their rows by curriculum, the oldest first,
    also those that were withdrawn.
    """

    person_id: int
    learned: Learned
    day: Day
    rows: Mapping[int, list[Qualification]]


def curricula(session: Session) -> dict[int, Known]:
    """Every curriculum with its items in their order."""
    items: dict[int, list[Item]] = defaultdict(list)
    order = (CurriculumItem.curriculum_id, CurriculumItem.place, CurriculumItem.course_id)
    for row in session.scalars(select(CurriculumItem).order_by(*order)):
        items[row.curriculum_id].append(Item(row.course_id, row.optional))
    return {
        one.id: Known(
            Path(one.id, tuple(items[one.id]), one.needed), one, one.renewed_by_id, one.active
        )
        for one in session.scalars(select(Curriculum).order_by(Curriculum.id))
        if one.id is not None
    }


def of_people(ctx: Ctx, person_ids: Collection[int], *, held: bool = False) -> list[Held]:
    """These people, at most 1,000, by id; guests are left out.

    `held` until the transaction ends, so that nothing is earned twice at once.
    """
    query = (
        select(Person.id, Person.timezone)
        .where(Person.id.in_(person_ids), ~Person.guest)
        .order_by(Person.id)
    )
    if held:
        query = query.with_for_update(key_share=True)
    zones = dict(ctx.session.execute(query).all())
    learned = equivalence.learned_by(ctx.session, zones)
    rows = _rows(ctx.session, zones)
    return_days = policy.value(ctx.session, "return_days")
    today_in = own_days.by_zone(ctx)
    return [
        Held(one, learned[one], Day(today_in(zone), return_days), rows[one])
        for one, zone in zones.items()
    ]


def touched(known: Mapping[int, Known], session: Session) -> dict[What, set[int]]:
    """Which curricula a completion can matter to, by the course or folded title completed."""
    others, titles = equivalence.counting(session)
    found: dict[What, set[int]] = defaultdict(set)
    for curriculum_id, one in known.items():
        for item in one.path.items:
            course_id = item.course_id
            counts = (course_id, *others.get(course_id, ()), *titles.get(course_id, ()))
            for what in counts:
                found[what].add(curriculum_id)
    return found


def _rows(
    session: Session, person_ids: Collection[int]
) -> dict[int, dict[int, list[Qualification]]]:
    found: dict[int, dict[int, list[Qualification]]] = {
        one: defaultdict(list) for one in person_ids
    }
    query = (
        select(Qualification)
        .where(Qualification.person_id.in_(person_ids))
        .order_by(Qualification.earned_on, Qualification.id)
        .execution_options(populate_existing=True)
    )
    for row in session.scalars(query):
        found[row.person_id][row.curriculum_id].append(row)
    return found
