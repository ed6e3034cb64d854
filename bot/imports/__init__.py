"""Tables that people send: checked whole, staged, taken in one step, and undone if need be.

Each kind of table is registered by the room it belongs to. `docs/imports.md` says what a
clerk may send.
"""

from bot.imports.applying import apply, undo
from bot.imports.checking import Report, check, original_of, report_of
from bot.imports.exporting import export
from bot.imports.hooks import Applied, after_apply
from bot.imports.kinds import KINDS, register
from bot.imports.plan import Counts
from bot.models.imports import RunState, Verdict

__all__ = [
    "KINDS",
    "Applied",
    "Counts",
    "Report",
    "RunState",
    "Verdict",
    "after_apply",
    "apply",
    "check",
    "export",
    "original_of",
    "register",
    "report_of",
    "undo",
]
