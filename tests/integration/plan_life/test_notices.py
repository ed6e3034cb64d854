"""What is told of a plan's steps, and that it is not told once it holds no more."""

from __future__ import annotations

from typing import Any

import pytest

from bot.context import Ctx
from bot.delivery.notices import registry
from bot.delivery.notices.registry import NOTICES, Drop, Item, Reader
from bot.i18n import render
from bot.models.planning import Verdict
from bot.planning import approval, cover, publishing, reviews
from bot.screens import Screen
from tests.cast import ZONE
from tests.integration.plan_life.conftest import School

registry.load_all()


def told(school: School, who: str, notice: str) -> Screen | Drop:
    """The latest notice of this kind to somebody, as it would be sent now."""
    params: dict[str, Any] = school.told(who, notice)[-1]
    reader = Reader(1000 + school.ids[who], school.ids[who], "en", ZONE, school.ctx.now())
    ctx: Ctx = school.ctx
    return NOTICES[notice].render(ctx, [Item(1, params, ctx.now())], reader)


def words(screen: Screen | Drop) -> str:
    assert isinstance(screen, Screen)
    return "\n".join(render(line, "en") for line in (screen.title, *screen.body))


def test_submitted__taken_back__is_not_told(school: School) -> None:
    school.submit()
    assert "3 lines, 6 cohorts" in words(told(school, "director", "plan_submitted"))
    approval.take_back(school.acting("unit"), school.plan.id)
    assert isinstance(told(school, "director", "plan_submitted"), Drop)


def test_submitted__again_after_a_return__says_so(school: School) -> None:
    school.submit()
    approval.give_back(school.acting("director"), school.plan.id, "Less.")
    assert "returned" in words(told(school, "unit", "plan_decided"))
    school.submit()
    assert isinstance(told(school, "unit", "plan_decided"), Drop)
    assert "this is version 2" in words(told(school, "director", "plan_submitted"))


def test_review__answered_or_taken_back__is_not_asked(school: School) -> None:
    unit = school.acting("unit")
    reviews.ask(unit, school.plan.id, "1003")
    assert "check" in words(told(school, "sokha", "plan_review_asked"))
    reviews.answer(school.acting("sokha"), school.plan.id, Verdict.OBJECTED, "No.")
    assert isinstance(told(school, "sokha", "plan_review_asked"), Drop)
    assert "Keo Sokha: objects" in words(told(school, "unit", "plan_reviewed"))


def test_review__asked_again__is_told_again(school: School) -> None:
    unit = school.acting("unit")
    reviews.ask(unit, school.plan.id, "1003")
    reviews.answer(school.acting("sokha"), school.plan.id, Verdict.AGREED)
    school.pass_days(1)
    reviews.ask(unit, school.plan.id, "1003")
    assert len(school.told("sokha", "plan_review_asked")) == 2


def test_cover__of_an_office__month_by_month(school: School) -> None:
    plan = school.publish()
    totals = cover.totals(school.ctx.session, plan)
    units = publishing.all_units(school.ctx)
    unit = school.acting("unit")
    offices = publishing.needing_cover(unit, plan.id, units, totals)
    publishing.tell_heads(unit, plan.id, offices, totals)
    said = words(told(school, "director", "plan_cover"))
    assert "July 2027: 10 people (MACCS accessing 10)" in said
    school.maccs.dropped_for = "no system"
    school.ctx.session.flush()
    assert isinstance(told(school, "director", "plan_cover"), Drop)


@pytest.mark.parametrize("notice", ["plan_submitted", "plan_decided", "plan_published"])
def test_notice__of_each_step__leads_to_the_plan(school: School, notice: str) -> None:
    school.submit()
    shown = {"plan_submitted": "director", "plan_decided": "unit", "plan_published": "director"}
    if notice != "plan_submitted":
        approval.approve(school.acting("director"), school.plan.id)
    if notice == "plan_published":
        publishing.publish(school.acting("unit"), school.plan.id)
    screen = told(school, shown[notice], notice)
    assert isinstance(screen, Screen)
    assert screen.rows[0][0].action.endswith(f":{school.plan.id}")
