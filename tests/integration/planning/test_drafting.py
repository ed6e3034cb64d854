"""What a plan begins with, what has changed since last year, goals and places."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.needs import (
    Competency,
    CompetencyRating,
    PositionLevel,
    RatedBy,
    Topic,
    TopicDecision,
    Way,
)
from bot.models.planning import (
    Category,
    Change,
    Goal,
    GoalTopic,
)
from bot.planning import (
    changes,
    costs,
    drafting,
    goals,
    lines,
    reading,
)
from tests.integration.planning.planner import LINE, YEAR, Planner


@pytest.fixture
def desk(ctx: Ctx, clock: FixedClock) -> Planner:
    return Planner(ctx, clock)


def test_order__line_moved__the_others_close_up(desk: Planner) -> None:
    plan_id = desk.plan()
    first, gone, _third = (desk.line(plan_id, code=code) for code in "ABC")
    new = desk.line(plan_id, code="D")
    lines.row(desk.unit, gone).dropped_for = "No money"
    assert lines.move(desk.unit, new, 1) == 1
    assert lines.move(desk.unit, first, 9) == 3
    shown = [line.code for line in lines.of_plan(desk.unit, plan_id)]
    assert shown == ["D", "C", "A", "B"]
    with pytest.raises(Refusal, match="dropped"):
        lines.move(desk.unit, gone, 1)


def test_codes__of_new_lines__are_not_those_of_other_lines_of_last_year(desk: Planner) -> None:
    before = desk.plan(dt.date(2026, 1, 1))
    desk.line(before, title="Seals")
    plan_id = desk.plan()
    desk.survey()
    assert drafting.from_needs(desk.unit, plan_id) == 1
    desk.line(plan_id, title="Dogs")
    assert drafting.from_last_year(desk.unit, plan_id) == 1
    assert [(line.code, line.change) for line in lines.of_plan(desk.unit, plan_id)] == [
        ("L02", Change.NEW),
        ("L03", Change.NEW),
        ("L01", Change.SAME),
    ]


def test_change__by_code_course_or_title__is_reckoned_and_can_be_set(desk: Planner) -> None:
    before = desk.plan(dt.date(2026, 1, 1))
    course = desk.course_of("VAL", 20)
    desk.line(before, code="A", title="Tariff")
    desk.line(before, code="B", title="Origin")
    desk.line(before, code="C", title="", course=course.code)
    desk.line(before, code="D", title="Seals")
    plan_id = desk.plan()
    found = {
        "A": desk.line(plan_id, code="A", title="tariff "),
        "B": desk.line(plan_id, code="B", title="Rules of origin"),
        "E": desk.line(plan_id, code="E", title="", course=course.code, cohorts="3"),
        "F": desk.line(plan_id, code="F", title="Drones"),
        "G": desk.line(plan_id, code="G", title="Dogs", change="same"),
    }
    kinds = {code: lines.card(desk.unit, one).change for code, one in found.items()}
    assert kinds == {
        "A": Change.SAME,
        "B": Change.RETITLED,
        "E": Change.EXPANDED,
        "F": Change.NEW,
        "G": Change.SAME,
    }
    plan = reading.require(desk.unit, plan_id)
    told = changes.compare(lines.last_year(desk.unit, plan), lines.of_plan(desk.unit, plan_id))
    assert [(one.change, one.code) for one in told] == [
        (Change.NEW, "F"),
        (Change.EXPANDED, "E"),
        (Change.RETITLED, "B"),
        (Change.DISCONTINUED, "D"),
    ]


def test_draft__from_last_year__takes_over_lines_costs_and_goals_of_the_same_code(
    desk: Planner,
) -> None:
    before = desk.plan(dt.date(2026, 1, 1))
    for year in (dt.date(2026, 1, 1), YEAR):
        goals.create(desk.unit, year, {"code": "G1", "title": "Fewer errors"})
    kept = desk.line(before, code="A", goal="G1", months="m3")
    costs.add(desk.unit, kept, {"kind": "goods", "item": "Paper", "quantity": "2", "price": "5"})
    desk.line(before, code="B", change="discontinued")
    lines.row(desk.unit, desk.line(before, code="C")).dropped_for = "No money"
    plan_id = desk.plan()
    assert drafting.from_last_year(desk.unit, plan_id) == 1
    assert drafting.from_last_year(desk.unit, plan_id) == 0
    [line] = lines.of_plan(desk.unit, plan_id)
    assert (line.code, line.goal, line.change, line.months, line.cost) == (
        "A", "G1", Change.SAME, (3,), 10,
    )  # fmt: skip
    goal = desk.ctx.session.get_one(Goal, lines.row(desk.unit, line.id).goal_id)
    assert goal.plan_year == YEAR


def test_draft__without_an_earlier_plan_or_survey__is_refused(desk: Planner) -> None:
    plan_id = desk.plan()
    for act in (drafting.from_last_year, drafting.from_needs):
        with pytest.raises(Refusal):
            act(desk.unit, plan_id)


def test_draft__more_fall_short_than_wish__is_sized_for_them_the_most_urgent_first(
    desk: Planner,
) -> None:
    held, tariff, _later = desk.survey()
    competency = desk.add(Competency(code="ORIGIN", name="Origin"))
    origin = desk.add(Topic(name="Origin", competency_id=competency.id))
    decided = {"way": Way.PARTNER, "partner": "WCO", "decided_at": desk.ctx.now()}
    desk.add(TopicDecision(round_id=held.id, topic_id=origin.id, **decided))
    desk.add(PositionLevel(position="Officer", competency_id=competency.id, level=4))
    for key in ("dara", "rith", "maly"):
        rated = CompetencyRating(
            round_id=held.id, person_id=desk.ids[key], competency_id=competency.id,
            source=RatedBy.SUPERVISOR, level=1, rated_at=desk.ctx.now(),
        )  # fmt: skip
        desk.add(rated)
    plan_id = desk.plan()
    assert drafting.from_needs(desk.unit, plan_id) == 2
    found = {line.topic_id: line for line in lines.of_plan(desk.unit, plan_id)}
    assert list(found) == [tariff.id, origin.id]
    assert (found[origin.id].cohorts, found[origin.id].trainees) == (1, 3)
    assert found[origin.id].remark == "WCO"


def test_draft__from_needs__adds_a_line_for_each_decision_to_train(desk: Planner) -> None:
    _held, tariff, _later = desk.survey()
    goal = goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    desk.add(GoalTopic(goal_id=goal.id, topic_id=tariff.id))
    plan_id = desk.plan()
    assert drafting.from_needs(desk.unit, plan_id) == 1
    assert drafting.from_needs(desk.unit, plan_id) == 0
    [line] = lines.of_plan(desk.unit, plan_id)
    assert (line.goal, line.topic_id, line.cohorts, line.trainees, line.hours) == (
        "G1", tariff.id, 3, 15, 12,
    )  # fmt: skip
    assert line.trainers == "Prak Vanna"
    assert line.change is Change.NEW


def test_goal__named_by_a_line__cannot_be_taken_away(desk: Planner) -> None:
    goal = goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    line_id = desk.line(desk.plan(), goal="G1")
    with pytest.raises(Refusal):
        goals.remove(desk.unit, goal.id)
    lines.edit(desk.unit, line_id, LINE)
    goals.remove(desk.unit, goal.id)
    assert goals.of_year(desk.unit, YEAR) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"code": "G1", "title": "Again"},
        {"code": "two words"},
        {"code": "G2", "title": ""},
        {"code": "G2", "weight": "6"},
        {"code": "G2", "target": "many"},
    ],
)
def test_goal__bad_value__is_refused(desk: Planner, typed: dict[str, str]) -> None:
    goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    with pytest.raises(Refusal):
        goals.create(desk.unit, YEAR, {"title": "T", **typed})


def test_goal__corrected_to_a_code_that_is_taken__is_refused(desk: Planner) -> None:
    goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    other = goals.create(desk.unit, YEAR, {"code": "G2", "title": "Faster"})
    with pytest.raises(Refusal):
        goals.edit(desk.unit, other.id, {"code": "G1", "title": "Faster"})


def test_goal_and_topic__linked_twice__is_one_link(desk: Planner) -> None:
    goal = goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    topic = desk.add(Topic(name="Tariff"))
    for serves in (True, True):
        goals.link(desk.unit, goal.id, topic.id, serves)
    assert goals.card(desk.unit, goal.id).topics == 1
    goals.link(desk.unit, goal.id, topic.id, False)
    assert goals.card(desk.unit, goal.id).topics == 0


def test_place__name_that_is_taken__is_refused(desk: Planner) -> None:
    desk.place()
    with pytest.raises(Refusal):
        desk.place()
    with pytest.raises(Refusal):
        desk.place(name="Other", rooms="-1")


def test_line__read_back_for_the_form__is_what_was_typed(desk: Planner) -> None:
    from bot.planning import line_values

    goals.create(desk.unit, YEAR, {"code": "G1", "title": "Fewer errors"})
    typed = {
        **LINE, "goal": "G1", "months": "m3 m9", "required": "yes", "target": "Appraisers",
        "section": "Practical", "remark": "With a test",
    }  # fmt: skip
    line_id = desk.line(desk.plan(), **typed)
    row = lines.row(desk.unit, line_id)
    shown = line_values.as_typed(desk.unit, row, lines.reckoned(desk.unit, row))
    assert shown == typed
    assert row.category is Category.TECHNICAL
