"""Checks that read the whole database, and so may not come to an end in their time."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.operations.checks.registry import FINE, Finding, check, wrong
from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable

SECONDS = 5.0
RESTORE = "Stop Rollcall, keep a copy of the file, and restore the last backup: rollcall restore"


@check("database file")
def database_file(patient: Patient) -> Finding:
    """SQLite's own quick check."""
    if not patient.settings.is_sqlite:
        return FINE
    try:
        with patient.reading(SECONDS) as session:
            said = session.execute(text("PRAGMA quick_check(1)")).scalar()
    except DBAPIError as error:
        if "interrupted" in str(error.orig):
            raise Unavailable("The database is too large for a check in passing.") from None
        return wrong(f"The database file is damaged. {RESTORE}")
    return FINE if said == "ok" else wrong(f"The database file is damaged. {RESTORE}")


@check("database links")
def database_links(patient: Patient) -> Finding:
    """No row names another that is not there."""
    if not patient.settings.is_sqlite:
        return FINE
    with patient.reading(SECONDS) as session:
        lost = session.execute(text("PRAGMA foreign_key_check")).first()
    if lost is None:
        return FINE
    return wrong(f"Rows of table {lost[0]} belong to rows that are not there. {RESTORE}")
