"""Checks that read the whole database, and so may not come to an end in their time."""

from __future__ import annotations

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.evaluation import wiping
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
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


@check("old answers")
def old_answers(patient: Patient) -> Finding:
    """PostgreSQL writes what changes into a log of its own, which it may keep for long."""
    with patient.reading() as session:
        bind = session.get_bind()
        assert isinstance(bind, Engine)
        reasons = wiping.kept_in_log(bind)
    if not reasons:
        return FINE
    return warning(
        "PostgreSQL keeps, in its own log, answers of nameless questionnaires as they were being "
        f"given ({'; '.join(reasons)}). docs/anonymity.md says what to set."
    )
