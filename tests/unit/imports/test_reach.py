"""How far a sheet reaches, whether its cells are where they mostly are or not."""

from __future__ import annotations

import pytest

from bot.imports.reach import Reach, reach_of


@pytest.mark.parametrize(
    ("cells", "reach"),
    [
        ((), (0, 0)),
        (("A1", "S1", "A4821", "B4821"), (4821, 19)),
        (("A1", "C1", "B4822", "A4821"), (4822, 3)),
        (("A1", "A10000", "B9999"), (10_000, 2)),
        (("A99", "B100", "A99"), (100, 2)),
        (("A1", "B007", "A8"), (8, 2)),
        (("Z1", "AA2", "B3"), (3, 27)),
        (("AZ1", "BA1", "A1"), (1, 53)),
    ],
)
def test_reach__last_cell_and_widest__found(cells: tuple[str, ...], reach: Reach) -> None:
    assert reach_of(_sheet(*(f'<c r="{place}"/>' for place in cells))) == reach


@pytest.mark.parametrize(
    ("far", "reach"),
    [
        ("T2", (4821, 20)),
        ("A4822", (4822, 19)),
        ("AA2", (4821, 27)),
        ("A10000", (10_000, 19)),
        ("XFD1048576", (1_048_576, 16_384)),
    ],
)
def test_reach__one_cell_outside_behind_many__found(far: str, reach: Reach) -> None:
    many = [f'<c r="{letter}{row}"/>' for row in range(1, 4822) for letter in "ABS"]
    many.insert(-9, f'<c r="{far}"/>')
    assert reach_of(_sheet(*many)) == reach


@pytest.mark.parametrize("cell", ["<c r='D9'/>", '<c s="1" r="D9"/>', '<c  r="D9"/>'])
def test_reach__place_said_in_another_way__found(cell: str) -> None:
    assert reach_of(_sheet('<c r="A1"/>', cell, '<c r="B2"/>')) == (9, 4)


def _sheet(*cells: str) -> bytes:
    return f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>".encode()
