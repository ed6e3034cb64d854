"""Makes botapi.json from a full description of the Bot API: names, types and what is required.

Run as `python -m bot.sandbox.extract_botapi api.json`, when a new Bot API version is taken in.
The descriptions, which are Telegram's documentation, stay out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("botapi.json")
LICENCE = "Extracted from aiogram's schema of the Bot API. MIT, (c) 2017-present Alex Root Junior."


def extract(source: dict[str, Any]) -> str:
    """The compact table as JSON text, one method or type a line."""
    lines = [f'"version":{json.dumps(source["version"])}', f'"licence":{json.dumps(LICENCE)}']
    methods = {name: _fields(entry) for name, entry in source["methods"].items()}
    types = {name: _type(entry) for name, entry in source["types"].items()}
    lines += [_section("methods", methods), _section("types", types)]
    return "{" + ",\n".join(lines) + "}\n"


def _type(entry: dict[str, Any]) -> dict[str, str] | list[str]:
    return list(entry["subtypes"]) if entry.get("subtypes") else _fields(entry)


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    return {
        field["name"]: "|".join(field["types"]) + ("!" if field["required"] else "")
        for field in entry.get("fields", [])
    }


def _section(name: str, entries: dict[str, Any]) -> str:
    rows = (f"{json.dumps(key)}:{_compact(value)}" for key, value in sorted(entries.items()))
    return f'"{name}":{{\n' + ",\n".join(rows) + "}"


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    TABLE.write_text(extract(json.loads(Path(sys.argv[1]).read_text("utf-8"))), "utf-8")
