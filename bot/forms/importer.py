"""XLSForm in: a workbook becomes a definition, or a list of everything that is wrong with it.

Our own checks come first, because they find all faults at once and speak the reader's
language. What they pass is then converted by pyxform, the standard's own converter, which
has the last word: what it refuses would not open in Kobo or ODK Collect either. The
definition is made from the checked rows, not from pyxform's private result, which its
authors change without notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Fault, Severity
from bot.forms.assembly import assemble
from bot.forms.checks.all_checks import run_checks
from bot.forms.compiled import compiled
from bot.forms.definition import FormDefinition
from bot.forms.draft import Draft, draft_of
from bot.forms.second_opinion import objection
from bot.forms.workbook import UnreadableWorkbook, Workbook, read_workbook
from bot.i18n import SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """A definition, or None and the faults that refuse it; warnings may come with both."""

    definition: FormDefinition | None
    faults: tuple[Fault, ...]

    @property
    def refusals(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is Severity.REFUSED)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)


def import_form(
    source: Path | bytes | str, name: str = "", language: str = SOURCE_LANGUAGE
) -> ImportedForm:
    """Read and check a form: an .xlsx or .xls file or its bytes, or Markdown as text.

    `name` becomes the form's id where the workbook gives none; words in columns without a
    language are taken to be in `language` where the workbook does not say. Never raises for
    what is in the file.
    """
    try:
        workbook = read_workbook(source)
    except UnreadableWorkbook as unreadable:
        return ImportedForm(None, (unreadable.fault,))
    draft = draft_of(workbook, language)
    faults = (*workbook.faults, *run_checks(draft))
    if any(fault.severity is Severity.REFUSED for fault in faults):
        return ImportedForm(None, faults)
    return _converted(workbook, draft, faults, name or _stem(source))


def _converted(
    workbook: Workbook, draft: Draft, faults: tuple[Fault, ...], name: str
) -> ImportedForm:
    fault = objection(workbook, draft)
    if fault is not None:
        return ImportedForm(None, (*faults, fault))
    definition = assemble(draft, name)
    compiled(definition)
    return ImportedForm(definition, faults)


def _stem(source: Path | bytes | str) -> str:
    stem = source.stem if isinstance(source, Path) else ""
    return re.sub(r"[^\w\-]+", "_", stem).strip("_")
