"""Text with entities as Telegram counts: length in code points, offsets in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]
COMMAND = r"/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])"
URL = r"(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|int|info|gov|edu|io|me|mm|pk|kh)\b(?:/[^\s<>\"]*)?)"
MENTION = r"@[a-zA-Z0-9_]{3,32}\b"
HASHTAG = r"#\w*[^\W\d]\w*"
DETECTED = re.compile(
    rf"(?P<url>(?<![\w@./-]){URL})"
    rf"|(?P<bot_command>(?<![\w/<>]){COMMAND})"
    rf"|(?P<mention>(?<![\w/]){MENTION})"
    rf"|(?P<hashtag>(?<![\w/]){HASHTAG})",
    re.IGNORECASE,
)
CLOSED = frozenset({"pre", "code", "text_link", "text_mention", "url", "custom_emoji"})


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its entities, in Telegram's order."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The words an entity covers."""
    units = text.encode("utf-16-le")[offset * 2 : (offset + length) * 2]
    return units.decode("utf-16-le", "replace")


def trimmed(rich: RichText) -> RichText:
    """Without white space at either end, entities moved along and empty ones dropped."""
    kept = rich.text.strip()
    lead = utf16_length(rich.text[: len(rich.text) - len(rich.text.lstrip())])
    end = utf16_length(kept)
    entities = []
    for entity in rich.entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return RichText(kept, in_order(entities))


def with_detected(rich: RichText) -> RichText:
    """With the commands, links, mentions and hashtags that Telegram finds by itself."""
    taken = [_span(e) for e in rich.entities if e["type"] in CLOSED]
    found = []
    for match in DETECTED.finditer(rich.text):
        words = match.group()
        start = utf16_length(rich.text[: match.start()])
        entity = {
            "type": match.lastgroup,
            "offset": start,
            "length": utf16_length(words.rstrip(".,;:!?)")),
        }
        if not any(_overlap(_span(entity), span) for span in taken):
            found.append(entity)
    return RichText(rich.text, in_order([*rich.entities, *found]))


def in_order(entities: list[Entity]) -> tuple[Entity, ...]:
    """Sorted by offset, the longer one first."""
    return tuple(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])))


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
