"""What a person does: it reaches the bot as Telegram would tell it, or it does not."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from bot.sandbox.cast import phone_for
from bot.sandbox.errors import ApiError, PageError
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.phone_actions import press_button
from bot.sandbox.records import Json
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call, keyboard, updates
from tests.unit.sandbox.people import CAST


def newest(world: World) -> Json:
    return updates(world)[-1]


def ask(world: World, phone: PhoneInHand, *data: str) -> int:
    sent = call(world, "sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard(*data))
    number: int = sent["message_id"]
    return number


def test_start__with_a_payload__is_a_command_and_words(world: World, thida: PhoneInHand) -> None:
    thida.text("/start abc-123")
    message = newest(world)["message"]
    assert message["text"] == "/start abc-123"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "km"
    assert message["chat"] == {"id": thida.id, "type": "private", "first_name": "Sok Thida"}


def test_text__over_4096_characters__arrives_in_parts(world: World, thida: PhoneInHand) -> None:
    thida.text("x" * 5000)
    assert [len(update["message"]["text"]) for update in updates(world)] == [4096, 904]


def test_text__as_a_reply__carries_the_message_replied_to(
    world: World, started: PhoneInHand
) -> None:
    number = ask(world, started, "a")
    started.text("because", reply_to=number)
    assert newest(world)["message"]["reply_to_message"]["message_id"] == number


def test_press__of_a_shown_button__is_a_callback_query(world: World, started: PhoneInHand) -> None:
    number = ask(world, started, "yes", "no")
    started.press("no")
    query = newest(world)["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("no", number)
    assert query["chat_instance"]
    call(world, "answerCallbackQuery", callback_query_id=query["id"], text="Saved")
    assert started.toasts == ["Saved"]


def test_press__of_a_button_that_is_not_there__is_refused(
    world: World, started: PhoneInHand
) -> None:
    number = ask(world, started, "yes")
    with pytest.raises(PageError, match="not on that message"):
        press_button(world, started.record, number, "no")
    call(world, "editMessageText", chat_id=started.id, message_id=number, text="done")
    with pytest.raises(PageError, match="not on that message"):
        press_button(world, started.record, number, "yes")


def test_press__forged__reaches_the_bot_all_the_same(world: World, started: PhoneInHand) -> None:
    started.forge(99, "grant:unit")
    query = newest(world)["callback_query"]
    assert query["data"] == "grant:unit"
    assert query["message"]["date"] == 0


def test_answer__a_second_time__is_too_old(world: World, started: PhoneInHand) -> None:
    ask(world, started, "yes")
    started.press("yes")
    query_id = newest(world)["callback_query"]["id"]
    call(world, "answerCallbackQuery", callback_query_id=query_id)
    with pytest.raises(ApiError, match="query is too old and response timeout expired"):
        call(world, "answerCallbackQuery", callback_query_id=query_id)


def test_answer__too_late__is_too_old(
    world: World, started: PhoneInHand, clock: FixedClock
) -> None:
    ask(world, started, "yes")
    started.press("yes")
    query_id = newest(world)["callback_query"]["id"]
    clock.advance(minutes=2)
    with pytest.raises(ApiError, match="query is too old and response timeout expired"):
        call(world, "answerCallbackQuery", callback_query_id=query_id)


def test_contact__own__names_the_sender_and_a_foreign_one_does_not(
    world: World, thida: PhoneInHand
) -> None:
    thida.share_contact()
    assert newest(world)["message"]["contact"] == {
        "first_name": "Sok Thida",
        "phone_number": "85512000111",
        "user_id": thida.id,
    }
    thida.share_contact("+85512000222")
    assert "user_id" not in newest(world)["message"]["contact"]


def test_block__and_unblock__tell_the_bot(world: World, started: PhoneInHand) -> None:
    started.block()
    change = newest(world)["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    with pytest.raises(PageError, match="blocked the bot"):
        started.text("hello?")
    started.unblock()
    assert newest(world)["my_chat_member"]["new_chat_member"]["status"] == "member"


def test_language__changed__is_told_with_the_next_update(
    world: World, started: PhoneInHand
) -> None:
    started.speak("ur")
    started.text("salam")
    assert newest(world)["message"]["from"]["language_code"] == "ur"


def test_offline__what_the_bot_sends__succeeds_and_is_drawn_later(
    world: World, started: PhoneInHand
) -> None:
    number = ask(world, started, "yes")
    started.go_offline()
    call(world, "editMessageText", chat_id=started.id, message_id=number, text="changed")
    call(world, "sendMessage", chat_id=started.id, text="new")
    gone = call(world, "sendMessage", chat_id=started.id, text="gone")["message_id"]
    call(world, "deleteMessage", chat_id=started.id, message_id=gone)
    assert [message["text"] for message in started.from_bot] == ["?"]
    started.go_online()
    assert [message["text"] for message in started.from_bot] == ["changed", "new"]


def test_offline__what_is_written__waits_and_is_dated_when_it_arrives(
    world: World, started: PhoneInHand, clock: FixedClock
) -> None:
    before = len(updates(world))
    started.go_offline()
    started.text("one")
    started.share_contact()
    assert len(updates(world)) == before
    assert [message["pending"] for message in started.messages] == [False, True, True]
    assert started.record.to_json()["pending"]
    clock.advance(days=0, hours=5)
    started.go_online()
    arrived = [update["message"] for update in updates(world)[before:]]
    assert arrived[0]["text"] == "one"
    assert arrived[1]["contact"]["user_id"] == started.id
    assert arrived[0]["date"] == int(clock.now().timestamp())
    assert [message["pending"] for message in started.messages] == [False, False, False]


def test_offline__a_press__is_lost_with_a_word(world: World, started: PhoneInHand) -> None:
    ask(world, started, "yes")
    before = len(updates(world))
    started.go_offline()
    started.press("yes")
    started.go_online()
    assert len(updates(world)) == before
    assert started.toasts == ["Not sent: the phone is offline."]


def test_commands__for_this_chat_and_language__come_before_wider_ones(
    world: World, started: PhoneInHand
) -> None:
    def names(*words: str) -> list[Json]:
        return [{"command": word, "description": word} for word in words]

    call(world, "setMyCommands", commands=names("start"))
    call(world, "setMyCommands", commands=names("tasks"), language_code="km")
    assert started.commands == ["tasks"]
    scope = {"type": "chat", "chat_id": started.id}
    call(world, "setMyCommands", commands=names("classes", "reports"), scope=scope)
    assert started.commands == ["classes", "reports"]
    call(world, "deleteMyCommands", scope=scope)
    started.speak("ur")
    assert started.commands == ["start"]


def test_phone__of_the_same_person__is_made_once_with_a_stable_number(
    world: World, thida: PhoneInHand
) -> None:
    assert phone_for(world, CAST.by_key("thida")) is thida.record
    assert thida.id == 100_001_001


def test_roster__searched_in_any_script__finds_the_person() -> None:
    assert [person["staff_no"] for person in CAST.search("ធីតា")] == ["KH-1001"]
    assert [person["staff_no"] for person in CAST.search("poipet chan")] == ["KH-2002"]
    assert len(CAST.search("")) == 3
    assert [person["key"] for person in CAST.leading()] == ["thida", "chan"]
