"""Telling a copied database from the one it was copied from, so that two never send the same.

A database knows its place. For SQLite that is a file beside it, `<name>.instance`, which holds
the instance id; for PostgreSQL it is the server and the database. A database in another place
than it knows is a copy, and is held.
"""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from bot.db import Database
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.system import Instance

log = logging.getLogger(__name__)

MACHINE = Path("/etc/machine-id")
HELD = _(
    "This database is a copy, or was restored from a backup. It is held: it fetches, answers and "
    "sends nothing. If the one it was copied from does not run any more, write: rollcall release"
)


def check(database: Database) -> Text | None:
    """Hold the database if it is a copy; the sentence to say if it is held.

    One that does not know its place yet learns it here: a new one, and once one of an
    older Rollcall.
    """
    with database.transaction() as session:
        instance = session.get(Instance, 1)
        if instance is None:
            return None
        if not instance.place:
            settle(database, session, instance)
        elif not instance.held and not _is_at_home(database, session, instance):
            instance.held = True
            log.warning("this database is a copy and is held")
        return HELD if instance.held else None


def is_copy(database: Database, session: Session) -> bool:
    """Whether it stands in another place than it knows; nothing is written."""
    instance = session.get(Instance, 1)
    if instance is None or not instance.place:
        return False
    return not _is_at_home(database, session, instance)


def refuse_if_held(database: Database) -> None:
    """Refuse to go on with a database that is held."""
    with database.transaction(readonly=True) as session:
        instance = session.get(Instance, 1)
        if instance is not None and instance.held:
            raise Refusal(HELD)


def settle(database: Database, session: Session, instance: Instance) -> None:
    """From now on, the place where the database is now is its own."""
    file = _file_beside(database)
    if file is not None:
        file.unlink(missing_ok=True)
        file.write_text(f"{instance.instance_id}\n", "ascii")
    instance.place = _place(database, session)


def _is_at_home(database: Database, session: Session, instance: Instance) -> bool:
    file = _file_beside(database)
    if file is None:
        return _place(database, session) == instance.place
    try:
        beside = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False
    known = set(instance.place.split())
    return beside == instance.instance_id and bool(known.intersection(_marks(file)))


def _place(database: Database, session: Session) -> str:
    file = _file_beside(database)
    if file is not None:
        return " ".join(_marks(file))
    query = (
        "SELECT system_identifier::text, oid::text FROM pg_control_system(), pg_database "
        "WHERE datname = current_database()"
    )
    return "/".join(session.connection().execute(text(query)).one())


def _marks(file: Path) -> tuple[str, str]:
    """Either stays when the other changes: the file's number when the folder is moved or seen
    under another path, machine and path when a file system numbers its files anew.
    """
    machine = MACHINE.read_text("utf-8").strip() if MACHINE.is_file() else ""
    named = f"{machine} {file.resolve()}"
    return f"file:{os.stat(file).st_ino}", f"path:{hashlib.sha256(named.encode()).hexdigest()}"


def _file_beside(database: Database) -> Path | None:
    """None on PostgreSQL."""
    name = database.engine.url.database
    return Path(f"{name}.instance") if database.is_sqlite and name else None
