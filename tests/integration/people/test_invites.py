"""Invites: who may make them, what is kept, sheets per office."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.models.chats import Invite
from bot.models.system import Blob
from bot.people import invites
from bot.training import guests, verification
from tests.integration.people.conftest import House


def test_make__by_a_focal_point__for_the_office_only(house: House) -> None:
    house.make_focal_point("sokha", house.office)
    house.person("rith").unit_id = house.far_office()
    house.ctx.session.flush()
    ctx = house.acting("sokha")
    assert len(invites.make(ctx, [house.ids["dara"]])) == 1
    with pytest.raises(Refusal):
        invites.make(ctx, [house.ids["dara"], house.ids["rith"]])


@pytest.mark.parametrize("key", ["sokha", "dara", "director", "trainer"])
def test_make__without_the_role__is_refused(house: House, key: str) -> None:
    with pytest.raises(Refusal):
        invites.make(house.acting(key), [house.ids["dara"]])
    assert house.ctx.session.exec(select(Invite)).all() == []


def test_make__token__is_long_and_kept_as_a_hash_only(house: House) -> None:
    made = invites.make(house.ctx, [house.ids["dara"]])[0]
    address, _equals, token = made.link.partition("=")
    assert address == "https://t.me/rollcall_bot?start"
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert not any(re.match("[0-9a-f]+", other) for other in (guests.PREFIX, verification.PREFIX))
    row = house.ctx.session.exec(select(Invite)).one()
    assert token not in str(row.model_dump())
    assert (row.expires_at - row.made_at).days == 30


def test_make__somebody_who_left__is_refused(house: House) -> None:
    house.person("dara").active = False
    with pytest.raises(Refusal):
        invites.make(house.ctx, [house.ids["dara"]])


def test_sheet__of_an_office__holds_those_without_an_account(house: House) -> None:
    house.person("maly").active = False
    house.ctx.session.flush()
    made = invites.make_for_office(house.acting("unit"), house.office)
    staff = [one.staff_no for one in made]
    assert sorted(staff) == ["1001", "1004", "1011", "1012", "1013", "1014", "1016"]


def test_sheet__outside_the_reach__is_refused(house: House) -> None:
    house.make_focal_point("sokha", house.far_office())
    with pytest.raises(Refusal):
        invites.make_for_office(house.acting("sokha"), house.office)


def test_offices__of_the_unit__count_who_is_left_to_invite(house: House) -> None:
    house.person("rith").unit_id = house.far_office()
    house.ctx.session.flush()
    found = invites.offices(house.acting("unit"))
    assert [(one.office.name, one.count) for one in found] == [("Poipet", 7), ("Lautoka", 1)]
    assert [one.office.name for one in invites.offices(house.acting("unit"), "coral")] == [
        "Lautoka"
    ]
    assert invites.offices(house.acting("sokha")) == []


def test_old_sheets__after_a_day__are_emptied_once(house: House) -> None:
    for name in (invites.SHEET_NAME, "report.pdf"):
        house.ctx.session.add(Blob(name=name, content=b"pdf", made_at=house.ctx.now()))
    house.ctx.session.flush()
    assert invites.empty_old_sheets(house.ctx) == 0
    house.clock.advance(days=2)
    assert invites.empty_old_sheets(house.ctx) == 1
    assert invites.empty_old_sheets(house.ctx) == 0
    kept = house.ctx.session.exec(select(Blob.name).where(Blob.content != b"")).all()
    assert kept == ["report.pdf"]
