"""The unit keeps its roster on the phone, invites offices, and changes its settings."""

from __future__ import annotations

from collections.abc import Callable

from bot.models.people import FocalPoint, Person
from bot.people import invites
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


async def test_people__found_added_and_moved__on_one_phone(stage: Stage, golden: Golden) -> None:
    unit = await stage.join("unit")
    await unit.say("/menu")
    await unit.press("People and accounts")
    await unit.press("People")
    await unit.type("zzz")
    await unit.press("Add a person")
    await unit.type("1011", "Heng Virak", "Heng Virak")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.type("Mr Virak", "nowhere", "poip")
    await stage.restart()
    await unit.press("Mekong/Poipet")
    await unit.type("Inspector")
    await unit.press("Skip")
    await unit.type("yesterday", "2026-03-01", "sokha")
    await unit.press("Keo Sokha, Poipet")
    await unit.type("m")
    await unit.press("M")
    await unit.type("012 345 678")
    await unit.press("English")
    await unit.press("Skip")
    stale = unit.data_of("Submit")
    await unit.press("Submit")
    await unit.press("1")
    await unit.press_stale("Submit", stale)
    await unit.type("2001")
    await unit.press("Submit")
    await unit.press("Menu")
    await unit.press("People and accounts")
    await unit.press("People")
    await unit.type("virak")
    await unit.press("Heng Virak, Poipet")
    await unit.press("Change or move")
    await unit.press("8")
    await unit.type("Chief Inspector")
    await unit.press("Submit")
    await unit.forge("editperson:99")
    await unit.forge("person:0")
    golden(stage, "people_kept")


async def test_invites__sheet_and_single_link__given_out_by_the_focal_point(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        invites.remember_bot_name(session, "rollcall_bot")
        office = session.get_one(Person, stage.ids["sokha"]).unit_id
        session.add(FocalPoint(person_id=stage.ids["maly"], unit_id=office))
    maly, dara = await stage.join("maly"), await stage.join("dara")
    await dara.forge("invites")
    await maly.say("/menu")
    await maly.press("Invites")
    await maly.type("atlantis")
    await maly.type("poi")
    await maly.press(maly.phone.buttons[0])
    stale = maly.data_of("Make the sheet")
    await maly.press("« Offices")
    await maly.press(maly.phone.buttons[0])
    await stage.restart()
    await maly.press_stale("Make the sheet", stale)
    await maly.press("Make the sheet")
    await maly.forge(f"onelink:{stage.ids['dara']}")
    await maly.forge(f"invite:{office + 1}")
    golden(stage, "invites_given")


async def test_one_link__for_one_person__is_shown_once(stage: Stage) -> None:
    with stage.database.transaction() as session:
        invites.remember_bot_name(session, "rollcall_bot")
    unit = await stage.join("unit")
    await unit.forge(f"onelink:{stage.ids['rith']}")
    shown = unit.phone.last
    assert "https://t.me/rollcall_bot?start=" in shown["text"]
    assert "Nhem Rith" in shown["text"]


async def test_requests__seen_in_the_menu__are_turned_down(stage: Stage, golden: Golden) -> None:
    sokha, rith = await stage.join("sokha"), await stage.join("rith")
    stranger = stage.stranger("Somebody")
    await stranger.say("/start")
    await stranger.type("1012")
    await sokha.say("/start")
    await sokha.press("Requests to link")
    await sokha.press("Chea Bopha, Poipet")
    stale = sokha.data_of("Confirm")
    await sokha.press("Later")
    await sokha.press("Chea Bopha, Poipet")
    await stage.restart()
    await sokha.press_stale("Confirm", stale)
    await sokha.press("Turn down")
    await sokha.press("Requests to link")
    await sokha.press("« Menu")
    await rith.forge("link:1:yes")
    await stranger.type("1012")
    golden(stage, "request_turned_down")


async def test_settings__changed_and_refused__each_says_what_it_takes(
    stage: Stage, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.forge("settings")
    await unit.say("/menu")
    await unit.press("Settings and help")
    await unit.press("Settings")
    await unit.press("2")
    await unit.type("late", "21:30")
    await unit.press("5")
    await stage.restart()
    await unit.type("3; 6")
    await unit.press("7")
    await unit.type("2")
    await unit.press("« Settings")
    await unit.press("« Menu")
    await unit.forge("setting:nothing")
    await unit.forge("settings~1")
    golden(stage, "settings")
