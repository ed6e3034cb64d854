"""The Node libraries are pinned whole, and from nowhere in particular."""

from __future__ import annotations

import json

from scripts.node_clients import PINS

LOCK = json.loads((PINS / "package-lock.json").read_text("utf-8"))
ASKED = json.loads((PINS / "package.json").read_text("utf-8"))["dependencies"]


def test_lock__every_package__has_a_hash_and_no_address() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_lock__what_is_asked_for__is_what_is_pinned() -> None:
    pinned = {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in ASKED}
    assert pinned == ASKED
