"""Telegram's HTML parse mode: its tags, its four named entities, its error sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.rich_text import Entity, RichText, in_order, utf16_length

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "tg-spoiler": "spoiler", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "span": "spoiler",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z0-9-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    position: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _State:
    source: str
    words: list[str] = field(default_factory=list)
    length: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, words: str) -> None:
        plain = REFERENCE.sub(_character, words)
        self.words.append(plain)
        self.length += utf16_length(plain)

    def refused(self, words: str, position: int) -> ApiError:
        place = len(self.source[:position].encode("utf-8"))
        return _refused(f"{words} at byte offset {place}")


def parse_html(source: str) -> RichText:
    """The text behind `source`; refuses what Telegram cannot parse, in its words."""
    state = _State(source)
    position = 0
    while (start := source.find("<", position)) >= 0:
        state.add(source[position:start])
        match = TAG.match(source, start)
        if match is None:
            raise state.refused("Unclosed start tag", start)
        _take_tag(state, match)
        position = match.end()
    state.add(source[position:])
    if state.opened:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{state.opened[-1].tag}"')
    return RichText("".join(state.words), in_order(state.entities))


def _take_tag(state: _State, match: re.Match[str]) -> None:
    closing, tag, rest = match.group(1), match.group(2).lower(), match.group(3)
    if closing:
        _close(state, tag, match.start())
        return
    attributes = {
        name.lower(): REFERENCE.sub(_character, one or two or three)
        for name, one, two, three in ATTRIBUTE.findall(rest)
    }
    _check_opening(state, tag, attributes, match.start())
    state.opened.append(_Open(tag, state.length, match.start(), attributes))


def _check_opening(state: _State, tag: str, attributes: dict[str, str], position: int) -> None:
    if tag not in SIMPLE:
        raise state.refused(f'Unsupported start tag "{tag}"', position)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise state.refused('Tag "span" must have class "tg-spoiler"', position)


def _close(state: _State, tag: str, position: int) -> None:
    if not state.opened:
        raise state.refused("Unexpected end tag", position)
    opened = state.opened.pop()
    if tag and tag != opened.tag:
        words = f'expected "</{opened.tag}>", found "</{tag}>"'
        place = len(state.source[:position].encode("utf-8"))
        raise _refused(f"Unmatched end tag at byte offset {place}, {words}")
    entity = _entity(opened, state.length)
    if entity is not None:
        state.entities.append(entity)


def _entity(opened: _Open, end: int) -> Entity | None:
    length = end - opened.offset
    if length == 0:
        return None
    kind = SIMPLE[opened.tag]
    entity: Entity = {"type": kind, "offset": opened.offset, "length": length}
    if kind == "text_link":
        if not opened.attributes.get("href"):
            return None
        entity["url"] = opened.attributes["href"]
    if kind == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    return entity


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number < 0x110000 else match.group()


def _refused(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")
