"""Who decides about a member of the training unit for whom nobody above is to be reached."""

from __future__ import annotations

import pytest

from bot import app
from bot.i18n import render
from bot.models.approvals import Decision
from bot.models.people import Role
from bot.models.training import Enrolment, EnrolmentState
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import approval_cards, approvals, deciding, decisions, passing_on, standing
from tests.integration.training.conftest import School

app.register_speaking()


@pytest.fixture
def row(school: School) -> Enrolment:
    """The request of the only member of the unit, whose director cannot be reached."""
    school.add_person("chief", supervisor="", full_name="Ly Chanthou")
    school.grant("chief", Role.EXECUTIVE)
    school.unlink("director")
    return school.request("unit", school.hold(begins_in=40))


def listed(school: School, key: str) -> list[int]:
    return [line.id for line in approval_cards.waiting(school.acting(key))]


def test_request__of_the_only_member__is_put_to_an_executive_and_decided(
    school: School, row: Enrolment
) -> None:
    number = school.approval(row).id
    assert school.told("chief", "approval_asked") == [{"approval": number}]
    assert school.told("unit", "approval_asked") == []
    assert (listed(school, "chief"), listed(school, "unit")) == ([number], [])
    chief = school.acting("chief")
    assert access.may(chief, Action.DECIDE)
    assert approval_cards.card(chief, number).is_own
    deciding.approve(chief, number)
    approvals.undo(chief, number)
    deciding.approve(chief, number)
    school.clock.advance(seconds=approvals.UNDO_SECONDS)
    decisions.settle(school.ctx)
    assert row.state is EnrolmentState.ENROLLED
    assert school.changes(row)[1].actor_id == school.ids["chief"]
    assert not access.may(chief, Action.DECIDE)


def test_request__of_the_only_member__says_whom_it_waits_for(
    school: School, row: Enrolment
) -> None:
    names = {"Chan Sophea", "Ly Chanthou"}
    shown = standing.standing(school.acting("unit"), row.class_id)
    assert render(shown.asked, "en") in names
    assert render(approval_cards.with_whom(school.ctx, school.approval(row).id), "en") in names


def test_request__of_the_only_member__nobody_else_decides(school: School, row: Enrolment) -> None:
    number = school.approval(row).id
    for key in ("unit", "sokha", "dara"):
        with pytest.raises(OutOfReach):
            approvals.decide(school.acting(key), number, Decision.APPROVED)


def test_request__of_one_of_two_members__is_the_others(school: School, row: Enrolment) -> None:
    school.add_person("second", supervisor="")
    school.grant("second", Role.UNIT)
    number = school.approval(row).id
    assert (listed(school, "chief"), listed(school, "second")) == ([], [number])
    assert not access.may(school.acting("chief"), Action.DECIDE)
    with pytest.raises(OutOfReach):
        deciding.approve(school.acting("chief"), number)


def test_request__waiting_with_an_executive__is_reminded_of(
    school: School, row: Enrolment
) -> None:
    school.pass_days(2)
    passing_on.chase(school.ctx)
    assert school.told("chief", "approval_reminder") == [{"approval": school.approval(row).id}]


def test_request__of_an_officer__is_none_of_the_executives(school: School) -> None:
    school.add_person("chief", supervisor="")
    school.grant("chief", Role.EXECUTIVE)
    for key in ("sokha", "director"):
        school.unlink(key)
    school.request("dara", school.hold())
    assert listed(school, "chief") == []
    assert not access.may(school.acting("chief"), Action.DECIDE)


def test_executive__of_another_part__is_not_asked(school: School) -> None:
    coral = school.add_unit("Coral")
    school.add_person("far", supervisor="", unit_id=coral.id)
    school.grant("far", Role.EXECUTIVE, coral)
    school.unlink("director")
    school.request("unit", school.hold())
    assert (school.told("far", "approval_asked"), listed(school, "far")) == ([], [])
