"""What a plan costs and asks for: budgets, what falls, rooms and beds, trainers."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import policy
from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.training import Trainer
from bot.planning import (
    costs,
    cuts,
    goals,
    lines,
    plans,
    trainer_load,
    utilisation,
)
from bot.planning.utilisation import Use
from tests.integration.planning.planner import YEAR, Planner


@pytest.fixture
def desk(ctx: Ctx, clock: FixedClock) -> Planner:
    return Planner(ctx, clock)


def test_totals__by_kind_and_budget__leave_dropped_lines_out(desk: Planner) -> None:
    plan_id = desk.plan()
    one, gone, _free = desk.line(plan_id), desk.line(plan_id), desk.line(plan_id)
    for line_id in (one, gone):
        costs.add(
            desk.unit, line_id, {"kind": "goods", "item": "x", "quantity": "2", "price": "50"}
        )
        costs.add(desk.unit, line_id, {"kind": "services", "item": "y", "quantity": "1.5",
                                       "price": "20"})  # fmt: skip
    lines.row(desk.unit, gone).dropped_for = "No money"
    plans.set_money(desk.unit, plan_id, {"budget": "100", "whole_budget": "13000"})
    found = costs.totals(desk.unit, plan_id)
    assert {kind.value: cost for kind, cost in found.by_kind.items()} == {
        "goods": 100, "services": 30,
    }  # fmt: skip
    assert (found.total, found.left, found.share, found.without) == (130, -30, 0.01, 1)


def test_figures__discontinued_line__is_counted_nowhere(desk: Planner) -> None:
    plan_id = desk.plan()
    desk.place()
    gone = desk.placed(plan_id, "5", "m3", trainers="Sok", change="discontinued")
    costs.add(desk.unit, gone, {"kind": "goods", "item": "x", "price": "50"})
    found = costs.totals(desk.unit, plan_id)
    assert (found.total, found.without, plans.card(desk.unit, plan_id).lines) == (0, 0, 0)
    assert utilisation.of_plan(desk.unit, plan_id).places[0].year.used == 0
    assert trainer_load.of_plan(desk.unit, plan_id).trainers == ()


def test_what_if__topics_ranked__falls_by_priority_of_needs_and_goals(desk: Planner) -> None:
    desk.survey()
    goals.create(desk.unit, YEAR, {"code": "G1", "title": "Much", "weight": "5"})
    goals.create(desk.unit, YEAR, {"code": "G2", "title": "Little", "weight": "1"})
    plan_id = desk.plan()
    made = {
        "N": desk.line(plan_id, code="N", topic="Tariff"),
        "M": desk.line(plan_id, code="M", goal="G1"),
        "L": desk.line(plan_id, code="L", goal="G2"),
        "R": desk.line(plan_id, code="R", required="yes"),
    }
    for line_id in made.values():
        costs.add(desk.unit, line_id, {"kind": "goods", "item": "x", "price": "100"})
    with pytest.raises(Refusal):
        cuts.what_if(desk.unit, plan_id, 100)
    found = cuts.what_if(desk.unit, plan_id, 60)
    assert (found.before, found.most) == (400, 160)
    assert [one.code for one in found.falls][0] == "L"
    assert found.required_falls == 0
    plans.set_money(desk.unit, plan_id, {"budget": "1000"})
    assert cuts.what_if(desk.unit, plan_id, 10).falls == ()
    assert len(lines.of_plan(desk.unit, plan_id)) == 4


def test_what_if__nothing_costs_anything__is_refused(desk: Planner) -> None:
    plan_id = desk.plan()
    desk.line(plan_id)
    with pytest.raises(Refusal):
        cuts.what_if(desk.unit, plan_id, 10)


def test_rooms__days_of_cohorts_by_month__are_told_as_use_of_working_days(desk: Planner) -> None:
    desk.place()
    plan_id = desk.plan()
    desk.placed(plan_id, "14", "m3", cohorts="1")
    desk.placed(plan_id, "30", "m6", cohorts="1")
    uncounted = desk.line(plan_id, months="m4")
    found = utilisation.of_plan(desk.unit, plan_id)
    [place] = found.places
    months = {one.month.month: one.rooms for one in place.months}
    assert months[3].used == 14
    assert months[3].use is Use.GOOD
    assert months[6].use is Use.MUCH
    assert months[6].used + months[7].used == 30
    assert months[12].use is Use.UNUSED
    assert found.uncounted == (lines.card(desk.unit, uncounted).code,)


def test_rooms__more_cohorts_than_days__is_over(desk: Planner) -> None:
    desk.place()
    plan_id = desk.plan()
    desk.placed(plan_id, "15", "m3", cohorts="2")
    [place] = utilisation.of_plan(desk.unit, plan_id).places
    assert next(one for one in place.months if one.month.month == 3).rooms.use is Use.OVER


def test_beds__cohort_that_stays__takes_one_each_day_and_may_be_too_large(desk: Planner) -> None:
    desk.place()
    plan_id = desk.plan()
    desk.placed(plan_id, "5", "m3", cohorts="1", trainees="20", residential="yes")
    large = desk.placed(plan_id, "1", "m4", cohorts="1", trainees="25", residential="yes")
    crowd = desk.placed(plan_id, "1", "m5", cohorts="1", trainees="31")
    [place] = utilisation.of_plan(desk.unit, plan_id).places
    beds = {one.month.month: one.beds.used for one in place.months}
    assert (beds[3], beds[4], beds[5]) == (100, 25, 0)
    assert place.crowded == tuple(lines.card(desk.unit, one).code for one in (large, crowd))


def test_rooms__year_from_april__has_its_months_in_order(desk: Planner) -> None:
    policy.change(desk.ctx, "plan_year_starts", "04-01")
    desk.place()
    plan_id = desk.plan(dt.date(2026, 4, 1))
    desk.placed(plan_id, "3", "m2", cohorts="1")
    [place] = utilisation.of_plan(desk.unit, plan_id).places
    assert [one.month for one in place.months][0] == dt.date(2026, 4, 1)
    used = [one.month for one in place.months if one.rooms.used]
    assert used == [dt.date(2027, 2, 1)]


def test_trainers__days_by_month__are_shared_and_too_many_are_told(desk: Planner) -> None:
    desk.place()
    desk.add(Trainer(code="T9", person_id=desk.ids["trainer"]))
    desk.add(Trainer(code="T8", name="Idle"))
    plan_id = desk.plan()
    desk.placed(plan_id, "10", "m3", cohorts="3", trainers="T9")
    desk.placed(plan_id, "4", "m4", cohorts="1", trainers="Prak Vanna; Guest")
    unnamed = desk.line(plan_id)
    found = trainer_load.of_plan(desk.unit, plan_id)
    shown = {one.name: (one.in_pool, one.total, one.cohorts) for one in found.trainers}
    assert shown == {"Prak Vanna": (True, 32, 4), "Guest": (False, 2, 1)}
    assert [one.month for one in found.trainers[0].over] == [3]
    assert found.without == (lines.card(desk.unit, unnamed).code,)
    assert found.idle == ("Idle",)
