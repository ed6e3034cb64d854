"""Making a backup: anonymous answers shuffled first, then one snapshot written to a file."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pyrage.x25519 import Recipient

from bot.calendar import local_date
from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.evaluation import anonymous
from bot.evaluation.wiping import NotWiped
from bot.i18n import _
from bot.operations.backups import sealing
from bot.operations.backups.writing import NotShuffled, Pieces, packed_lines

KEPT = 14
MOST_TRIES = 5
NIGHTLY = re.compile(r"rollcall-\d{4}-\d{2}-\d{2}\.age")


def make(
    database: Database, clock: Clock, settings: Settings, file: Path, *, plain: bool = False
) -> int:
    """Write a backup to `file`, which appears only once it is whole; its size in bytes.

    Sealed for ROLLCALL_BACKUP_RECIPIENT, unless `plain`. Refuses to write without a
    recipient what anybody could read.
    """
    if not plain and not settings.backup_recipient:
        raise Refusal(
            _(
                "ROLLCALL_BACKUP_RECIPIENT is not set, so that anybody who finds the backup could "
                "read every name and answer in it. docs/backup.md shows how to make a key. "
                "--plain writes it all the same."
            )
        )
    to = None if plain else sealing.recipient(settings.backup_recipient)
    rewritten = _write_shuffled(database, clock, settings, file, to)
    if rewritten:
        _wipe(database)
    return file.stat().st_size


def folder(settings: Settings) -> Path:
    """Where the nightly backups lie: beside the database, on PostgreSQL under `data`."""
    base = settings.sqlite_path.parent if settings.sqlite_path is not None else Path("data")
    return base / "backups"


def nightly_file(clock: Clock, settings: Settings) -> Path:
    """Tonight's file, named after the date where the installation is."""
    today = local_date(clock.now(), settings.timezone)
    return folder(settings) / f"rollcall-{today.isoformat()}.age"


def prune(directory: Path) -> None:
    """Delete all nightly backups but the last fourteen; other files stay."""
    nightly = sorted(file for file in directory.iterdir() if NIGHTLY.fullmatch(file.name))
    for old in nightly[:-KEPT]:
        old.unlink()


def _write_shuffled(
    database: Database, clock: Clock, settings: Settings, file: Path, to: Recipient | None
) -> bool:
    """Shuffle and take the snapshot at once, again if an answer slipped in between.

    Whether rows were rewritten, so that the files have to be wiped.
    """
    rewritten = False
    for _try in range(MOST_TRIES):
        with database.transaction() as session:
            if anonymous.shuffle(Ctx(session, clock, SYSTEM, settings)):
                anonymous.ask_for_wipe(session)
                rewritten = True
        with suppress(NotShuffled), _appearing_whole(file) as target:
            _pour(Pieces(packed_lines(database, clock.now())), target, to)
            return rewritten
    raise Refusal(_("Anonymous answers come in too fast for a backup. Make it in a quieter hour."))


def _pour(pieces: Pieces, target: BinaryIO, to: Recipient | None) -> None:
    if to is None:
        shutil.copyfileobj(pieces, target)
    else:
        sealing.seal(pieces, target, to)


def _wipe(database: Database) -> None:
    """The backup itself holds no old rows: a wipe that has to wait does not hold it up."""
    try:
        anonymous.scrub(database.engine)
    except NotWiped:
        with database.transaction() as session:
            anonymous.ask_for_wipe(session)


@contextmanager
def _appearing_whole(file: Path) -> Iterator[BinaryIO]:
    """A file to write that only its owner may read; it gets its name once it is on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = file.with_name(f"{file.name}.part")
    begun.unlink(missing_ok=True)
    try:
        opened = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        begun.replace(file)
        _remember_name(file.parent)
    finally:
        begun.unlink(missing_ok=True)


def _remember_name(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
