"""More lines than one message holds, as several screens; nothing is left out.

How long a line is depends on its reader's language; the longest wording counts, so that
the screens are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.i18n import LANGUAGES, Text, Texts, Words, _n, render
from bot.screens import Screen
from bot.shorten import CUT, pieces

ROOM = 3500
"""Characters of lines on one screen; the rest is for its title and what stands around."""


def in_screens(title: Words, lines: Sequence[Words]) -> tuple[Screen, ...]:
    """The lines under the title, on as many screens as they need; at least one."""
    return tuple(Screen(title=title, body=body) for body in in_bodies(lines))


def in_bodies(lines: Sequence[Words], room: int = ROOM) -> list[tuple[Words, ...]]:
    """The lines a screen at a time; one longer than a screen goes on on the next."""
    bodies: list[tuple[Words, ...]] = []
    body: list[Words] = []
    left = room
    for line, length in _fitting(lines, room):
        if length > left and body:
            bodies.append(tuple(body))
            body, left = [], room
        body.append(line)
        left -= length + 1
    return [*bodies, tuple(body)]


def and_more(left_out: int) -> tuple[Text, ...]:
    """The line that says how many are not shown, or none."""
    if left_out <= 0:
        return ()
    return (_n("… and {count} more.", "… and {count} more.", left_out),)


def _fitting(lines: Sequence[Words], room: int) -> Iterator[tuple[Words, int]]:
    for line in lines:
        length = _longest(line)
        if length <= room:
            yield line, length
        else:
            yield from ((part, _longest(part)) for part in _parted(line, room))


def _parted(line: Words, room: int) -> list[Texts]:
    """A long line as parts in every language, each with all the others' number of parts."""
    parts = {code: list(pieces(render(line, code), room)) for code in _languages(line)}
    count = max(map(len, parts.values()))
    return [
        Texts.of({code: own[at] if at < len(own) else CUT for code, own in parts.items()})
        for at in range(count)
    ]


def _longest(line: Words) -> int:
    return max(len(render(line, code)) for code in _languages(line))


def _languages(line: Words) -> tuple[str, ...]:
    """The languages in which a line may read differently."""
    return ("en",) if isinstance(line, str) else tuple(LANGUAGES)
