"""A roster names another supervisor: requests and places follow, and come back with an undo."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot import app
from bot.context import SYSTEM, Actor, Ctx
from bot.models.approvals import Approval
from bot.models.delivery import OutboxItem
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.people import accounts, chats
from bot.training import enrolling
from tests.roster_desk import Desk

MOVED = "staff_no,full_name,unit,supervisor_staff_no\n00004,Rith Nov,Sila Post,00002\n"
RENAMED = "staff_no,full_name,unit,rank\n00004,Rith Nov,Sila Post,Major\n"
AWAY = "staff_no,full_name,unit,away_until\n00003,Bopha Keo,Sila Post,2026-03-20\n"
app.register_speaking()


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Everybody is on Telegram; Rith has a place in one class and asks for another."""
    with desk.database.transaction() as session:
        ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        people = session.exec(select(Person).order_by(Person.id)).all()
        for person in people:
            accounts.give(
                ctx, chats.get_or_create(session, 1000 + (person.id or 0)), person, "test"
            )
        rith = next(person.id for person in people if person.staff_no == "00004")
        course = Course(code="VAL", title="Valuation")
        session.add(course)
        session.flush()
        classes = [_hold(session, f"VAL-{days}", course.id or 0, days) for days in (14, 40)]
        assert rith is not None
        enrolling.admit(ctx, classes[0], rith)
        enrolling.request(replace(ctx, actor=Actor(rith)), classes[1])
    return desk


def _hold(session: Session, code: str, course_id: int, days: int) -> int:
    begins = dt.date(2026, 3, 2) + dt.timedelta(days=days)
    held = TrainingClass(code=code, course_id=course_id, seats=5, starts_on=begins, ends_on=begins)
    session.add(held)
    session.flush()
    assert held.id is not None
    return held.id


def approver(desk: Desk) -> str:
    """The staff number of who has the request now."""
    with desk.database.transaction(readonly=True) as session:
        query = select(Person.staff_no).join(Approval, Approval.approver_id == Person.id)
        return session.exec(query).one()


def told(desk: Desk) -> list[str]:
    """Who was told that somebody new in the team has a place, by staff number."""
    with desk.database.transaction(readonly=True) as session:
        query = select(Person.staff_no).join(OutboxItem, OutboxItem.person_id == Person.id)
        return list(session.exec(query.where(OutboxItem.notice == "new_in_team")))


def test_file__with_another_supervisor__moves_the_request_and_tells_of_the_place(
    asked: Desk,
) -> None:
    assert approver(asked) == "00003"
    applied = asked.take(MOVED)
    assert (approver(asked), told(asked)) == ("00002", ["00002"])
    asked.undo(applied.run_id)
    assert (approver(asked), told(asked)) == ("00003", ["00002", "00003"])


def test_file__that_changes_something_else__leaves_the_request(asked: Desk) -> None:
    applied = asked.take(RENAMED)
    assert (approver(asked), told(asked), applied.led_anew) == ("00003", [], ())


def test_file__that_says_the_supervisor_is_away__moves_the_request_up(asked: Desk) -> None:
    asked.take(AWAY)
    assert (approver(asked), told(asked)) == ("00001", [])
