"""What the bot says of itself: name, descriptions, menu; commands by scope and language."""

from __future__ import annotations

from typing import Any

from bot.sandbox.records import Json
from bot.sandbox.store import Store

DEFAULT_SCOPE, ALL_PRIVATE = "default", "all_private_chats"


class Profile:
    """Settings of the bot; a text without a language is the fallback of all languages."""

    def __init__(self, store: Store, token: str) -> None:
        self._store = store
        self.bot_id = int(token.partition(":")[0])
        self.username = "rollcall_sandbox_bot"
        self._texts: dict[str, str] = store.get("setting", "profile_texts") or {}
        self._commands: dict[str, list[Json]] = store.get("setting", "commands") or {}
        self._menus: dict[str, Json] = store.get("setting", "menus") or {}

    def user(self) -> Json:
        """The bot as a User."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.text("name") or "Rollcall",
            "username": self.username,
        }

    def text(self, kind: str, language: str = "") -> str:
        """`kind` is name, description or short_description."""
        return self._texts.get(f"{kind}:{language}") or self._texts.get(f"{kind}:", "")

    def set_text(self, kind: str, language: str, words: str) -> None:
        self._texts[f"{kind}:{language}"] = words
        self._store.put("setting", "profile_texts", self._texts)

    def commands(self, scope: str, language: str) -> list[Json]:
        """Exactly what was set for this scope and language."""
        return self._commands.get(f"{scope}:{language}", [])

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        if commands:
            self._commands[f"{scope}:{language}"] = commands
        else:
            self._commands.pop(f"{scope}:{language}", None)
        self._store.put("setting", "commands", self._commands)

    def commands_shown_to(self, chat_id: int, language: str) -> list[Json]:
        """The narrowest scope first, in each the reader's language before the fallback."""
        for scope in (chat_scope(chat_id), ALL_PRIVATE, DEFAULT_SCOPE):
            for tag in (language, ""):
                if found := self.commands(scope, tag):
                    return found
        return []

    def menu(self, chat_id: int | None) -> Json:
        return self._menus.get(str(chat_id)) or self._menus.get("None") or {"type": "commands"}

    def set_menu(self, chat_id: int | None, menu: dict[str, Any] | None) -> None:
        self._menus[str(chat_id)] = menu or {"type": "default"}
        self._store.put("setting", "menus", self._menus)


def chat_scope(chat_id: int) -> str:
    return f"chat {chat_id}"
