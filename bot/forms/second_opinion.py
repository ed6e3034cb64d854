"""What pyxform, the converter of the XLSForm standard, thinks of a workbook that we would take.

Columns and settings of our own are left out, since the standard does not know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.errors import Fault
from bot.forms.definition import RULE_SETTINGS
from bot.forms.draft import Draft, Table
from bot.forms.headings import Heading
from bot.forms.workbook import Sheet, Workbook
from bot.i18n import _

OURS = frozenset({"score", "correct", "report_tag", "anonymous", "fields", *RULE_SETTINGS})
_ROW = re.compile(r"\[row : (\d+)\]\s*")


def objection(workbook: Workbook, draft: Draft) -> Fault | None:
    """The fault pyxform finds, with its row and in its own words; None if it converts."""
    from pyxform.errors import PyXFormError

    try:
        _convert(_as_pyxform_reads(workbook, draft))
    except PyXFormError as error:
        return _fault(str(error))
    except Exception as error:  # noqa: BLE001 - a converter's own bug is a refusal, no traceback
        return _fault(f"{type(error).__name__}: {error}")
    return None


def _convert(workbook: dict[str, Any]) -> None:
    """The steps of pyxform's own convert, without the file that one leaves for a moment."""
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    read = get_xlsform(workbook)
    made = workbook_to_json(read, fallback_form_name=read.fallback_form_name, warnings=[])
    create_survey_element_from_dict(made)._to_ugly_xml()


def _fault(said: str) -> Fault:
    place = _ROW.search(said)
    words = _ROW.sub("", said).strip()
    sheet = "choices" if "'choices' sheet" in said else "settings" if "settings" in said else ""
    return Fault(
        _("The XLSForm converter refuses this: {words}", words=words),
        sheet=sheet or "survey",
        row=int(place[1]) if place else None,
        code="pyxform",
    )


def _as_pyxform_reads(workbook: Workbook, draft: Draft) -> dict[str, Any]:
    tables = {"survey": draft.survey, "choices": draft.choices, "settings": draft.settings}
    read: dict[str, Any] = {"sheet_names": list(workbook.sheets), "fallback_form_name": "form"}
    for name, sheet in workbook.sheets.items():
        headings = list(_standard(tables[name]))
        read[name] = list(_rows(sheet, headings))
        read[f"{name}_header"] = [{heading: None for _place, heading in headings}]
    return read


def _standard(table: Table) -> Iterator[tuple[int, str]]:
    for place, heading in enumerate(table.headings):
        if heading.written and not _is_ours(heading):
            yield place, heading.written


def _is_ours(heading: Heading) -> bool:
    return heading.field in OURS or (heading.field == "form_title" and bool(heading.language))


def _rows(sheet: Sheet, headings: list[tuple[int, str]]) -> Iterator[dict[str, str]]:
    """Rows from number 2 on, empty ones included, so that pyxform counts as the sheet does."""
    number = 2
    for line in sheet.lines:
        while number < line.number:
            yield {}
            number += 1
        yield {
            heading: line.cells[place]
            for place, heading in headings
            if place < len(line.cells) and line.cells[place]
        }
        number += 1
