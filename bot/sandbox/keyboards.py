"""What keyboards must keep to, and how a reply keyboard is laid out for the page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request

Markup = dict[str, Any]
MOST_INLINE, WIDEST_INLINE = 100, 8
MOST_REPLY, WIDEST_REPLY = 300, 12
LARGEST_MARKUP = 10_240
LONGEST_DATA = 64
LONGEST_PLACEHOLDER = 64
LABELS = frozenset({"text", "icon_custom_emoji_id", "style"})
STYLES = frozenset({"danger", "success", "primary"})


def checked_markup(markup: Markup | None) -> Markup | None:
    """`markup` as it is kept, None where it is empty; refuses what Telegram refuses."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _checked_inline(markup)
    if "keyboard" in markup:
        _check_reply(markup)
    return markup


def is_inline(markup: Markup | None) -> bool:
    return markup is not None and "inline_keyboard" in markup


def holds_data(markup: Markup | None, data: str) -> bool:
    """Whether an inline keyboard has a button with this callback data."""
    rows = (markup or {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)


def _checked_inline(markup: Markup) -> Markup | None:
    rows = [row for row in markup["inline_keyboard"] if row]
    _check_size(rows, MOST_INLINE, WIDEST_INLINE)
    for button in (button for row in rows for button in row):
        _check_inline_button(button)
    kept = {"inline_keyboard": rows}
    size = len(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    if size > LARGEST_MARKUP:
        raise bad_request("reply markup is too long", f"{size} bytes of {LARGEST_MARKUP}")
    return kept if rows else None


def _check_size(rows: list[list[Any]], most: int, widest: int) -> None:
    count = sum(len(row) for row in rows)
    if count > most:
        raise bad_request("reply markup is too long", f"{count} buttons, {most} are allowed")
    for number, row in enumerate(rows, 1):
        if len(row) > widest:
            raise bad_request(
                "reply markup is too long",
                f"row {number} has {len(row)} buttons, {widest} are allowed",
            )


def _check_inline_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID", "a button has no words")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("BUTTON_STYLE_INVALID", f"there is no style {button['style']}")
    actions = set(button) - LABELS
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        words = ", ".join(sorted(actions))
        raise bad_request("BUTTON_TYPE_INVALID", f"a button may do one thing, not {words}")
    _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    if "callback_data" in button:
        size = len(button["callback_data"].encode("utf-8"))
        if not 1 <= size <= LONGEST_DATA:
            words = f"callback_data of {size} bytes on “{button['text']}”, 1 to 64 are allowed"
            raise bad_request("BUTTON_DATA_INVALID", words)
    elif "url" in button and not _is_link(button["url"]):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )


def _is_link(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and "." in parts.netloc)


def _check_reply(markup: Markup) -> None:
    _check_size(markup["keyboard"], MOST_REPLY, WIDEST_REPLY)
    for button in (button for row in markup["keyboard"] for button in row):
        if not button["text"].strip():
            raise bad_request("BUTTON_TEXT_INVALID", "a button has no words")
    placeholder = markup.get("input_field_placeholder", " ")
    if not 1 <= len(placeholder) <= LONGEST_PLACEHOLDER:
        raise bad_request(
            "field input_field_placeholder must be 1 to 64 characters long",
            f"input_field_placeholder has {len(placeholder)} characters",
        )


def shown_reply_keyboard(markup: Markup) -> dict[str, Any]:
    """A reply keyboard as the page draws it."""
    rows = [
        [
            {"text": button["text"], "request_contact": bool(button.get("request_contact"))}
            for button in row
        ]
        for row in markup["keyboard"]
    ]
    return {
        "rows": rows,
        "one_time": bool(markup.get("one_time_keyboard")),
        "placeholder": markup.get("input_field_placeholder", ""),
    }
