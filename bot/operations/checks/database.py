"""Checks of the database as a whole: there, of the right version, where it belongs."""

from __future__ import annotations

from sqlalchemy import inspect, text

from bot import policy
from bot.calendar import local_date
from bot.db import Database
from bot.forms import library_sync
from bot.i18n import SOURCE_LANGUAGE, render
from bot.migrate import newest
from bot.models.system import Instance
from bot.operations import copies
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable


@check("database")
def database(patient: Patient) -> Finding:
    path = patient.settings.sqlite_path
    if path is not None and not path.is_file():
        return wrong(
            f"There is no database at {path}. `rollcall run` makes it; if there should be one, "
            "correct ROLLCALL_DATABASE_URL or restore a backup."
        )
    try:
        with patient.reading():
            return FINE
    except Unavailable as silence:
        remedy = "Start the database server, or correct ROLLCALL_DATABASE_URL."
        if path is not None:
            remedy = "End what holds it; if that does not help, restore the last backup."
        return wrong(f"{silence.sentence} {remedy}")


@check("database version")
def database_version(patient: Patient) -> Finding:
    with patient.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return wrong("The database holds no tables of Rollcall yet: rollcall migrate")
        stored = str(session.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if stored == newest():
        return FINE
    if stored < newest():
        return wrong(
            f"The database is of version {stored}, the program of {newest()}. Stop Rollcall, "
            "then: rollcall migrate"
        )
    return wrong(
        f"The database is of version {stored}, newer than the program ({newest()}). Update the "
        "program: git pull && make install"
    )


@check("database held")
def database_held(patient: Patient) -> Finding:
    with patient.reading() as session:
        instance = session.get(Instance, 1)
    if instance is None or not instance.held:
        return FINE
    return wrong(render(copies.HELD, SOURCE_LANGUAGE))


@check("database copied")
def database_copied(patient: Patient) -> Finding:
    """It stands where it was last released; the next start would hold it otherwise."""
    with patient.reading() as session:
        place = Database(patient.settings.database_url)
        copied = copies.is_copy(place, session)
        place.close()
    if not copied:
        return FINE
    return wrong(
        "This database is a copy, and will be held when Rollcall starts. If the one it was "
        "copied from does not run any more: rollcall release"
    )


@check("questionnaires")
def questionnaires(patient: Patient) -> Finding:
    with patient.reading() as session:
        published = library_sync.is_published(session)
    if published:
        return FINE
    return wrong(
        "The questionnaires that come with this version are not in the database: rollcall migrate"
    )


@check("go live")
def go_live(patient: Patient) -> Finding:
    with patient.reading() as session:
        first = policy.go_live(session)
    if first <= local_date(patient.now(), patient.settings.timezone):
        return FINE
    return warning(
        f"Nothing is asked or reminded for dates before {first:%Y-%m-%d}, which is still to come. "
        "If that is not wanted, change it in the chat: Settings, in the unit's menu."
    )
