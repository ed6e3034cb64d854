"""What a text must keep to: not empty, 4096 or 1024 characters once parsed, entities that fit."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.html_text import parse_html
from bot.sandbox.rich_text import Entity, RichText, in_order, trimmed, utf16_length, with_detected

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_INPUT = 32_768
MOST_ENTITIES = 100


def message_text(params: dict[str, Any]) -> RichText:
    """The text of a sendMessage or editMessageText; refuses an empty or too long one."""
    rich = _formatted(params, "text", "entities")
    if not rich.text:
        raise bad_request("message text is empty")
    if len(rich.text) > LONGEST_TEXT:
        raise bad_request(
            "message is too long", f"{len(rich.text)} characters, {LONGEST_TEXT} are allowed"
        )
    return rich


def caption_text(params: dict[str, Any]) -> RichText:
    """The caption of a file, which may be empty; refuses a too long one."""
    rich = _formatted(params, "caption", "caption_entities")
    if len(rich.text) > LONGEST_CAPTION:
        raise bad_request(
            "message caption is too long",
            f"{len(rich.text)} characters, {LONGEST_CAPTION} are allowed",
        )
    return rich


def _formatted(params: dict[str, Any], text_key: str, entities_key: str) -> RichText:
    source = params.get(text_key, "")
    if len(source.encode("utf-8")) > LARGEST_INPUT:
        raise bad_request("text is too long", f"more than {LARGEST_INPUT} bytes before parsing")
    mode = params.get("parse_mode", "").lower()
    if mode == "html":
        rich = parse_html(source)
    elif mode in ("", "none"):
        rich = RichText(source, _given(source, params.get(entities_key, [])))
    else:
        raise bad_request("unsupported parse_mode", f"the sandbox reads HTML, not {mode}")
    found = with_detected(trimmed(rich))
    return RichText(found.text, found.entities[:MOST_ENTITIES])


def _given(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    end = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > end:
            raise bad_request(
                "entity beyond the text",
                f"{entity['type']} at {entity['offset']}+{entity['length']}, text ends at {end}",
            )
    return in_order([entity for entity in entities if entity["length"] > 0])
