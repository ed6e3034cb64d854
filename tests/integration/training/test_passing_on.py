"""Requests that wait: reminders, the way up the line, deputies, and people who move."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import app, policy
from bot.errors import Refusal
from bot.models.approvals import Decision, Deputy
from bot.models.training import Enrolment
from bot.people import editing
from bot.people.access import OutOfReach
from bot.training import approval_cards, approvals, deciding, deputies, passing_on
from tests.integration.training.conftest import School

FRIDAY = dt.date(2026, 3, 6)
app.register_speaking()


def approver(school: School, row: Enrolment) -> str:
    """Who has the request now, by key; "" for the training unit."""
    names = {person_id: key for key, person_id in school.ids.items()}
    return names.get(school.approval(row).approver_id, "")


def chase(school: School, **later: float) -> None:
    school.clock.advance(**later)
    passing_on.chase(school.ctx)


def test_reminder__after_two_working_days__comes_once(school: School) -> None:
    row = school.request("dara", school.hold())
    chase(school, days=1, hours=23)
    assert school.told("sokha", "approval_reminder") == []
    chase(school, hours=1)
    chase(school, hours=1)
    assert school.told("sokha", "approval_reminder") == [{"approval": school.approval(row).id}]


def test_reminder__asked_before_the_weekend__waits_for_two_working_days(school: School) -> None:
    school.clock.set(dt.datetime(2026, 3, 6, 3, tzinfo=dt.UTC))
    school.request("dara", school.hold(begins_in=30))
    due = passing_on.next_due(school.ctx, school.ctx.now())
    assert due == dt.datetime(2026, 3, 10, 3, tzinfo=dt.UTC)
    chase(school, days=3)
    assert school.told("sokha", "approval_reminder") == []
    chase(school, days=1)
    assert len(school.told("sokha", "approval_reminder")) == 1


def test_reminder__where_fridays_are_free__follows_the_working_week(school: School) -> None:
    policy.change(school.ctx, "working_week", "Sun-Thu")
    school.clock.set(dt.datetime(2026, 3, 12, 3, tzinfo=dt.UTC))
    school.request("dara", school.hold(begins_in=30))
    due = passing_on.next_due(school.ctx, school.ctx.now())
    assert due == dt.datetime(2026, 3, 16, 3, tzinfo=dt.UTC)


def test_reminder__over_a_public_holiday__waits_for_a_day_more(school: School) -> None:
    policy.change(school.ctx, "working_week", "Sun-Thu")
    school.clock.set(dt.datetime(2026, 3, 5, 3, tzinfo=dt.UTC))
    school.request("dara", school.hold(begins_in=30))
    due = passing_on.next_due(school.ctx, school.ctx.now())
    assert due == dt.datetime(2026, 3, 10, 3, tzinfo=dt.UTC), "8 March is free in Cambodia"


def test_escalation__after_four_working_days__goes_up_the_line_and_then_to_the_unit(
    school: School,
) -> None:
    row = school.request("dara", school.hold(begins_in=40))
    number = school.approval(row).id
    chase(school, days=4)
    assert approver(school, row) == "director"
    assert school.told("director", "approval_asked") == [{"approval": number}]
    assert school.told("sokha", "approval_passed_on") == [{"approval": number, "level": 1}]
    with pytest.raises(OutOfReach):
        deciding.approve(school.acting("sokha"), number)
    chase(school, days=6)
    assert approver(school, row) == ""
    assert school.told("unit", "approval_asked") == [{"approval": number}]
    chase(school, days=30)
    assert approver(school, row) == ""
    deciding.approve(school.acting("unit"), number)


def test_chase__after_a_month_of_outage__passes_on_once(school: School) -> None:
    row = school.request("dara", school.hold(begins_in=90))
    chase(school, days=30)
    passing_on.chase(school.ctx)
    assert approver(school, row) == "director"
    assert school.told("sokha", "approval_reminder") == []


def test_chase__decided_and_not_yet_in_effect__is_left_alone(school: School) -> None:
    row = school.request("dara", school.hold(begins_in=40))
    approvals.decide(school.acting("sokha"), school.approval(row).id, Decision.APPROVED)
    chase(school, days=9)
    assert approver(school, row) == "sokha"


def test_reminder__of_who_is_not_on_the_desk_any_more__goes_to_who_decides_now(
    school: School,
) -> None:
    rows = [school.request(who, school.hold(begins_in=40)) for who in ("dara", "bopha")]
    school.unlink("sokha")
    chase(school, days=2)
    assert [approver(school, row) for row in rows] == ["director", "director"]
    assert len(school.told("director", "approval_asked")) == 2
    assert school.told("sokha", "approval_reminder") == []
    assert school.told("director", "approval_reminder") == []


def test_deputy__named__gets_what_waits_and_gives_it_back(school: School) -> None:
    row = school.request("dara", school.hold(begins_in=40))
    number = school.approval(row).id
    deputies.name(school.acting("sokha"), school.ids["sokha"], "1014", FRIDAY)
    assert approver(school, row) == "rith"
    assert school.told("rith", "deputy_named")[0]["person"] == school.ids["sokha"]
    assert [line.id for line in approval_cards.waiting(school.acting("rith"))] == [number]
    school.clock.set(dt.datetime(2026, 3, 6, 16, 59, tzinfo=dt.UTC))
    deputies.end_past(school.ctx)
    assert approver(school, row) == "rith"
    assert deputies.next_end(school.ctx, school.ctx.now()) == dt.datetime(
        2026, 3, 6, 17, tzinfo=dt.UTC
    )
    school.clock.advance(minutes=1)
    deputies.end_past(school.ctx)
    assert approver(school, row) == "sokha"
    assert school.ctx.session.get(Deputy, school.ids["sokha"]) is None


def test_deputy__about_themselves__the_next_in_line_decides(school: School) -> None:
    deputies.name(school.acting("sokha"), school.ids["sokha"], "1014", FRIDAY)
    row = school.request("rith", school.hold())
    assert approver(school, row) == "director"


def test_deputy__named_while_it_is_with_the_next_in_line__leaves_it_there(school: School) -> None:
    row = school.request("dara", school.hold(begins_in=40))
    chase(school, days=4)
    deputies.name(school.acting("sokha"), school.ids["sokha"], "1014", dt.date(2026, 3, 20))
    assert approver(school, row) == "director"
    deputies.name(school.acting("director"), school.ids["director"], "1004", dt.date(2026, 3, 20))
    assert approver(school, row) == "trainer"


@pytest.mark.parametrize(
    ("who", "whose", "staff_no", "until"),
    [
        ("dara", "sokha", "1014", FRIDAY),
        ("sokha", "director", "1014", FRIDAY),
        ("sokha", "sokha", "1003", FRIDAY),
        ("sokha", "sokha", "4711", FRIDAY),
        ("sokha", "sokha", "S12", FRIDAY),
        ("sokha", "sokha", "1014", dt.date(2026, 3, 1)),
        ("sokha", "sokha", "1014", dt.date(2028, 3, 1)),
        ("sokha", "sokha", "1015", FRIDAY),
    ],
)
def test_deputy__not_allowed__is_refused(
    school: School, who: str, whose: str, staff_no: str, until: dt.date
) -> None:
    coral = school.add_unit("Coral")
    school.add_person("ann", supervisor="", unit_id=coral.id)
    school.add_person("far", supervisor="", unit_id=coral.id)
    school.unlink("maly")
    with pytest.raises(Refusal):
        deputies.name(school.acting(who), school.ids[whose], staff_no, until)
    assert deputies.of(school.ctx, school.ids[whose]) is None


def test_unit__names_a_deputy_for_another__and_both_are_told(school: School) -> None:
    deputies.name(school.acting("unit"), school.ids["sokha"], "1014", FRIDAY)
    assert len(school.told("rith", "deputy_named")) == 1
    assert len(school.told("sokha", "deputy_named")) == 1
    deputies.end(school.acting("sokha"), school.ids["sokha"])
    with pytest.raises(OutOfReach):
        deputies.end(school.acting("dara"), school.ids["director"])


def test_new_supervisor__by_an_edit__has_the_request_and_hears_of_the_place(
    school: School,
) -> None:
    held, other = school.hold(seats=5), school.hold(seats=5, course="HS", begins_in=40)
    seated = school.approved("dara", held)
    row = school.request("dara", other)
    editing.edit(school.acting("unit"), school.ids["dara"], {"supervisor": "1004"})
    assert approver(school, row) == "trainer"
    assert school.told("trainer", "new_in_team") == [{"enrolment": seated.id}]
    assert seated.state.value == "enrolled"
    editing.edit(school.acting("unit"), school.ids["dara"], {"rank": "Major"})
    assert len(school.told("trainer", "new_in_team")) == 1


def test_supervisor_leaves__what_waited_goes_up(school: School) -> None:
    row = school.request("dara", school.hold())
    editing.deactivate(school.acting("unit"), school.ids["sokha"], editing.Leaving.RETIRED)
    assert approver(school, row) == "director"


def test_letter__from_a_supervisor_not_in_reach__is_refused(school: School) -> None:
    row = school.request("dara", school.hold())
    letter = deciding.Letter("7", FRIDAY)
    with pytest.raises(OutOfReach):
        deciding.approve(school.acting("sokha"), school.approval(row).id, letter)
    with pytest.raises(Refusal, match="signed letter"):
        deciding.approve(school.acting("unit"), school.approval(row).id)
    deciding.decline(school.acting("unit"), school.approval(row).id, "No cover.", letter)
    assert school.approval(row).letter["number"] == "7"
