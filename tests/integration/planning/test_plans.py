"""Plans and their lines: who may write them, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot import policy
from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import render
from bot.models.people import Grant, Person, Role
from bot.models.planning import (
    AnnualPlan,
    PlanComment,
    PlanState,
)
from bot.people.access import OutOfReach
from bot.planning import (
    costs,
    cuts,
    drafting,
    facilities,
    goals,
    lines,
    plans,
    trainer_load,
    utilisation,
)
from tests.integration.planning.planner import LINE, YEAR, Planner


@pytest.fixture
def desk(ctx: Ctx, clock: FixedClock) -> Planner:
    return Planner(ctx, clock)


@pytest.mark.parametrize("who", ["dara", "sokha", "trainer"])
def test_plan__anybody_but_the_unit__is_kept_out(desk: Planner, who: str) -> None:
    plan_id = desk.plan()
    line_id = desk.line(plan_id)
    other = desk.acting(who)
    for act in (
        lambda: plans.begin(other, YEAR),
        lambda: plans.listed(other),
        lambda: lines.create(other, plan_id, LINE),
        lambda: lines.edit(other, line_id, LINE),
        lambda: lines.of_plan(other, plan_id),
        lambda: costs.of_line(other, line_id),
        lambda: costs.totals(other, plan_id),
        lambda: goals.create(other, YEAR, {"code": "G", "title": "T"}),
        lambda: facilities.save(other, None, {"name": "School"}),
        lambda: cuts.what_if(other, plan_id, 10),
        lambda: utilisation.of_plan(other, plan_id),
        lambda: trainer_load.of_plan(other, plan_id),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_plan__member_of_the_unit_for_one_part__is_kept_out(desk: Planner) -> None:
    office = desk.ctx.session.get_one(Person, desk.ids["rith"]).unit_id
    desk.add(
        Grant(
            person_id=desk.ids["rith"],
            role=Role.UNIT,
            scope_unit_id=office,
            granted_at=desk.ctx.now(),
        )
    )
    with pytest.raises(OutOfReach):
        plans.begin(desk.acting("rith"), YEAR)


@pytest.mark.parametrize("state", [PlanState.SUBMITTED, PlanState.APPROVED, PlanState.PUBLISHED])
def test_lines__plan_out_of_hand__cannot_be_changed(desk: Planner, state: PlanState) -> None:
    plan_id = desk.plan()
    line_id = desk.line(plan_id)
    desk.ctx.session.get_one(AnnualPlan, plan_id).state = state
    for act in (
        lambda: lines.create(desk.unit, plan_id, LINE),
        lambda: lines.edit(desk.unit, line_id, LINE),
        lambda: lines.drop(desk.unit, line_id, "why"),
        lambda: costs.add(desk.unit, line_id, {"kind": "goods", "item": "x", "price": "1"}),
        lambda: plans.set_money(desk.unit, plan_id, {}),
        lambda: drafting.from_last_year(desk.unit, plan_id),
    ):
        with pytest.raises(Refusal):
            act()


def test_plan__begun_twice__is_refused(desk: Planner) -> None:
    desk.plan()
    with pytest.raises(Refusal):
        desk.plan()


def test_plan__of_a_year_from_mid_july__begins_on_that_day_only(desk: Planner) -> None:
    policy.change(desk.ctx, "plan_year_starts", "07-16")
    with pytest.raises(Refusal):
        desk.plan()
    made = plans.begin(desk.unit, dt.date(2026, 7, 16))
    assert render(made.label, "en") == "2026/27"
    assert plans.may_begin(desk.unit) == [dt.date(2025, 7, 16)]


def test_budget__training_above_the_whole__is_refused(desk: Planner) -> None:
    plan_id = desk.plan()
    with pytest.raises(Refusal):
        plans.set_money(desk.unit, plan_id, {"budget": "11", "whole_budget": "10"})
    kept = plans.set_money(
        desk.unit, plan_id, {"money": "USD", "budget": "700", "whole_budget": "100000"}
    )
    assert (kept.money, kept.budget) == ("USD", 700)


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"course": "NO-SUCH"},
        {"goal": "NO-SUCH"},
        {"topic": "NO-SUCH"},
        {"category": "magic"},
        {"cohorts": "0"},
        {"trainees": "0"},
        {"trainees": "-3"},
        {"months": "m13"},
        {"months": ["m1", "x"]},
        {"change": "bigger"},
        {"code": "two words"},
    ],
)
def test_line__bad_value__is_refused(desk: Planner, typed: dict[str, Any]) -> None:
    plan_id = desk.plan()
    with pytest.raises(Refusal):
        desk.line(plan_id, **typed)
    assert lines.of_plan(desk.unit, plan_id) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"starts_at": "09:00", "ends_at": "08:00"},
        {"starts_at": "25:00"},
        {"days": "0"},
        {"days": "401"},
        {"hours": "nan"},
        {"facility": "NO-SUCH"},
    ],
)
def test_place_of_a_line__bad_value__is_refused(desk: Planner, typed: dict[str, str]) -> None:
    line_id = desk.line(desk.plan())
    with pytest.raises(Refusal):
        lines.place(desk.unit, line_id, typed)


def test_line__without_a_code__gets_the_lowest_free_one(desk: Planner) -> None:
    plan_id = desk.plan()
    first, second = desk.line(plan_id), desk.line(plan_id)
    assert lines.drop(desk.unit, first, "not needed")
    third = desk.line(plan_id)
    assert [lines.card(desk.unit, one).code for one in (second, third)] == ["L02", "L01"]
    with pytest.raises(Refusal):
        desk.line(plan_id, code="L02")


def test_line__months_that_repeat__stay_when_the_same_are_chosen_again(desk: Planner) -> None:
    plan_id = desk.plan()
    line_id = desk.line(plan_id, months=["m3", "m6"])
    lines.row(desk.unit, line_id).months = [3, 3, 6]
    lines.edit(desk.unit, line_id, {**LINE, "months": ["m3", "m6"]})
    assert lines.card(desk.unit, line_id).months == (3, 3, 6)
    lines.edit(desk.unit, line_id, {**LINE, "months": "m9 m6"})
    assert lines.card(desk.unit, line_id).months == (6, 9)


def test_drop__line_with_comments__stays_with_its_reason_and_comes_back(desk: Planner) -> None:
    plan_id = desk.plan()
    line_id = desk.line(plan_id)
    desk.add(
        PlanComment(plan_id=plan_id, line_id=line_id, version=0, words="Why?", at=desk.ctx.now())
    )
    with pytest.raises(Refusal):
        lines.drop(desk.unit, line_id, "  ")
    assert not lines.drop(desk.unit, line_id, "No money")
    assert lines.card(desk.unit, line_id).dropped_for == "No money"
    assert plans.card(desk.unit, plan_id).lines == 0
    lines.bring_back(desk.unit, line_id)
    assert plans.card(desk.unit, plan_id).lines == 1


def test_details__entered__leave_what_else_is_kept_there(desk: Planner) -> None:
    line_id = desk.line(desk.plan())
    lines.row(desk.unit, line_id).details = {"period": "One week", "methods": "Lectures"}
    lines.detail(desk.unit, line_id, {"objectives": "Classify goods"})
    kept = lines.row(desk.unit, line_id).details
    assert kept == {"period": "One week", "objectives": "Classify goods"}
