"""The bot's command list, by scope and language."""

from __future__ import annotations

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.profile import ALL_PRIVATE, DEFAULT_SCOPE, chat_scope
from bot.sandbox.records import Json
from bot.sandbox.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = frozenset({DEFAULT_SCOPE, ALL_PRIVATE, "all_group_chats", "all_chat_administrators"})


@serves("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    commands = params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH", f"{len(commands)} commands, 100 are allowed")
    _change(world, params, [_checked(command) for command in commands])
    return True


@serves("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    _change(world, params, [])
    return True


@serves("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands(_scope(world, params), params.get("language_code", ""))


def _change(world: World, params: Params, commands: list[Json]) -> None:
    phones = list(world.phones.values())
    before = {p.id: world.profile.commands_shown_to(p.id, p.language) for p in phones}
    scope, language = _scope(world, params), params.get("language_code", "")
    world.profile.set_commands(scope, language, commands)
    for phone in phones:
        now = world.profile.commands_shown_to(phone.id, phone.language)
        if now != before[phone.id]:
            world.events.publish("commands", phone=phone.id, commands=now)


def _scope(world: World, params: Params) -> str:
    scope = params.get("scope") or {"type": DEFAULT_SCOPE}
    if scope["type"] == "chat" and "chat_id" in scope:
        return chat_scope(world.recipient(scope["chat_id"]).id)
    if scope["type"] not in SCOPES:
        raise bad_request("unsupported type specified", f"command scope {scope['type']}")
    return str(scope["type"])


def _checked(command: Json) -> Json:
    name, words = command["command"].removeprefix("/"), command["description"].strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID", f"“{name}” is no name for a command")
    if not 1 <= len(words) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID", f"the description of /{name}")
    return {"command": name, "description": words}
