"""Passing on what was learned: told after a course, reported, doubted, confirmed, overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bot.models.on_the_job import CascadeDuty
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.policy import change
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
DAY = dt.date(2026, 2, 27)


def complete(stage: Stage, *keys: str) -> None:
    """A course abroad that these people have completed."""
    with stage.database.transaction() as session:
        change(stage.ctx(session), "go_live", "2026-01-01")
        titles = {"km": "ការវាយតម្លៃ\u200bហានិភ័យ", "ur": "خطرات کا جائزہ"}
        course = Course(
            code="RISK",
            title="Risk analysis",
            titles=titles,
            mode="foreign offer",
            has_certificate=False,
        )
        session.add(course)
        session.flush()
        held = TrainingClass(code="RISK-1", course_id=course.id, closed_at=stage.clock.now())
        session.add(held)
        session.flush()
        for key in keys:
            session.add(
                Enrolment(
                    class_id=held.id,
                    person_id=stage.ids[key],
                    state=EnrolmentState.COMPLETED,
                    completed_on=DAY,
                    changed_at=stage.clock.now(),
                )
            )


async def test_cascade__reported_doubted_and_confirmed(stage: Stage, golden: Golden) -> None:
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    complete(stage, "dara")
    await stage.tick()
    await dara.press("Report: Risk analysis")
    await dara.type("2026-02-28", "12", "A talk at the morning meeting.")
    stale = dara.data_of("Submit")
    await dara.press("Submit")
    await dara.press_stale("Submit", stale)
    await stage.restart()
    await dara.forge("casct:1:yes")
    await sokha.press("Look at it: Sok Dara")
    stale = sokha.data_of("Confirm")
    await sokha.press("Do not confirm")
    await stage.restart()
    await sokha.type("There was no meeting on a Saturday.")
    await sokha.press("Submit")
    await sokha.press_stale("Confirm", stale)
    await sokha.forge("casct:1:yes")
    await dara.forge("casc")
    await dara.press("Risk analysis: not confirmed")
    await dara.press("Report it")
    await dara.type("2026-03-02", "14", "A talk at the morning meeting on Monday.")
    await dara.press("Submit")
    await sokha.forge("cascs")
    await sokha.press("Sok Dara, Risk analysis: reported, to be confirmed")
    await sokha.press("Confirm")
    await stage.move(days=1)
    await dara.forge("cascrep:1")
    await dara.forge("cascone:1")
    golden(stage, "cascade")
    with stage.database.transaction(readonly=True) as session:
        assert session.get_one(CascadeDuty, 1).confirmed_by == stage.ids["sokha"]


async def test_cascade__nobody_reports__is_reminded_and_shown_as_overdue(
    stage: Stage, golden: Golden
) -> None:
    sokha = await stage.join("sokha")
    bopha, bilal = await stage.join("bopha"), await stage.join("bilal")
    complete(stage, "bopha", "bilal")
    await stage.tick()
    await stage.move(days=30)
    await sokha.forge("cascs")
    await bopha.forge("casc")
    await bilal.forge("cascone:2")
    golden(stage, "cascade_overdue")
