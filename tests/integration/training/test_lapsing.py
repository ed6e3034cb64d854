"""When a class begins, who had no place is off its list; imported requests are asked about."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.models.approvals import Approval
from bot.models.system import PolicyValue
from bot.models.training import Enrolment
from bot.models.training import EnrolmentState as S
from bot.training import enrolling, lapsing
from bot.training.schedule import start_of
from tests.integration.training.conftest import School


@pytest.fixture(autouse=True)
def live(school: School) -> None:
    school.add(PolicyValue(name="go_live", value="2026-03-01"))


def test_begun__who_waits_or_was_interested__is_off_the_list_and_told_once(
    school: School,
) -> None:
    held = school.hold(seats=1, begins_in=2)
    school.approved("dara", held)
    waiting = school.approved("rith", held)
    interested = Enrolment(
        class_id=held.id,
        person_id=school.ids["maly"],
        state=S.INTERESTED,
        changed_at=school.ctx.now(),
    )
    school.add(interested)
    lapsing.lapse(school.ctx)
    assert waiting.state is S.APPROVED
    school.pass_days(3)
    for _time in range(2):
        lapsing.lapse(school.ctx)
    assert (waiting.state, interested.state) == (S.CANCELLED, S.CANCELLED)
    assert school.changes(waiting)[-1].rule == enrolling.STARTED
    assert school.told_states("rith") == ["approved", "cancelled"]
    assert school.enrolled(held) == {"dara"}


def test_begun__request_that_is_with_somebody__ends_with_its_decision(school: School) -> None:
    held = school.hold(begins_in=2)
    row = school.request("dara", held)
    school.pass_days(3)
    lapsing.lapse(school.ctx)
    assert row.state is S.REQUESTED


def test_begun__before_go_live__stays_as_it_was(school: School) -> None:
    held = school.hold(begins_in=-10)
    row = Enrolment(
        class_id=held.id,
        person_id=school.ids["dara"],
        state=S.APPROVED,
        changed_at=school.ctx.now(),
    )
    school.add(row)
    lapsing.lapse(school.ctx)
    assert row.state is S.APPROVED


def test_next_start__is_when_a_class_begins_for_which_somebody_waits(school: School) -> None:
    held = school.hold(seats=1, begins_in=4)
    school.hold(begins_in=2)
    school.approved("dara", held)
    school.approved("rith", held)
    now = school.ctx.now()
    assert lapsing.next_start(school.ctx, now) == start_of(held, "Asia/Phnom_Penh")
    assert lapsing.next_start(school.ctx, now + dt.timedelta(days=5)) is None


def test_unasked__request_from_a_file__is_asked_about_once(school: School) -> None:
    held, free = school.hold(), school.hold(course="HS")
    school.course("HS").needs_approval = False
    at = school.ctx.now()
    for one in (held, free):
        school.add(
            Enrolment(
                class_id=one.id, person_id=school.ids["dara"], state=S.REQUESTED, changed_at=at
            )
        )
    for _time in range(2):
        lapsing.ask_unasked(school.ctx)
    asked = school.ctx.session.exec(select(Approval)).all()
    assert [approval.approver_id for approval in asked] == [school.ids["sokha"]]
    assert school.state("dara", free) is S.ENROLLED
