"""Workbooks unpacked with care before any reader opens them: how much they hold, and what."""

from __future__ import annotations

import io
import re
import zipfile

from bot.i18n import _
from bot.imports.findings import Unreadable
from bot.imports.limits import MOST_MEMBERS, MOST_UNPACKED, unpacks_too_large

BLOCK = 1 << 20
OVERLAP = 16
NEEDED = re.compile(r"(?:xl/|_rels/|docProps/|\[Content_Types\]).*?\.(?:xml|rels)|_rels/\.rels")
ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]*)""")
PLAIN_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


def unpacked(content: bytes) -> bytes:
    """The workbook's own documents as an archive that is not compressed; pictures are left out.

    Whatever sizes the archive states, no more than the limit is unpacked, and every reader
    that is given the result sees the same. Refuses declarations (which may name files or
    grow without end) and encodings in which they could hide.
    """
    target = io.BytesIO()
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(target, "w") as plain:
        names = packed.namelist()
        if len(names) > MOST_MEMBERS:
            raise unpacks_too_large()
        for name in dict.fromkeys(names):
            if NEEDED.fullmatch(name):
                left -= _copy(packed, plain, name, left)
    return target.getvalue()


def _copy(packed: zipfile.ZipFile, plain: zipfile.ZipFile, name: str, most: int) -> int:
    """Copy one document block by block; its size."""
    size, tail = 0, b""
    if packed.getinfo(name).file_size > most:
        raise unpacks_too_large()
    with packed.open(name) as source, plain.open(name, "w") as copy:
        while block := source.read(BLOCK):
            _refuse_declarations(tail + block, is_first=not size)
            size += len(block)
            tail = block[-OVERLAP:]
            copy.write(block)
    return size


def _refuse_declarations(block: bytes, *, is_first: bool) -> None:
    declared = ENCODING.search(block[:400]) if is_first else None
    strange = declared is not None and declared[1].lower() not in PLAIN_ENCODINGS
    if strange or b"\0" in block or b"<!DOCTYPE" in block or b"<!ENTITY" in block:
        raise Unreadable(
            "declarations",
            _(
                "The workbook holds declarations that no spreadsheet writes. Open it in the "
                "spreadsheet, save it again as .xlsx and send that file."
            ),
        )
