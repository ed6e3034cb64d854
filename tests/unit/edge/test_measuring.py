"""How large a picture is that somebody sent, whatever the file holds."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from handlers.edge.measuring import long_side


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    content = io.BytesIO()
    Image.new("L", (width, height)).save(content, kind)
    return content.getvalue()


HUGE = picture(8, 8)[:16] + struct.pack(">II", 60_000, 60_000) + picture(8, 8)[24:]


@pytest.mark.parametrize(
    ("name", "content", "side"),
    [
        ("a.png", picture(30, 20), 30),
        ("A.JPG", picture(20, 40, "JPEG"), 40),
        ("wrong ending.webp", picture(7, 9), 9),
        ("list.xlsx", picture(30, 20), 0),
        ("no picture.png", b"words", 0),
        ("empty.png", b"", 0),
        ("cut.png", picture(30, 20)[:20], 0),
        ("huge.png", HUGE, 0),
    ],
)
def test_long_side__any_file__is_the_longer_one_or_nought(
    name: str, content: bytes, side: int
) -> None:
    assert long_side(name, content) == side
