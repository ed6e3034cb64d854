"""What two processes bring at once earns once; what only both together earn is not lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import select

from bot.context import Ctx
from bot.models.qualifications import Curriculum, CurriculumItem, Qualification
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import closing
from bot.training.qualifications import earning, holding
from tests.cast import TRAINEES
from tests.integration.locking.conftest import Process, both

Two = tuple[Process, Process]


async def made(process: Process) -> dict[str, int]:
    """A class of valuation and one of law, both over, in which all trainees were; the two make a
    qualification.
    """

    def make(ctx: Ctx) -> dict[str, int]:
        curriculum = Curriculum(code="VALUER", title="Valuer", valid_months=24)
        ctx.session.add(curriculum)
        ctx.session.flush()
        return {code: _hold(ctx, code, curriculum.id, process.ids) for code in ("VAL", "LAW")}

    return await process.committer.hop(make)


def _hold(ctx: Ctx, code: str, curriculum_id: int | None, ids: dict[str, int]) -> int:
    course = Course(code=code, title=code)
    ctx.session.add(course)
    ctx.session.flush()
    ctx.session.add(CurriculumItem(curriculum_id=curriculum_id, course_id=course.id))
    day = ctx.today() - dt.timedelta(days=1)
    held = TrainingClass(code=code, course_id=course.id, seats=9, starts_on=day, ends_on=day)
    ctx.session.add(held)
    ctx.session.flush()
    for key in TRAINEES:
        ctx.session.add(
            Enrolment(
                class_id=held.id,
                person_id=ids[key],
                state=EnrolmentState.ATTENDED,
                changed_at=ctx.now(),
            )
        )
    ctx.session.flush()
    assert held.id is not None
    return held.id


def close(class_id: int) -> Callable[[Ctx], None]:
    def act(ctx: Ctx) -> None:
        closing.close(ctx, class_id)

    return act


async def test_two_items__completed_at_once__are_earned_once_by_each(
    two: Two, meet: Callable[..., None]
) -> None:
    classes = await made(two[0])
    meet((closing, "_decide"))
    results = await both(
        two[0].act("unit", close(classes["VAL"])), two[1].act("sokha", close(classes["LAW"]))
    )
    assert results == [None, None]
    holders = two[0].all(select(Qualification.person_id))
    assert sorted(holders) == sorted(two[0].ids[key] for key in TRAINEES)


async def test_one_person__looked_at_by_two__holds_one(
    two: Two, meet: Callable[..., None]
) -> None:
    classes = await made(two[0])
    for code in classes:
        await two[0].act("unit", close(classes[code]))
    with two[0].database.transaction() as session:
        for row in session.exec(select(Qualification)):
            session.delete(row)
    meet((holding, "_rows"))
    people = [two[0].ids[key] for key in TRAINEES]
    results = await both(
        two[0].act("unit", lambda ctx: earning.earn(ctx, people)),
        two[1].act("sokha", lambda ctx: earning.earn(ctx, people)),
    )
    assert sorted(len(result) for result in results) == [0, len(TRAINEES)]
    assert len(two[0].all(select(Qualification.id))) == len(TRAINEES)
