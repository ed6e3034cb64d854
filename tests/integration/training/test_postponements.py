"""Ordered training: the supervisor asks that it be put off, and the training unit decides."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.models.approvals import About, Decision
from bot.models.training import EnrolmentState
from bot.people.access import OutOfReach
from bot.training import approvals, decisions, enrolling, postponements
from tests.integration.training.conftest import School

S = EnrolmentState


def settle(school: School) -> None:
    school.clock.advance(seconds=10)
    decisions.settle(school.ctx)


def test_postponement__asked_and_granted__gives_the_seat_back(school: School) -> None:
    held = school.hold(seats=1)
    row = enrolling.order(school.acting("unit"), held.id, school.ids["dara"])
    assert school.told("sokha", "approval_ordered") == [{"enrolment": row.id}]
    sokha = school.acting("sokha")
    assert [card.enrolment_id for card in postponements.of_team(sokha)] == [row.id]
    postponements.ask(sokha, row.id, "The only scanner operator.")
    with pytest.raises(Refusal, match="already"):
        postponements.ask(sokha, row.id, "Again.")
    approval = school.approval(row)
    assert (approval.about, approval.approver_id) == (About.POSTPONEMENT, None)
    assert row.state is S.ENROLLED
    approvals.decide(school.acting("unit"), approval.id, Decision.APPROVED)
    settle(school)
    assert (row.state, row.reason) == (S.WITHDRAWN, "The only scanner operator.")
    assert school.told("sokha", "postponement_decided") == [{"approval": approval.id}]


def test_postponement__declined__leaves_the_place(school: School) -> None:
    row = enrolling.order(school.acting("unit"), school.hold().id, school.ids["dara"])
    postponements.ask(school.acting("sokha"), row.id, "Busy.")
    number = school.approval(row).id
    approvals.decide(school.acting("unit"), number, Decision.DECLINED, "It is the law.")
    settle(school)
    assert row.state is S.ENROLLED
    assert school.told("sokha", "postponement_decided") == [{"approval": number}]
    with pytest.raises(OutOfReach):
        postponements.ask(school.acting("rith"), row.id, "Busy.")


def test_postponement__asked_back__is_refused(school: School) -> None:
    row = enrolling.order(school.acting("unit"), school.hold().id, school.ids["dara"])
    postponements.ask(school.acting("sokha"), row.id, "Busy.")
    with pytest.raises(Refusal, match="Speak with"):
        approvals.decide(
            school.acting("unit"), school.approval(row).id, Decision.ASKED_BACK, "Why?"
        )
