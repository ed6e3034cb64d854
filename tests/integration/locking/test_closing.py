"""Classes closed by two processes at once: each certificate once, every number once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.models.people import Person
from bot.models.records import Certificate, TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import certificates, closing, seats
from tests.cast import TRAINEES
from tests.integration.locking.conftest import Process, both

Two = tuple[Process, Process]


async def held(process: Process, *codes: str) -> list[int]:
    """Classes of one day that is over, in which all trainees were; their ids."""

    def make(ctx: Ctx) -> list[int]:
        course = Course(code="VAL", title="Valuation")
        ctx.session.add(course)
        ctx.session.flush()
        return [_hold(ctx, course, code, process.ids) for code in codes]

    return await process.committer.hop(make)


def _hold(ctx: Ctx, course: Course, code: str, ids: dict[str, int]) -> int:
    day = ctx.today() - dt.timedelta(days=1)
    made = TrainingClass(code=code, course_id=course.id, seats=9, starts_on=day, ends_on=day)
    ctx.session.add(made)
    ctx.session.flush()
    assert made.id is not None
    for key in TRAINEES:
        person = ctx.session.get_one(Person, ids[key])
        ctx.session.add(
            Enrolment(
                class_id=made.id,
                person_id=person.id,
                state=EnrolmentState.ATTENDED,
                changed_at=ctx.now(),
            )
        )
    ctx.session.flush()
    return made.id


def close(class_id: int) -> Callable[[Ctx], None]:
    def act(ctx: Ctx) -> None:
        closing.close(ctx, class_id)

    return act


async def test_two_classes__closed_at_once__share_no_number(
    two: Two, meet: Callable[..., None]
) -> None:
    first, second = await held(two[0], "VAL-1", "VAL-2")
    meet((certificates, "valid_of"))
    results = await both(two[0].act("unit", close(first)), two[1].act("sokha", close(second)))
    assert results == [None, None]
    numbers = sorted(two[0].all(select(Certificate.number)))
    assert numbers == [f"2026-{number:04d}" for number in range(1, 2 * len(TRAINEES) + 1)]


async def test_one_class__closed_by_two_at_once__is_closed_once(
    two: Two, meet: Callable[..., None]
) -> None:
    (class_id,) = await held(two[0], "VAL-1")
    meet((seats, "hold"))
    results = await both(*(process.act("unit", close(class_id)) for process in two))
    assert sorted(type(result) for result in results if result is not None) == [Refusal]
    assert len(two[0].all(select(Certificate.id))) == len(TRAINEES)
    assert len(two[0].all(select(TrainingRecord.id))) == len(TRAINEES)
