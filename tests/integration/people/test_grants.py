"""Roles are given and taken away in the same words; what makes no sense is refused."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.i18n import render
from bot.models.people import Grant, Role, Unit
from bot.models.system import AuditEntry
from bot.people import access, grants
from tests.integration.people.conftest import House


def staff_no(house: House, key: str) -> str:
    return house.person(key).staff_no


def held(house: House, key: str) -> list[int | None]:
    rows = house.ctx.session.scalars(
        select(Grant.scope_unit_id).where(Grant.person_id == house.ids[key], Grant.role == Role.HR)
    )
    return sorted(rows, key=lambda scope: scope or 0)


def office(house: House) -> tuple[int, str]:
    unit = house.ctx.session.get_one(Unit, house.office)
    assert unit.id is not None
    return unit.id, unit.path


def test_grant__twice__is_one_role_and_one_entry(house: House) -> None:
    for _time in range(2):
        grants.grant(house.ctx, "hr", staff_no(house, "rith"))
    assert held(house, "rith") == [None]
    assert Role.HR in access.roles(house.acting("rith"))
    entries = house.ctx.session.scalars(
        select(AuditEntry.id).where(AuditEntry.action == "role.granted")
    ).all()
    assert len(entries) == 1


def test_taken_away__ends_at_once_and_is_audited(house: House) -> None:
    grants.grant(house.ctx, "hr", staff_no(house, "rith"))
    grants.take_away(house.ctx, "hr", staff_no(house, "rith"))
    house.ctx.session.flush()
    assert Role.HR not in access.roles(house.acting("rith"))
    entry = house.ctx.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "role.taken_away")
    ).one()
    assert (entry.object_id, entry.details["role"]) == (house.ids["rith"], "hr")


def test_taken_away__in_one_part__stays_in_another(house: House) -> None:
    unit_id, path = office(house)
    grants.grant(house.ctx, "hr", staff_no(house, "rith"))
    grants.grant(house.ctx, "hr", staff_no(house, "rith"), path)
    assert held(house, "rith") == [None, unit_id]
    grants.take_away(house.ctx, "hr", staff_no(house, "rith"))
    house.ctx.session.flush()
    assert held(house, "rith") == [unit_id]


@pytest.mark.parametrize(
    ("change", "role", "number", "scope", "says"),
    [
        (grants.grant, "trainer", "1014", "", "cannot be granted"),
        (grants.take_away, "trainer", "1014", "", "cannot be granted"),
        (grants.grant, "hr", "9999", "", "nobody with staff number 9999"),
        (grants.take_away, "hr", "9999", "", "nobody with staff number 9999"),
        (grants.grant, "hr", "1014", "Atlantis", "no unit named Atlantis"),
        (grants.take_away, "hr", "1014", "", "does not have the role hr"),
    ],
)
def test_change__that_makes_no_sense__is_refused(
    house: House, change: object, role: str, number: str, scope: str, says: str
) -> None:
    assert callable(change)
    with pytest.raises(Refusal) as refused:
        change(house.ctx, role, number, scope)
    assert says in render(refused.value.sentence, "en")
