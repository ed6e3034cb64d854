"""A sandbox that was killed and started again has every chat it had."""

from __future__ import annotations

from pathlib import Path

from bot.clock import FixedClock
from bot.sandbox import views
from bot.sandbox.cast import phone_for
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import TOKEN
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call, keyboard, updates
from tests.unit.sandbox.people import CAST


def test_world__opened_again_without_closing__is_the_same(
    world: World, started: PhoneInHand, clock: FixedClock, tmp_path: Path
) -> None:
    call(world, "setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    call(world, "sendMessage", chat_id=started.id, text="?", reply_markup=keyboard("a"))
    started.press("a")
    started.file("a.txt", b"x")
    started.go_offline()
    started.text("later")
    again = World(tmp_path, TOKEN, clock)
    try:
        phone = phone_for(again, CAST.by_key("thida"))
        assert views.phone(again, phone) == views.phone(world, started.record)
        assert updates(again) == updates(world)
        query = updates(again)[1]["callback_query"]["id"]
        assert call(again, "answerCallbackQuery", callback_query_id=query) is True
        document = started.messages[2]["document"]
        stored = again.files.find(document["file_id"])
        assert stored is not None
        assert again.files.content_path(stored).read_bytes() == b"x"
    finally:
        again.close()
