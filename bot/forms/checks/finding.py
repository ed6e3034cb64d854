"""How a check points at a cell."""

from __future__ import annotations

from bot.errors import Fault, Severity
from bot.forms.draft import Row, Table
from bot.i18n import Text


def at(table: Table, row: Row, field: str, code: str, sentence: Text) -> Fault:
    """A fault that refuses the form, at the cell of `field` in this row."""
    return Fault(sentence, table.name, row.number, table.heading(field), Severity.REFUSED, code)


def warning(table: Table, row: Row, field: str, code: str, sentence: Text) -> Fault:
    """A finding that does not stop the form."""
    return Fault(sentence, table.name, row.number, table.heading(field), Severity.WARNING, code)
