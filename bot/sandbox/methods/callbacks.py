"""answerCallbackQuery: once for each press, while the app still waits."""

from __future__ import annotations

from bot.sandbox.errors import OLD_QUERY, bad_request
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Press
from bot.sandbox.world import World

# Telegram does not say how long an app waits; people report well under a minute or two.
ANSWER_SECONDS = 60
LONGEST_ANSWER = 200


@serves("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    press = world.presses.get(params["callback_query_id"])
    if press is None:
        raise bad_request(OLD_QUERY, "there was no such press")
    _check_in_time(world, press)
    words = params.get("text", "")
    if len(words) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG", f"an answer of {len(words)} characters")
    press.answered = True
    world.store.put("press", press.id, press.to_json())
    phone = world.phones.get(press.phone_id)
    if phone is not None and not phone.offline:
        world.toast(phone, words, alert=bool(params.get("show_alert")))
    return True


def _check_in_time(world: World, press: Press) -> None:
    if press.answered:
        raise bad_request(OLD_QUERY, "this press was already answered")
    age = world.clock.now().timestamp() - press.at
    if age > ANSWER_SECONDS:
        raise bad_request(OLD_QUERY, f"the press is {age:.0f} seconds old")
