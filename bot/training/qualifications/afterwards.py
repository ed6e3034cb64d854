"""What follows from completions that came or went, and from curricula that are others now.

For a few people at once; for more it is long work, in steps that let others write in between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, union

from bot import long_work
from bot.context import Ctx
from bot.models.qualifications import Curriculum, CurriculumItem, Qualification
from bot.models.records import TrainingRecord
from bot.models.training import Enrolment, EnrolmentState
from bot.training.qualifications import earning

WORK = "earn"
FEW = 25
A_STEP = 25


def completions_changed(ctx: Ctx, person_ids: Collection[int]) -> None:
    """These people have completed something more, or something less."""
    people = sorted(set(person_ids))
    if len(people) <= FEW:
        earning.settle(ctx, people)
    else:
        ask(ctx, {"people": people})


def curricula_changed(ctx: Ctx, curriculum_ids: Collection[int]) -> None:
    """These curricula, and those renewed by them, can be earned by others now: looked at for
    everybody, as long work.
    """
    if curriculum_ids:
        ask(ctx, {"curricula": sorted(_renewed_by(ctx, set(curriculum_ids)))})


def course_counts_more(ctx: Ctx, course_id: int) -> None:
    """Something else counts as this course from now on."""
    with_it = select(CurriculumItem.curriculum_id).where(CurriculumItem.course_id == course_id)
    curricula_changed(ctx, _ids(ctx, with_it))


def ask(ctx: Ctx, params: dict[str, Any]) -> None:
    """Ask for it as long work, unless the same waits already or there is nothing to earn."""
    if ctx.session.execute(select(Curriculum.id).limit(1)).first() is not None:
        long_work.queue_for_all(ctx, WORK, params)


def next_people(ctx: Ctx, params: dict[str, Any], after: int) -> list[int]:
    """The next people by id whom a piece of this work is about; none when it is done."""
    if "people" in params:
        return [one for one in params["people"] if one > after][:A_STEP]
    return _ids(ctx, _somehow_learned(after))


def step(ctx: Ctx, params: dict[str, Any], person_ids: Sequence[int]) -> None:
    """One step of the work, about these people."""
    if "curricula" in params:
        earning.earn(ctx, person_ids, params["curricula"])
    else:
        earning.settle(ctx, person_ids)


def _renewed_by(ctx: Ctx, curriculum_ids: set[int]) -> set[int]:
    """These and all whose renewal leads to them, perhaps by way of others."""
    query = select(Curriculum.id, Curriculum.renewed_by_id)
    pairs = [(one, after) for one, after in ctx.session.execute(query)]
    found: set[int] = set()
    wave = curriculum_ids
    while wave:
        found |= wave
        wave = {one for one, after in pairs if after in wave} - found
    return found


def _somehow_learned(after: int) -> Any:
    """Who has completed anything, or holds something; each part by its index."""
    parts = (
        select(Enrolment.person_id).where(Enrolment.state == EnrolmentState.COMPLETED),
        select(TrainingRecord.person_id),
        select(Qualification.person_id),
    )
    firsts = (
        part.where(part.selected_columns.person_id > after)
        .distinct()
        .order_by(part.selected_columns.person_id)
        .limit(A_STEP)
        .subquery()
        for part in parts
    )
    found = union(*(select(one.c.person_id) for one in firsts)).subquery()
    return select(found.c.person_id).order_by(found.c.person_id).limit(A_STEP)


def _ids(ctx: Ctx, query: Any) -> list[int]:
    return [one for one in ctx.session.scalars(query) if one is not None]
