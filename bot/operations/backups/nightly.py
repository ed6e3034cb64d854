"""The nightly backup, made by the worker process."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import delete

from bot import policy
from bot.context import SYSTEM, Ctx
from bot.delivery import alarms, outbox
from bot.errors import Refusal
from bot.i18n import render
from bot.models.system import Blob, Heartbeat
from bot.operations.backups import making
from bot.operations.backups.writing import BACKUP_MIME
from bot.scheduler import watched
from bot.scheduler.jobs.backup import BACKUP_MADE, KIND
from bot.work.queue import Job, Workshop, worker

log = logging.getLogger(__name__)

MOST_FOR_CHAT = 50 * 1024 * 1024


@worker(KIND)
def make_nightly(workshop: Workshop, _job: Job) -> None:
    """Make it, keep the last fourteen, give it to the alert chat if the unit wishes.

    What fails for a reason the operator can mend is told them; a bug passes through.
    """
    file = making.nightly_file(workshop.clock, workshop.settings)
    try:
        size = making.make(workshop.database, workshop.clock, workshop.settings, file)
        making.prune(file.parent)
    except Refusal as refusal:
        _failed(workshop, render(refusal.sentence, "en"))
    except OSError as error:
        log.exception("the nightly backup failed")
        _failed(workshop, f"{file.parent} cannot be written: {error.strerror or 'disk error'}.")
    else:
        _note(workshop, file, size)


def _failed(workshop: Workshop, reason: str) -> None:
    with workshop.database.transaction() as session:
        alarms.backup_failed(Ctx(session, workshop.clock, SYSTEM, workshop.settings), reason)


def _note(workshop: Workshop, file: Path, size: int) -> None:
    chat = workshop.settings.alert_chat
    with workshop.database.transaction(readonly=True) as session:
        wished = chat is not None and policy.value(session, "backup_to_chat") == "on"
    content = file.read_bytes() if wished and size <= MOST_FOR_CHAT else None
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, SYSTEM, workshop.settings)
        session.merge(Heartbeat(name=watched.BACKUP_MADE, at=ctx.now()))
        session.execute(delete(Blob).where(Blob.mime == BACKUP_MIME))
        if not wished or chat is None:
            return
        params: dict[str, object] = {"size": size, "file": file.name}
        if content is not None:
            blob = Blob(name=file.name, mime=BACKUP_MIME, content=content, made_at=ctx.now())
            session.add(blob)
            session.flush()
            params["blob"] = blob.id
        outbox.tell_account(ctx, BACKUP_MADE, chat, params, key=f"backup:{file.name}")
