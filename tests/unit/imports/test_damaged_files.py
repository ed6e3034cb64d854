"""Files damaged anywhere are refused or read; never does one of them end in an error of ours."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

import bot.people.roster_import  # noqa: F401  (registers the kind)
from bot.imports import KINDS, opening, reading
from bot.imports.findings import Findings, Unreadable
from tests.bad_files.building import book, text

HEADER = ("staff_no", "full_name", "unit", "phone")
ROW = ("00201", "Dara Sok", "Meru Port", "012345678")
FILES = (book(HEADER, ROW)(), text(",".join(HEADER), ",".join(ROW))())


@pytest.mark.parametrize("seed", range(150))
def test_damaged__bytes_changed_lost_and_added__read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    for content in FILES:
        outcome(damaged(content, chance))
    outcome(with_damaged_member(FILES[0], chance))


def test_damaged__cells_far_outside_what_the_sheet_says__refused_before_reading() -> None:
    def far(member: str, content: bytes) -> bytes:
        return content.replace(b'r="D2"', b'r="XFD1048576"') if "sheet1" in member else content

    assert outcome(rewritten(FILES[0], far)) == "too-large"


def test_damaged__sheet_part_missing__refused() -> None:
    def elsewhere(member: str, content: bytes) -> bytes:
        return content.replace(b"sheet1.xml", b"sheet9.xml") if "rels" in member else content

    assert outcome(rewritten(FILES[0], elsewhere)) == "workbook-broken"


def outcome(content: bytes) -> str:
    """The code of the fault for which a file cannot be read at all, or nothing."""
    found = Findings()
    try:
        sheet = opening.open_table(content, KINDS["people"], found)
        reading.records(sheet, KINDS["people"], found)
    except Unreadable as unreadable:
        return unreadable.fault.code
    return ""


def damaged(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    length = chance.randrange(1, 20)
    return chance.choice(
        (
            content[:place],
            content[:place] + content[place + length :],
            content[:place] + chance.randbytes(length) + content[place:],
            content[:place] + chance.randbytes(length) + content[place + length :],
        )
    )


def with_damaged_member(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        victim = chance.choice(packed.namelist())
    return rewritten(
        content, lambda member, inside: damaged(inside, chance) if member == victim else inside
    )


def rewritten(content: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    """The archive with every member as `change` makes it, and check sums that fit."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            new.writestr(member, change(member, old.read(member)))
    return target.getvalue()
