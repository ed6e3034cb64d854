"""From a Screen to the arguments of the Bot API, for both libraries that call it.

User text can carry no markup: bold is an entity with UTF-16 offsets, never a tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.i18n import render
from bot.screens import Button, Screen, Style

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_BUTTON = 64
MOST_DATA_BYTES = 64
REVISION_MARK = "~"
CUT = "…"


@dataclass(frozen=True, slots=True)
class Encoded:
    """One message in one language: text, entities, markup as plain JSON."""

    text: str
    entities: list[dict[str, Any]]
    reply_markup: dict[str, Any] | None
    protect: bool
    asks: str

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, to be kept until it is shown."""
        return {
            "text": self.text,
            "entities": self.entities,
            "reply_markup": self.reply_markup,
            "protect": self.protect,
            "asks": self.asks,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Encoded:
        return cls(**data)

    @property
    def can_be_edited(self) -> bool:
        """A message that carries a reply keyboard cannot be edited later."""
        return self.reply_markup is None or "inline_keyboard" in self.reply_markup


def encode(screen: Screen, language: str, revision: int = 0) -> Encoded:
    """Render a screen; `revision` goes into its guarded buttons."""
    above, title = render(screen.above, language), render(screen.title, language)
    body = "\n".join(render(part, language) for part in screen.body)
    most = MOST_CAPTION if screen.attachment else MOST_TEXT
    text = cut("\n\n".join(part for part in (above, title, body) if part), most)
    markup = _markup(screen, language, revision)
    bold = _bold(title, f"{above}\n\n" if above else "")
    return Encoded(text, bold, markup, screen.protect, screen.asks)


def _bold(title: str, before: str) -> list[dict[str, Any]]:
    if not title:
        return []
    return [{"type": "bold", "offset": _utf16(before), "length": _utf16(title)}]


def cut(text: str, most: int) -> str:
    """`text`, or its beginning with an ellipsis if it has more than `most` code points."""
    return text if len(text) <= most else text[: most - 1].rstrip() + CUT


def split_revision(data: str) -> tuple[str, str]:
    """Callback data without its revision, and the revision ("" if it is not guarded)."""
    action, _mark, revision = data.rpartition(REVISION_MARK)
    return (action, revision) if action else (data, "")


def _markup(screen: Screen, language: str, revision: int) -> dict[str, Any] | None:
    if screen.share_contact:
        label = render(screen.share_contact, language)
        return {
            "keyboard": [[{"text": label, "request_contact": True}]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    if screen.remove_keyboard:
        return {"remove_keyboard": True}
    if not screen.rows:
        return None
    rows = [[_button(button, language, revision) for button in row] for row in screen.rows if row]
    return {"inline_keyboard": rows}


def _button(button: Button, language: str, revision: int) -> dict[str, Any]:
    encoded: dict[str, Any] = {"text": cut(render(button.label, language), MOST_BUTTON)}
    if button.url:
        encoded["url"] = button.url
    else:
        encoded["callback_data"] = _data(button, revision)
    if button.style is not Style.PLAIN:
        encoded["style"] = button.style.value
    return encoded


def _data(button: Button, revision: int) -> str:
    data = f"{button.action}{REVISION_MARK}{revision}" if button.guarded else button.action
    if not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise ValueError(f"button data {data!r} is not 1 to {MOST_DATA_BYTES} bytes")
    return data


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
