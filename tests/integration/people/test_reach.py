"""Reach as a set says the same as reach one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.models.people import Grant, Person, Role
from bot.people import access, directory, reach
from bot.people.access_table import ACCESS, Action, Reach
from tests.cast import MEMBERS
from tests.integration.people.conftest import House

OURS = [
    action
    for action in Action
    if not any(acted is action and kind is Reach.CLASSES for (_r, acted), kind in ACCESS.items())
]


@pytest.fixture
def mixed(house: House) -> House:
    """Two offices, an acting supervisor, a focal point, a scoped member of the unit, HR."""
    far = house.far_office()
    for key in ("maly", "ayesha"):
        house.person(key).unit_id = far
    rith = house.person("rith")
    rith.acting_supervisor_id, rith.acting_until = house.ids["trainer"], dt.date(2026, 3, 5)
    bopha = house.person("bopha")
    bopha.acting_supervisor_id, bopha.acting_until = house.ids["trainer"], dt.date(2026, 3, 1)
    house.make_focal_point("bilal", far)
    house.add_unit_member("maly", scope=far)
    house.ctx.session.add(
        Grant(person_id=house.ids["ayesha"], role=Role.HR, granted_at=house.ctx.now())
    )
    house.ctx.session.flush()
    return house


@pytest.mark.parametrize("key", [member.key for member in MEMBERS])
@pytest.mark.parametrize("action", OURS)
def test_within__every_person_and_action__agrees_with_may_about(
    mixed: House, key: str, action: Action
) -> None:
    ctx = mixed.acting(key)
    found = set(ctx.session.exec(select(Person.id).where(reach.within(ctx, action))))
    one_by_one = {
        person_id for person_id in mixed.ids.values() if access.may_about(ctx, action, person_id)
    }
    assert found == one_by_one


def test_find__by_a_supervisor__shows_the_team_only(mixed: House) -> None:
    ctx = mixed.acting("sokha")
    found = directory.find(ctx, "", Action.SEE_TEAM)
    assert {card.id for card in found} == {
        mixed.ids[key] for key in ("dara", "bopha", "bilal", "maly", "ayesha")
    }
    assert [card.staff_no for card in directory.find(ctx, "۱۰۱۱", Action.SEE_TEAM)] == ["1011"]


def test_find_offices__by_a_scoped_member__shows_the_scope_only(mixed: House) -> None:
    found = directory.find_offices(mixed.acting("maly"), "", Action.EDIT_PEOPLE)
    assert [office.name for office in found] == ["Lautoka"]
