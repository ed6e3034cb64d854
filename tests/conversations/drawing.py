"""What a phone showed, as lines of a transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r"start=[\w-]{16,}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one phone showed: a toast or a message, in lines."""

    name: str
    is_toast: bool
    lines: list[str]


def drawn(name: str, event: dict[str, Any]) -> list[str]:
    """The lines of a message that was sent or edited: words, file, buttons."""
    message = event["message"]
    mark = "≈" if event["type"] == "edit" else "<"
    first, *others = TOKEN.sub("start=(token)", message["text"]).split("\n")
    file = message.get("document") or message.get("photo")
    lines = [f"    {name} {mark} {first}".rstrip(), *(f"        {words}" for words in others)]
    if file:
        lines.append(f"        (file {file['name']})")
    for row in message["rows"]:
        lines.append("        " + " ".join(f"[{button['text']}]" for button in row))
    return [line.rstrip() for line in lines]
