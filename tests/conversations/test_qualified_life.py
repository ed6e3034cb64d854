"""From a new post to a qualification renewed: a roster file, a call, a class, a year later."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence

import pytest
from sqlmodel import Session, select

from bot.campaigns.broadcasts import drafting, sending
from bot.models.broadcasts import BroadcastKind
from bot.models.qualifications import (
    Curriculum,
    CurriculumItem,
    ExpiryRule,
    Qualification,
    Requirement,
)
from bot.models.training import Course, TrainingClass
from bot.training import attendance, certificates, closing
from tests.cast import MEMBERS, read_english
from tests.conversations import school
from tests.conversations.stage import Stage
from tests.conversations.test_broadcasts import unmoved
from tests.conversations.test_unit_files import HEADINGS, workbook

Golden = Callable[[Stage, str], None]
FIRST, RENEWAL = dt.date(2026, 3, 23), dt.date(2027, 3, 15)
LAST_DAY = dt.date(2027, 3, 27)


@pytest.fixture
def valuers(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> int:
    """A post that requires a qualification of one year; a class of it, and one to renew it.

    Rith has the qualification by a record of the past, until the same day. Codes of certificates
    can be foretold.
    """
    monkeypatch.setattr(certificates.secrets, "choice", random.Random(7).choice)
    with stage.database.transaction() as session:
        read_english(session)
    held = school.hold(stage, "VAL-1", seats=6, first_day=FIRST)
    school.hold(stage, "VAL-2", seats=6, first_day=RENEWAL)
    with stage.database.transaction() as session:
        made = Curriculum(
            code="VALUER",
            title="Customs valuer",
            valid_months=12,
            expiry_rule=ExpiryRule.PREVIOUS,
            grace_days=30,
        )
        session.add(made)
        session.flush()
        course = session.exec(select(Course).where(Course.code == "VAL")).one()
        course.has_charter = False
        assert made.id is not None
        session.add(CurriculumItem(curriculum_id=made.id, course_id=course.id, place=1))
        session.add(Requirement(position="Valuer", curriculum_id=made.id, within_days=60))
        session.add(_past(stage, made.id))
    return held


def _past(stage: Stage, curriculum_id: int) -> Qualification:
    return Qualification(
        person_id=stage.ids["rith"],
        curriculum_id=curriculum_id,
        through_id=curriculum_id,
        earned_on=LAST_DAY - dt.timedelta(days=365),
        expires_on=LAST_DAY,
        window_on=LAST_DAY - dt.timedelta(days=90),
        grace_days=30,
        rule=ExpiryRule.PREVIOUS,
        evidence=[["Valuation abroad", "2026-03-27"]],
        made_at=stage.clock.now(),
    )


def roster() -> list[Sequence[object]]:
    """Everybody as before, but that Dara is a valuer now."""
    bosses = {member.key: member.staff_no for member in MEMBERS}
    return [
        (
            member.staff_no,
            member.name,
            "Poipet",
            "Mekong",
            "Valuer" if member.key == "dara" else "Officer",
            bosses.get(member.supervisor, ""),
        )
        for member in MEMBERS
    ]


async def call(stage: Stage, class_id: int) -> None:
    """The unit calls those to the class who lack the qualification and can earn it there."""
    with stage.database.transaction() as session:
        ctx = school.acting(stage, session, "unit")
        made = drafting.create(ctx, "Valuation in March", BroadcastKind.CALL)
        drafting.set_audience(ctx, made.id, 'position "Valuer" and lacks VALUER')
        drafting.set_text(ctx, made.id, "en", "Valuation begins on 23 March. Six seats are free.")
        drafting.set_class(ctx, made.id, class_id)
        drafting.set_buttons(ctx, made.id, ["enrol"])
        sending.send(ctx, made.id)
    await stage.settle()
    await stage.move(minutes=1)


async def hold_to_the_end(stage: Stage, class_code: str) -> None:
    """Everybody was there every day, and the class is closed."""
    with stage.database.transaction() as session:
        unit = school.acting(stage, session, "unit")
        attendance.note_always_present(unit, _class(session, class_code))
        closing.close(unit, _class(session, class_code))
    await stage.settle()


def _class(session: Session, code: str) -> int:
    found = session.exec(select(TrainingClass.id).where(TrainingClass.code == code)).one()
    assert found is not None
    return found


async def test_new_post__assigned_called_earned_reminded_renewed(
    stage: Stage, valuers: int, golden: Golden
) -> None:
    unit, dara, sokha = [await stage.join(who) for who in ("unit", "dara", "sokha")]
    await stage.join("rith")
    await unit.send_file("roster.xlsx", workbook(HEADINGS, *roster()))
    await unit.press("People")
    await unit.press("Take it")
    await call(stage, valuers)
    await dara.press("Ask for a place")
    await dara.press("Ask for a place")
    await sokha.press("Approve")
    await stage.off_record(stage.move_to(dt.datetime(2026, 3, 27, 10, tzinfo=dt.UTC)))
    stage.write("-- The class is held. Dara was there on every day. --")
    await hold_to_the_end(stage, "VAL-1")
    await dara.say("/qualifications")
    await stage.off_record(stage.move_to(dt.datetime(2026, 12, 26, 1, tzinfo=dt.UTC)))
    stage.write("-- Nine months later --")
    await stage.move(days=3)
    await stage.off_record(stage.move_to(dt.datetime(2027, 2, 24, 1, tzinfo=dt.UTC)))
    stage.write("-- Two months later --")
    await stage.move(days=2)
    await dara.press("Show class VAL-2")
    await dara.press("Ask for a place")
    await sokha.press("Approve")
    await stage.off_record(stage.move_to(dt.datetime(2027, 3, 19, 10, tzinfo=dt.UTC)))
    stage.write("-- The class is held. Dara was there on every day; Rith did not ask for it. --")
    await hold_to_the_end(stage, "VAL-2")
    await stage.move(days=1)
    await stage.move(days=8)
    await dara.say("/qualifications")
    await stage.off_record(stage.move_to(dt.datetime(2027, 4, 26, 1, tzinfo=dt.UTC)))
    stage.write("-- The days of grace are over --")
    await stage.move(days=8)
    await sokha.say("Who at Poipet is qualified as customs valuer, and until when?")
    unmoved(stage)
    golden(stage, "qualified_life")
