"""What every desk hands out, whichever library it is written with."""

from __future__ import annotations

import base64

PAPER = bytes(range(256)) * 8
NAME = "Hesabat ğış ៣.txt"
CAPTION = "The list, ready"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MENU = (("start", "Begin"), ("papers", "Send me the papers"))
