"""Troubles between a phone and Telegram, and the phone's own account of what it did and saw."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from bot.sandbox.cast import phone_for
from bot.sandbox.faults import BadLink
from bot.sandbox.outgoing import next_due, send_all_due
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call
from tests.unit.sandbox.conftest import START
from tests.unit.sandbox.people import CAST


@pytest.fixture
def chan(world: World) -> PhoneInHand:
    return PhoneInHand(world, phone_for(world, CAST.by_key("chan")))


async def texts(world: World) -> list[str]:
    """What a short poll gives; the texts only."""
    found = await world.updates.fetch(0, 100, 0, None)
    return [one["message"]["text"] for one in found]


def test_presses__over_a_bad_link__are_lost_by_seed(world: World, started: PhoneInHand) -> None:
    world.journal.keeping = True
    world.faults.plan(BadLink(phone=started.id, presses_lost=0.8, seed=3))
    for number in range(100):
        started.forge(1, str(number))
    lost = [entry.body["data"] for entry in started.journal("press lost")]
    passed = [entry.body["data"] for entry in started.journal("pressed")]
    assert 70 <= len(lost) <= 90
    assert sorted(lost + passed, key=int) == [str(number) for number in range(100)]
    same = BadLink(presses_lost=0.8, seed=3)
    again = [str(number) for number in range(100) if same.loses_press(started.id)]
    assert again == lost
    assert started.toasts[-1] == "Not sent: the connection was lost."


async def test_message__over_a_slow_link__arrives_late_and_in_order(
    world: World, started: PhoneInHand, chan: PhoneInHand, clock: FixedClock
) -> None:
    world.journal.keeping = True
    world.faults.plan(BadLink(phone=started.id, messages_late=20 * 3600))
    for word in ("one", "two", "three"):
        started.text(word)
    chan.text("on time")
    assert await texts(world) == ["/start", "on time"]
    assert [m["text"] for m in started.messages if m["pending"]] == ["one", "two", "three"]
    dates: list[float] = []
    while (due := next_due(world)) is not None:
        clock.set(due)
        send_all_due(world)
        dates.append(due.timestamp())
    assert (await texts(world))[2:] == ["one", "two", "three"]
    assert dates == sorted(dates)
    assert dates[0] > START.timestamp()
    sent = started.journal("sent")
    assert [entry.body["content"]["text"] for entry in sent] == ["one", "two", "three"]


def test_late_messages__when_all_are_free_to_overtake__change_places(
    world: World, started: PhoneInHand, clock: FixedClock
) -> None:
    world.journal.keeping = True
    world.faults.plan(BadLink(messages_late=3600, overtaking=True, seed=1))
    for number in range(9):
        started.text(str(number))
    clock.advance(hours=1)
    send_all_due(world)
    sent = [entry.body["content"]["text"] for entry in started.journal("sent")]
    assert sorted(sent) == [str(number) for number in range(9)] != sent


async def test_message__doubled_on_its_way__is_two_messages(
    world: World, started: PhoneInHand
) -> None:
    world.faults.plan(BadLink(messages_doubled=1))
    started.text("twice")
    found = await world.updates.fetch(0, 100, 0, None)
    assert [one["message"]["text"] for one in found] == ["/start", "twice", "twice"]
    assert len({one["message"]["message_id"] for one in found}) == 3


async def test_message__lost_on_its_way__is_nowhere_but_in_the_journal(
    world: World, started: PhoneInHand
) -> None:
    world.journal.keeping = True
    number = world.faults.plan(BadLink(messages_lost=1))
    started.text("lost")
    world.faults.clear(number)
    started.text("found")
    assert await texts(world) == ["/start", "found"]
    assert [entry.what for entry in started.journal("lost", "sent")] == ["lost", "sent"]


def test_late_message__of_a_phone_that_goes_offline__waits_for_both(
    world: World, started: PhoneInHand, clock: FixedClock
) -> None:
    world.faults.plan(BadLink(messages_late=3600))
    started.text("late")
    started.go_offline()
    clock.advance(hours=1)
    send_all_due(world)
    assert next_due(world) is None
    assert started.messages[-1]["pending"]
    started.go_online()
    assert not started.messages[-1]["pending"]


# ---------------------------------------------------------- journals


async def test_journal__of_a_phone__tells_what_it_did_saw_and_what_was_confirmed(
    world: World, thida: PhoneInHand, chan: PhoneInHand
) -> None:
    world.journal.keeping = True
    thida.text("/start")
    chan.text("/start")
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    call(world, "sendMessage", chat_id=thida.id, text="?", reply_markup=markup)
    thida.press("A")
    query = thida.journal("pressed")[0].body
    call(world, "answerCallbackQuery", callback_query_id=query["press_id"], text="Kept")
    await world.updates.fetch(query["update_id"] + 1, 100, 0, None)
    thida.text("b")
    assert [entry.what for entry in thida.journal()] == [
        "message", "sent", "message", "pressed", "toast", "confirmed", "confirmed", "message",
        "sent",
    ]  # fmt: skip
    assert thida.journal("sent")[-1].body["screen"]["text"] == "?"
    orders = [entry.order for one in (thida, chan) for entry in one.journal()]
    assert len(set(orders)) == len(orders)


def test_journal__unless_asked_for__is_not_kept(world: World, started: PhoneInHand) -> None:
    assert started.journal() == []
