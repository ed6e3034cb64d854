"""Who the bot is: getMe, its name and descriptions in each language, its menu button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Json
from bot.sandbox.world import World

LONGEST = {"name": 64, "description": 512, "short_description": 120}
CAN_DO: Json = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_guest_queries": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
    "supports_join_request_queries": False,
}


@serves("getMe")
def get_me(world: World, params: Params) -> Json:
    return world.profile.user() | CAN_DO


def _setter(kind: str) -> Callable[[World, Params], object]:
    def set_text(world: World, params: Params) -> bool:
        words = params.get(kind, "").strip()
        if len(words) > LONGEST[kind]:
            raise bad_request(
                f"bot {kind.replace('_', ' ')} is too long",
                f"{len(words)} characters, {LONGEST[kind]} are allowed",
            )
        world.profile.set_text(kind, params.get("language_code", ""), words)
        return True

    return set_text


def _getter(kind: str) -> Callable[[World, Params], object]:
    def get_text(world: World, params: Params) -> Json:
        return {kind: world.profile.text(kind, params.get("language_code", ""))}

    return get_text


for _kind, _method in (
    ("name", "MyName"),
    ("description", "MyDescription"),
    ("short_description", "MyShortDescription"),
):
    serves(f"set{_method}")(_setter(_kind))
    serves(f"get{_method}")(_getter(_kind))


@serves("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    chat_id = params.get("chat_id")
    if chat_id is not None:
        world.recipient(chat_id)
    world.profile.set_menu(chat_id, params.get("menu_button"))
    return True


@serves("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Any:
    return world.profile.menu(params.get("chat_id"))
