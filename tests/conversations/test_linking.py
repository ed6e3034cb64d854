"""Linking on phones: three ways, a lock, another phone, a leaver, a language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.chats import Chat
from bot.models.system import AuditEntry
from bot.people import invites, linking
from tests.conversations.stage import Actor, Stage

Golden = Callable[[Stage, str], None]


def _token(stage: Stage, who: str) -> str:
    with stage.database.transaction() as session:
        made = invites.make(stage.ctx(session), [stage.ids[who]])[0]
    return made.link.rpartition("=")[2]


def _noted(stage: Stage, action: str) -> list[str]:
    with stage.database.transaction(readonly=True) as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.action == action))
        return [str(row.details.get("what", row.details)) for row in rows]


async def test_contact__own_number__links_and_asks_for_the_notice_once(
    stage: Stage, golden: Golden
) -> None:
    dara = stage.actor("dara")
    await dara.say("/start")
    await dara.share_contact()
    await dara.say("/tasks")
    await dara.press("I have read this")
    earlier = [m["id"] for m in dara.phone.from_bot if m["text"].startswith("Privacy")]
    await dara.press("I have read this", earlier[-1])
    await dara.say("/start")
    golden(stage, "link_contact")
    assert dara.phone.keyboard is None
    assert dara.phone.commands[:3] == ["tasks", "menu", "ask"]


async def test_contact__of_somebody_else__links_nobody(stage: Stage, golden: Golden) -> None:
    stranger = stage.stranger("Stranger")
    await stranger.say("/start")
    await stranger.share_contact("+85510001011", 12345)
    await stranger.share_contact("+85510001011", None)
    await stranger.share_contact()
    golden(stage, "link_foreign_contact")
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(Chat.person_id)).all() == [None]


async def test_request__confirmed_by_the_supervisor__links(stage: Stage, golden: Golden) -> None:
    sokha = await stage.join("sokha")
    stranger = stage.stranger("D. on a new phone")
    await stranger.say("/start")
    await stranger.say("Good morning")
    await stranger.say("1011")
    await sokha.press("Confirm")
    await sokha.press("Confirm", sokha.phone.from_bot[-2]["id"])
    await stranger.press("I have read this")
    golden(stage, "link_request")


async def test_request__unknown_or_known_number__looks_the_same(stage: Stage) -> None:
    await stage.join("unit")
    heard = []
    for name, number in (("A", "1011"), ("B", "9999")):
        stranger = stage.stranger(name)
        await stranger.say("/start")
        await stranger.say(number)
        heard.append([message["text"] for message in stranger.phone.from_bot])
    assert heard[0] == heard[1]


async def test_invite__used_replaced_and_guessed__locks_at_the_fifth(
    stage: Stage, golden: Golden
) -> None:
    token = _token(stage, "dara")
    dara = stage.actor("dara")
    dara.phone.text(f"/start {token}")
    stage.write("Dara opens the invite")
    await stage.settle()
    stranger = stage.stranger("Stranger")
    stranger.phone.text(f"/start {token}")
    stage.write("Stranger opens the same invite")
    await stage.settle()
    for guess in range(4):
        await stranger.say(f"/start guess{guess}")
    await stranger.say("1012")
    await stranger.share_contact()
    stage.clock.advance(hours=1)
    await stranger.say("1012")
    golden(stage, "link_invite")


async def test_relink__from_another_phone__old_one_is_told_and_shut_out(
    stage: Stage, golden: Golden
) -> None:
    await stage.join("unit")
    dara = await stage.join("dara")
    other = stage.stranger("Dara's new phone")
    token = _token(stage, "dara")
    other.phone.text(f"/start {token}")
    stage.write("The new phone opens an invite")
    await stage.settle()
    await dara.say("/tasks")
    await dara.press("Menu")
    await other.press("Begin")
    golden(stage, "link_elsewhere")


async def test_leaver__presses_and_commands__find_nothing(stage: Stage) -> None:
    dara = await stage.join("dara")
    with stage.database.transaction() as session:
        linking.unlink_leavers(stage.ctx(session), [stage.ids["dara"]])
    await dara.press("Menu")
    await dara.say("/mydata")
    assert dara.phone.toasts[-1] == "First tell the training desk who you are: send /start."
    assert dara.phone.last["text"] == "First tell the training desk who you are: send /start."
    assert _noted(stage, "access.refused") == ["press menu", "command mydata"]


async def test_block__and_back__is_noticed(stage: Stage) -> None:
    dara = await stage.join("dara")
    dara.phone.block()
    await stage.settle()
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(Chat.blocked_at)).one() is not None
    dara.phone.unblock()
    await stage.settle()
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(Chat.blocked_at)).one() is None


@pytest.mark.parametrize("linked", [True, False])
async def test_language__chosen__holds_and_changes_the_command_menu(
    stage: Stage, linked: bool
) -> None:
    dara = await stage.join("dara") if linked else stage.stranger("Stranger")
    await dara.say("/language")
    await dara.press("ភាសាខ្មែរ")
    with stage.database.transaction(readonly=True) as session:
        chat = session.exec(select(Chat)).one()
    assert (chat.language, chat.menu_made_for.partition(":")[0]) == ("km", "km")


async def test_cancel__in_the_middle_of_a_form__keeps_what_was_answered(
    stage: Stage, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/cancel")
    await unit.forge("addperson")
    await unit.type("2001")
    await unit.say("/cancel")
    await unit.say("something")
    await _resume(unit)
    golden(stage, "cancel")


async def _resume(actor: Actor) -> None:
    await actor.say("/tasks")
    await actor.press(actor.phone.buttons[0])
