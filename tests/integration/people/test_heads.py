"""Who heads a part of the organisation, and about whom that lets them act."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.context import Actor, Ctx
from bot.models.people import Person, Role, Unit
from bot.people import access, heads, reach
from bot.people.access_table import Action
from tests.cast import settle_cast


@pytest.fixture
def ids(ctx: Ctx) -> dict[str, int]:
    return settle_cast(ctx)


def office_of(ctx: Ctx, ids: dict[str, int]) -> int:
    return ctx.session.get_one(Person, ids["dara"]).unit_id


def test_head__who_has_nobody_above_inside__heads_the_office(
    ctx: Ctx, ids: dict[str, int]
) -> None:
    office = office_of(ctx, ids)
    assert heads.head_of(ctx.session, office) == ids["director"]
    assert heads.part_of(ctx.session, ids["director"]) == office
    assert heads.part_of(ctx.session, ids["sokha"]) is None


def test_head__of_a_unit_in_which_nobody_serves__is_nobody(ctx: Ctx, ids: dict[str, int]) -> None:
    region = ctx.session.get_one(Unit, office_of(ctx, ids)).parent_id
    assert region is not None
    assert heads.head_of(ctx.session, region) is None


def test_head__moved_up__heads_all_that_belongs_to_it(ctx: Ctx, ids: dict[str, int]) -> None:
    office = office_of(ctx, ids)
    region = ctx.session.get_one(Unit, office).parent_id
    ctx.session.get_one(Person, ids["director"]).unit_id = region
    ctx.session.flush()
    assert heads.head_of(ctx.session, region) == ids["director"]
    assert heads.head_of(ctx.session, office) == ids["sokha"]
    acting = replace(ctx, actor=Actor(person_id=ids["director"]))
    assert reach.units_within(acting, Action.NOMINATE) == {region, office}
    assert access.may_about(acting, Action.NOMINATE, ids["dara"])


def test_head__who_has_left__is_followed_by_who_leads_most(ctx: Ctx, ids: dict[str, int]) -> None:
    ctx.session.get_one(Person, ids["director"]).active = False
    ctx.session.flush()
    assert heads.head_of(ctx.session, office_of(ctx, ids)) == ids["sokha"]
    assert Role.HEAD in access.roles_of(ctx.session, ids["sokha"], ctx.today())


def test_head__of_another_office__reaches_nobody_here(ctx: Ctx, ids: dict[str, int]) -> None:
    other = Unit(name="Aflao", path="Aflao")
    ctx.session.add(other)
    ctx.session.flush()
    for key in ("sokha", "rith"):
        ctx.session.get_one(Person, ids[key]).unit_id = other.id
    ctx.session.flush()
    acting = replace(ctx, actor=Actor(person_id=ids["sokha"]))
    assert access.may_about(acting, Action.NOMINATE, ids["rith"])
    assert not access.may_about(acting, Action.NOMINATE, ids["dara"])
    assert not access.may_about(acting, Action.NOMINATE, ids["director"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_all_heads__of_any_organisation__are_those_of_its_units(ctx: Ctx, data: Any) -> None:
    with ctx.session.begin_nested() as savepoint:
        units: list[int] = []
        for number in range(data.draw(st.integers(1, 6))):
            parent = data.draw(st.sampled_from([None, *units]))
            unit = Unit(name=f"U{number}", path=f"U{number}", parent_id=parent)
            ctx.session.add(unit)
            ctx.session.flush()
            units.append(unit.id)
        people: list[int] = []
        for number in range(data.draw(st.integers(1, 10))):
            person = Person(
                staff_no=f"H{number}",
                full_name=f"Person {number}",
                unit_id=data.draw(st.sampled_from(units)),
                supervisor_id=data.draw(st.sampled_from([None, *people])),
                active=data.draw(st.sampled_from([True, True, True, False])),
            )
            ctx.session.add(person)
            ctx.session.flush()
            people.append(person.id)
        found = {heads.head_of(ctx.session, unit_id) for unit_id in units} - {None}
        assert heads.all_heads(ctx.session) == found
        savepoint.rollback()
