"""Forms written as Markdown tables: the first column names the sheet, as pyxform reads them."""

from __future__ import annotations

import re

from bot.forms.workbook import RawSheet, UnreadableWorkbook
from bot.i18n import _

_SEPARATOR = re.compile(r"\|?[\s|:\-]+\|?")
_PIPE = re.compile(r"(?<!\\)\|")


def read_markdown(data: bytes) -> list[RawSheet]:
    """The sheets of a Markdown file; raises UnreadableWorkbook for any other text."""
    text = _decoded(data)
    sheets: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    rows: list[tuple[int, tuple[str, ...]]] | None = None
    for line in text.splitlines():
        row = line.strip()
        if not row.startswith("|") or _SEPARATOR.fullmatch(row):
            continue
        first, *cells = (cell.strip().replace("\\|", "|") for cell in _split(row))
        if first:
            rows = sheets.setdefault(first, [])
        if rows is not None and any(cells):
            rows.append((len(rows) + 1, tuple(cells)))
    if not sheets:
        raise _no_table(text)
    return list(sheets.items())


def _split(row: str) -> list[str]:
    return _PIPE.split(row.removeprefix("|").removesuffix("|"))


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or "\x00" in text:
        raise UnreadableWorkbook(
            "not_a_workbook",
            _("This file is no workbook. Save the form as an Excel workbook (.xlsx)."),
        )
    return text


def _no_table(text: str) -> UnreadableWorkbook:
    if "<html" in text[:1000].lower() or "<?xml" in text[:100]:
        return UnreadableWorkbook(
            "not_a_workbook",
            _("This file is a page and no workbook. Save the form as an Excel workbook (.xlsx)."),
        )
    if any(sign in text.partition("\n")[0] for sign in ",;\t"):
        return UnreadableWorkbook(
            "csv_file",
            _(
                "This is a CSV file, which has one sheet only. A form needs the sheets survey, "
                "choices and settings: save it as an Excel workbook (.xlsx)."
            ),
        )
    return UnreadableWorkbook(
        "not_a_workbook",
        _("This file is no workbook. Save the form as an Excel workbook (.xlsx)."),
    )
