"""From a Screen to the arguments of the Bot API, for both libraries that call it.

User text can carry no markup: bold is an entity with UTF-16 offsets, never a tag. What a
conversation may show in full is its own care; here nothing leaves that Telegram would refuse.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.i18n import Words, render
from bot.screens import Button, Screen, Style
from bot.shorten import CUT, cut

log = logging.getLogger(__name__)

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_BUTTON = 64
MOST_DATA_BYTES = 64
MOST_BUTTONS, WIDEST_ROW = 100, 8
MOST_MARKUP_BYTES = 10_000
SURELY_SMALL = 20
"""So many buttons fit, however long their labels are."""
SHORTEST = 200
"""A paragraph that has to give way keeps at least so much."""
REVISION_MARK = "~"


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
    """Render a screen; `revision` goes into its guarded buttons. Refuses one without words."""
    above, title = render(screen.above, language), render(screen.title, language).strip()
    body = [render(part, language) for part in screen.body]
    most = MOST_CAPTION if screen.attachment else MOST_TEXT
    text = _joined(above, title, body)
    if len(text) > most:
        above, title, *body = _shortened([above, title, *body], most)
        text = _joined(above, title, body)
    if not text.strip() and screen.attachment is None:
        raise ValueError("a screen without words")
    markup = _markup(screen, language, revision)
    bold = _bold(title, f"{above}\n\n" if above else "")
    return Encoded(text, bold, markup, screen.protect, screen.asks)


def _joined(above: str, title: str, body: Sequence[str]) -> str:
    return "\n\n".join(part for part in (above, title, "\n".join(body)) if part)


def _bold(title: str, before: str) -> list[dict[str, Any]]:
    if not title:
        return []
    return [{"type": "bold", "offset": _utf16(before), "length": _utf16(title)}]


def _shortened(parts: list[str], most: int) -> list[str]:
    """Parts that fit: the longest gives way, so that what to do next still stands there."""
    over = len(_joined(parts[0], parts[1], parts[2:])) - most
    log.warning("a screen is %d characters too long and was cut", over)
    while over > 0:
        longest = max(range(len(parts)), key=lambda place: len(parts[place]))
        length = len(parts[longest])
        if length <= SHORTEST:
            return _without_lines(parts, over)
        parts[longest] = cut(parts[longest], max(SHORTEST, length - over))
        over -= length - len(parts[longest])
    return parts


def _without_lines(parts: list[str], over: int) -> list[str]:
    """Without the lines that do not fit; the last one, which often says what to do, stays."""
    *kept, last = parts
    over += len(CUT) + 1
    while over > 0 and len(kept) > 2:
        over -= len(kept.pop()) + 1
    return [*kept, CUT, last]


def split_revision(data: str) -> tuple[str, str]:
    """Callback data without its revision, and the revision ("" if it is not guarded)."""
    action, _mark, revision = data.rpartition(REVISION_MARK)
    return (action, revision) if action else (data, "")


def _markup(screen: Screen, language: str, revision: int) -> dict[str, Any] | None:
    if screen.share_contact:
        return {
            "keyboard": [
                [{"text": _label(screen.share_contact, language), "request_contact": True}]
            ],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    if screen.remove_keyboard:
        return {"remove_keyboard": True}
    if not screen.rows:
        return None
    rows = [[_button(button, language, revision) for button in row] for row in screen.rows if row]
    return {"inline_keyboard": _fitting(rows)}


def _fitting(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Rows of at most eight, and no more than a message holds; the last row always stays."""
    if any(len(row) > WIDEST_ROW for row in rows):
        rows = [row[at : at + WIDEST_ROW] for row in rows for at in range(0, len(row), WIDEST_ROW)]
    count = sum(map(len, rows))
    has_addresses = any("url" in button for row in rows for button in row)
    if count <= SURELY_SMALL and not has_addresses:
        return rows
    sizes = [_size(row) for row in rows]
    size = sum(sizes) + len('{"inline_keyboard":[]}')
    while len(rows) > 1 and (count > MOST_BUTTONS or size > MOST_MARKUP_BYTES):
        size -= sizes.pop(-2)
        dropped = rows.pop(-2)
        count -= len(dropped)
        log.warning("a row of %d buttons does not fit and was left out", len(dropped))
    return rows


def _size(row: list[dict[str, Any]]) -> int:
    """Bytes of a row as it is sent, with the comma behind it."""
    return len(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()) + 1


def _button(button: Button, language: str, revision: int) -> dict[str, Any]:
    encoded: dict[str, Any] = {"text": _label(button.label, language)}
    if button.url:
        encoded["url"] = button.url
    else:
        encoded["callback_data"] = _data(button, revision)
    if button.style is not Style.PLAIN:
        encoded["style"] = button.style.value
    return encoded


def _label(label: Words, language: str) -> str:
    return cut(render(label, language), MOST_BUTTON).strip() or CUT


def _data(button: Button, revision: int) -> str:
    data = f"{button.action}{REVISION_MARK}{revision}" if button.guarded else button.action
    if not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise ValueError(f"button data {data!r} is not 1 to {MOST_DATA_BYTES} bytes")
    return data


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
