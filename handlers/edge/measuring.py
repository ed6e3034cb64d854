"""How large a picture is, read from the first bytes of the file that was sent."""

from __future__ import annotations

import io

from PIL import Image

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff")


def long_side(name: str, content: bytes) -> int:
    """The longer side in pixels; 0 for what is no picture, or cannot be read as one.

    Nothing is unpacked: a file that says it is huge costs no more than another.
    """
    if not name.lower().endswith(ENDINGS):
        return 0
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return int(max(picture.size))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0
