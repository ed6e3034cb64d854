"""What an officer does with the phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Press:
    message_id: int
    data: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


def is_same(act: Press | Words, last: Press | Words | None) -> bool:
    """Whether somebody does the same again, be it on a newer screen."""
    if isinstance(act, Press) and isinstance(last, Press):
        return act.data.partition("~")[0] == last.data.partition("~")[0]
    return act == last
