"""The items of a curriculum as they are written: codes of courses with `;` between them, and `?`
after one that may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.errors import Refusal
from bot.i18n import Text, _, _n

BETWEEN = re.compile(r"[;,\n\u060c\u061b\u17d4]")
OPTIONAL = "?\u061f"


@dataclass(frozen=True, slots=True)
class Written:
    """One item by the code of its course."""

    code: str
    optional: bool = False


def parse(text: str) -> tuple[Written, ...]:
    """The items in their order; refuses a course that is named twice."""
    found = [_item(part) for part in BETWEEN.split(text) if part.strip(f"{OPTIONAL} \t\r")]
    codes = [item.code for item in found]
    for code in codes:
        if codes.count(code) > 1:
            raise Refusal(_("Course {code} is named twice. Name it once.", code=code))
    return tuple(found)


def write(items: Iterable[Written]) -> str:
    """The items as `parse` reads them."""
    return "; ".join(f"{item.code}?" if item.optional else item.code for item in items)


def fault_in(items: Sequence[Written], needed: int | None) -> Text | None:
    """Why so many cannot be needed of these items; None if it is fine.

    Without a number the required items are needed, or all where none is required.
    """
    if needed is None:
        return None
    required = sum(not item.optional for item in items)
    if needed > len(items):
        return _n(
            "The number needed is {needed}, and {count} course is named. Name more courses, or a "
            "smaller number.",
            "The number needed is {needed}, and {count} courses are named. Name more courses, or "
            "a smaller number.",
            len(items),
            needed=needed,
        )
    if needed < max(required, 1):
        return _(
            "The number needed is {needed}, and more courses than that have no ?. Put ? after "
            "those of which some may be left out.",
            needed=needed,
        )
    return None


def _item(part: str) -> Written:
    code = part.strip()
    plain = code.rstrip(OPTIONAL).rstrip()
    return Written(plain, optional=plain != code)
