"""QR codes that a phone's camera reads from a printed card."""

from __future__ import annotations

import segno

QUIET_ZONE = 4


def qr_svg(text: str) -> str:
    """A QR code of `text` as an SVG drawing, with the white border cameras need.

    Medium error correction: a code with a seventh of it dirty is still read.
    """
    code = segno.make_qr(text, error="m")
    drawing: str = code.svg_inline(border=QUIET_ZONE, omitsize=True, light="white")
    return drawing
