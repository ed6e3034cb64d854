"""Numbers in buttons are read in one place, which knows what a client may send."""

from __future__ import annotations

import re
from pathlib import Path

HANDLERS = Path(__file__).parents[2] / "handlers"
READER = HANDLERS / "common" / "numbers.py"
BY_HAND = re.compile(r"\.isdigit\(|\.isdecimal\(|\bint\((?!submission\.|held\.|draft_id)")


def test_conversations__read_no_number_by_hand() -> None:
    found = [
        f"{path.relative_to(HANDLERS)}: {line.strip()}"
        for path in sorted(HANDLERS.rglob("*.py"))
        if path != READER and "edge" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if BY_HAND.search(line)
    ]
    assert found == []
