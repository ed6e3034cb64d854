"""Who decides about a request, what a decision does, and what takes it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.context import Actor
from bot.errors import Refusal
from bot.models.approvals import Decision
from bot.models.people import Role
from bot.models.training import EnrolmentState
from bot.people.access import OutOfReach
from bot.training import (
    approval_cards,
    approvals,
    asking_back,
    decisions,
    enrolling,
)
from tests.integration.training.conftest import School

S = EnrolmentState


def settle(school: School) -> None:
    school.clock.advance(seconds=10)
    decisions.settle(school.ctx)


def test_approved__after_ten_seconds__gives_the_seat_in_the_deciders_name(school: School) -> None:
    held = school.hold(seats=1)
    row = school.request("dara", held)
    approvals.decide(school.acting("sokha"), school.approval(row).id, Decision.APPROVED)
    school.clock.advance(seconds=9)
    decisions.settle(school.ctx)
    assert row.state is S.REQUESTED
    school.clock.advance(seconds=1)
    decisions.settle(school.ctx)
    decisions.settle(school.ctx)
    assert row.state is S.ENROLLED
    approved = school.changes(row)[1]
    assert (approved.act, approved.actor_id) == ("approve", school.ids["sokha"])
    assert school.told_states("dara") == ["enrolled"]


def test_declined__after_ten_seconds__tells_the_reason(school: School) -> None:
    row = school.request("dara", school.hold())
    acting = school.acting("sokha")
    approvals.decide(acting, school.approval(row).id, Decision.DECLINED, "Peak season.")
    settle(school)
    assert (row.state, row.reason) == (S.DECLINED, "Peak season.")
    assert school.told_states("dara") == ["declined"]


def test_undo__within_ten_seconds__leaves_no_trace_of_the_decision(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.DECLINED, "No.")
    approvals.undo(school.acting("sokha"), number)
    settle(school)
    assert row.state is S.REQUESTED
    approvals.decide(school.acting("sokha"), number, Decision.APPROVED)
    settle(school)
    assert row.state is S.ENROLLED
    with pytest.raises(Refusal, match="taken effect"):
        approvals.undo(school.acting("sokha"), number)


def test_undo__of_somebody_elses_decision__is_refused(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.APPROVED)
    with pytest.raises(Refusal):
        approvals.undo(school.acting("unit"), number)


@pytest.mark.parametrize("who", ["dara", "rith", "trainer", "director"])
def test_decide__by_who_does_not_lead_the_officer__is_refused(school: School, who: str) -> None:
    row = school.request("dara", school.hold())
    with pytest.raises(OutOfReach):
        approvals.decide(school.acting(who), school.approval(row).id, Decision.APPROVED)


def test_decide__twice__is_refused_the_second_time(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.APPROVED)
    with pytest.raises(Refusal, match="already"):
        approvals.decide(school.acting("unit"), number, Decision.DECLINED)


def test_stack__approved_at_once__leaves_out_what_came_later(school: School) -> None:
    held = school.hold(seats=5)
    rows = [school.request(who, held) for who in ("dara", "bopha", "rith")]
    seen = school.approval(rows[1]).id
    decided = approvals.decide_all(school.acting("sokha"), seen)
    assert len(decided) == 2
    settle(school)
    assert [row.state for row in rows] == [S.ENROLLED, S.ENROLLED, S.REQUESTED]


def test_stack__undone__takes_back_exactly_what_was_decided_with_it(school: School) -> None:
    held = school.hold(seats=5)
    rows = [school.request(who, held) for who in ("dara", "bopha", "rith")]
    sokha = school.acting("sokha")
    approvals.decide(sokha, school.approval(rows[0]).id, Decision.APPROVED)
    school.clock.advance(seconds=1)
    decided = approvals.decide_all(sokha, school.approval(rows[2]).id)
    approvals.undo_all(sokha, decided[0].id)
    settle(school)
    assert [row.state for row in rows] == [S.ENROLLED, S.REQUESTED, S.REQUESTED]


def test_stack__of_somebody_with_nothing_to_decide__is_refused(school: School) -> None:
    row = school.request("dara", school.hold())
    with pytest.raises(OutOfReach):
        approvals.decide_all(school.acting("director"), school.approval(row).id)
    assert school.approval(row).decision is None


def test_class_begun_before_the_decision_takes_effect__ends_it_and_tells_both(
    school: School,
) -> None:
    held = school.hold(begins_in=1, start_time=dt.time(9))
    row = school.request("dara", held)
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.APPROVED)
    school.pass_days(2)
    decisions.settle(school.ctx)
    decisions.settle(school.ctx)
    approval, row = school.approval(row), school.enrolment("dara", held)
    assert (approval.ended_how, row.state) == (decisions.IN_VAIN, S.DECLINED)
    assert school.changes(row)[-1].rule == enrolling.STARTED
    assert school.told("sokha", "approval_in_vain") == [{"approval": number}]
    assert school.told_states("dara") == ["declined"]


def test_class_begun__undecided__is_declined_by_that_rule(school: School) -> None:
    held = school.hold(begins_in=1)
    row = school.request("dara", held)
    decisions.end_waiting(school.ctx)
    assert row.state is S.REQUESTED
    school.pass_days(2)
    decisions.end_waiting(school.ctx)
    decisions.end_waiting(school.ctx)
    assert (row.state, school.changes(row)[-1].rule) == (S.DECLINED, enrolling.STARTED)
    assert len(school.told("sokha", "approval_in_vain")) == 1


def test_class_cancelled_for_the_officer__before_the_effect__nothing_more_happens(
    school: School,
) -> None:
    row = school.request("dara", school.hold())
    approvals.decide(school.acting("sokha"), school.approval(row).id, Decision.APPROVED)
    enrolling.cancel(school.ctx, row.id, rule="the class is cancelled")
    settle(school)
    assert row.state is S.CANCELLED
    assert school.told("sokha", "approval_in_vain") == []


def test_asked_back__answered__waits_with_the_same_approver(school: School) -> None:
    row = school.request("dara", school.hold())
    sokha, dara = school.acting("sokha"), school.acting("dara")
    number = school.approval(row).id
    approvals.decide(sokha, number, Decision.ASKED_BACK, "Who covers the night shift?")
    settle(school)
    assert row.state is S.REQUESTED
    assert school.told("dara", "approval_asked_back") == [{"approval": number}]
    assert asking_back.question(dara, number).question == "Who covers the night shift?"
    asking_back.answer(dara, number, "Rith does.")
    again = school.approval(row)
    assert (again.id != number, again.approver_id) == (True, school.ids["sokha"])
    assert school.told("sokha", "approval_answered") == [
        {"approval": again.id, "question": number}
    ]
    (exchange,) = approval_cards.card(sokha, again.id).exchanges
    assert (exchange.question, exchange.answer) == ("Who covers the night shift?", "Rith does.")
    with pytest.raises(Refusal, match="already"):
        asking_back.answer(dara, number, "Bopha does.")
    approvals.decide(sokha, again.id, Decision.APPROVED)
    settle(school)
    assert row.state is S.ENROLLED


def test_asked_back__answered_by_somebody_else_or_too_late__is_refused(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.ASKED_BACK, "Why now?")
    settle(school)
    with pytest.raises(OutOfReach):
        asking_back.answer(school.acting("rith"), number, "Because.")
    approvals.decide(school.acting("sokha"), school.approval(row).id, Decision.APPROVED)
    settle(school)
    with pytest.raises(Refusal, match="decided meanwhile"):
        asking_back.answer(school.acting("dara"), number, "Because.")


def test_letter__decided_by_the_unit__stands_in_the_history(school: School) -> None:
    row = school.request("dara", school.hold())
    letter = {"number": "12/2026", "date": "2026-03-01"}
    unit = school.acting("unit")
    approvals.decide(unit, school.approval(row).id, Decision.APPROVED, letter=letter)
    settle(school)
    change = school.changes(row)[1]
    assert change.details == {"letter_number": "12/2026", "letter_date": "2026-03-01"}
    assert change.actor_id == school.ids["unit"]
    assert school.told("sokha", "approval_overruled") == [{"approval": school.approval(row).id}]


def test_unit__without_a_supervisor_on_the_desk__has_it_on_its_list(school: School) -> None:
    school.unlink("sokha")
    school.unlink("director")
    row = school.request("dara", school.hold())
    assert school.approval(row).approver_id is None
    assert [line.id for line in approval_cards.waiting(school.acting("unit"))] == [
        school.approval(row).id
    ]
    assert approval_cards.waiting(school.acting("sokha")) == []


def test_unit__with_a_scope_elsewhere__neither_sees_nor_decides(school: School) -> None:
    coral = school.add_unit("Coral")
    school.add_person("sam", unit_id=coral.id)
    school.grant("sam", Role.UNIT, coral)
    row = school.request("dara", school.hold())
    sam = school.acting("sam")
    assert approval_cards.with_others(sam) == []
    with pytest.raises(OutOfReach):
        approval_cards.card(sam, school.approval(row).id)
    assert [line.id for line in approval_cards.with_others(school.acting("unit"))] == [
        school.approval(row).id
    ]


def test_card__says_what_it_costs_and_what_came_before(school: School) -> None:
    held, other = school.hold(seats=5), school.hold(seats=5, course="HS")
    for who, where in (("bopha", held), ("rith", other)):
        school.approved(who, where)
    school.person("maly").away_until = held.starts_on
    row = school.request("dara", held)
    card = approval_cards.card(school.acting("sokha"), school.approval(row).id)
    away = {str(one.name.best("en")): one.code or str(one.until) for one in card.cost.absences}
    assert away == {
        "Chea Bopha": held.code,
        "Nhem Rith": other.code,
        "Ouk Maly": str(held.starts_on),
    }
    assert (card.cost.others, card.is_own, card.may_overrule) == (9, True, False)


def test_stranger__decides__is_refused(school: School) -> None:
    row = school.request("dara", school.hold())
    stranger = replace(school.ctx, actor=Actor())
    with pytest.raises(OutOfReach):
        approvals.decide(stranger, school.approval(row).id, Decision.APPROVED)
    assert approval_cards.waiting(stranger) == []


def test_next__due__is_the_effect_of_a_decision_and_the_start_of_a_class(school: School) -> None:
    held = school.hold(begins_in=3, start_time=dt.time(9))
    assert decisions.next_start(school.ctx, school.ctx.now()) is None
    row = school.request("dara", held)
    starts = dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC)
    assert decisions.next_start(school.ctx, school.ctx.now()) == starts
    assert decisions.next_effect(school.ctx, school.ctx.now()) is None
    approvals.decide(school.acting("sokha"), school.approval(row).id, Decision.APPROVED)
    soon = school.ctx.now() + dt.timedelta(seconds=approvals.UNDO_SECONDS)
    assert decisions.next_effect(school.ctx, school.ctx.now()) == soon
    assert decisions.next_effect(school.ctx, soon) is None
