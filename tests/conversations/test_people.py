"""The unit's people matters on phones: found, added, moved, taken off, invited, answered."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlmodel import select

from bot.models.chats import Invite, LinkRequest
from bot.models.people import Person, Question, QuestionState
from bot.models.system import AuditEntry
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


def _person(stage: Stage, staff_no: str) -> Person | None:
    with stage.database.transaction(readonly=True) as session:
        return session.exec(select(Person).where(Person.staff_no == staff_no)).first()


async def test_add__number_taken__returns_to_the_summary_and_is_corrected(stage: Stage) -> None:
    unit = await stage.join("unit")
    await unit.forge("addperson")
    await unit.type("1011", "Heng Virak")
    for _question in range(4):
        await unit.press("Skip")
    await unit.type("poip")
    await unit.press("Mekong/Poipet")
    for _question in range(8):
        await unit.press("Skip")
    await unit.press("Submit")
    assert "The staff number 1011 is taken." in unit.phone.last["text"]
    await unit.press("1")
    await unit.type("2001")
    await unit.press("Submit")
    assert unit.phone.last["text"] == "Heng Virak, Poipet, is on the roster now."
    added = _person(stage, "2001")
    assert added is not None
    assert added.search == "2001 | heng virak"


async def test_edit__moved_and_given_a_name_in_khmer__is_found_by_it(stage: Stage) -> None:
    unit = await stage.join("unit")
    await unit.forge("people")
    await unit.type("ayesha")
    await unit.press("Ayesha Khan, Poipet")
    await unit.press("Change or move")
    await unit.press("4")
    await unit.type("អាអ៊ីសា ខាន់")
    await unit.press("7")
    await unit.type("mek")
    await unit.press("Mekong")
    await unit.press("Submit")
    moved = _person(stage, "1016")
    assert moved is not None
    assert (moved.names, moved.gender) == ({"km": "អាអ៊ីសា ខាន់"}, "F")
    await unit.forge("people")
    await unit.type("អាអ៊ីសា")
    assert "Ayesha Khan, Mekong" in unit.phone.buttons


async def test_edit__blanks__clear_only_what_was_shown(stage: Stage) -> None:
    with stage.database.transaction() as session:
        dara = session.exec(select(Person).where(Person.staff_no == "1011")).one()
        dara.rank, dara.timezone = "Major", "Asia/Phnom_Penh"
    unit = await stage.join("unit")
    await unit.forge(f"editperson:{stage.ids['dara']}")
    await unit.press("9")
    await unit.press("Skip")
    await unit.press("Submit")
    after = _person(stage, "1011")
    assert after is not None
    assert (after.rank, after.timezone) == ("", "Asia/Phnom_Penh")


async def test_leave_and_return__with_an_account__is_told_in_the_chat(
    stage: Stage, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await stage.join("dara")
    await unit.forge(f"person:{stage.ids['dara']}")
    await unit.press("Unlink the account")
    await unit.press("Unlink")
    await unit.press("Take off the roster")
    await unit.press("Retired")
    await unit.press("Put on the roster again")
    golden(stage, "leave_and_return")


async def test_sheet__asked_for_twice__second_press_is_stale(stage: Stage) -> None:
    unit = await stage.join("unit")
    await unit.forge("invites")
    await unit.type("poi")
    await unit.press("Poipet: 9")
    stale = unit.data_of("Make the sheet")
    await unit.press("Make the sheet")
    sheet = unit.phone.last
    assert sheet["document"]["name"] == "invites.pdf"
    assert "9 codes to hand out." in sheet["text"]
    with stage.database.transaction(readonly=True) as session:
        assert len(session.exec(select(Invite)).all()) == 9
    await unit.press_stale("Make the sheet", stale)
    assert unit.phone.toasts[-1] == "That button is from an earlier screen. Nothing was changed."
    with stage.database.transaction(readonly=True) as session:
        assert len(session.exec(select(Invite)).all()) == 9


async def test_one_link__given_on__links_and_shows_no_hash(stage: Stage) -> None:
    unit = await stage.join("unit")
    await unit.forge(f"person:{stage.ids['dara']}")
    await unit.press("Invite link")
    found = re.search(r"start=(\S+)", unit.phone.last["text"])
    assert found is not None
    dara = stage.actor("dara")
    await dara.say(f"/start {found[1]}")
    assert dara.phone.last["text"].startswith("Privacy notice")


async def test_ask__answered_by_one_of_two__is_played(stage: Stage, golden: Golden) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.say("/ask When is the HS class?")
    await dara.forge("ask:new")
    await dara.type("And where?")
    await dara.press("Submit")
    await unit.press("I take it")
    await unit.press("Answer")
    await unit.type("In Poipet.")
    await unit.press("Submit")
    await unit.say("/start")
    await unit.press("Questions from officers")
    await unit.press("Sok Dara: When is the HS class?")
    await unit.press("Close without an answer")
    await dara.press("That answers it")
    golden(stage, "ask")


OUT_OF_REACH = (
    "people", "addperson", "person:1", "editperson:1", "takeoff:1:retired", "bringback:1",
    "unlink:1:yes", "invites", "invite:1:go", "onelink:1", "questions", "question:1:take",
    "question:1:answer", "question:1:close", "links", "link:1:yes", "link:1:no",
)  # fmt: skip


SENSELESS = (
    "person:x", "person", "link:", "question:abc", "takeoff:9:why", "takeoff:999:retired",
    "editperson:999", "link:77:yes", "invite:x", "onelink:", "privacy:9", "language:xx",
    "ask:77", "mydata:nothing", "question:77:answer",
)  # fmt: skip


async def test_forged_presses__without_the_role__are_refused_and_noted(stage: Stage) -> None:
    asked_at, rith = stage.clock.now(), stage.ids["rith"]
    with stage.database.transaction() as session:
        session.add(Question(person_id=rith, text="?", asked_at=asked_at))
        session.add(LinkRequest(user_id=5, person_id=rith, asked_at=asked_at))
    dara = await stage.join("dara")
    for data in OUT_OF_REACH:
        await dara.forge(data)
        assert "You cannot do this." in dara.phone.toasts[-1]
    assert len(dara.phone.toasts) == len(OUT_OF_REACH) + 1
    with stage.database.transaction(readonly=True) as session:
        refused = select(AuditEntry).where(AuditEntry.action == "access.refused")
        noted = [entry.details["what"] for entry in session.exec(refused)]
        assert session.exec(select(Question.state)).one() is QuestionState.OPEN
        assert session.exec(select(LinkRequest.state)).one() == "open"
        assert all(session.exec(select(Person.active)))
        assert session.exec(select(Invite)).all() == []
    assert noted == [f"press {data.partition(':')[0]}" for data in OUT_OF_REACH]


async def test_forged_presses__that_make_no_sense__are_answered(stage: Stage) -> None:
    unit = await stage.join("unit")
    for data in SENSELESS:
        before = (len(unit.phone.toasts), unit.phone.last)
        await unit.forge(data)
        assert (len(unit.phone.toasts), unit.phone.last) != before, data
