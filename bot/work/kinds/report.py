"""Reports: read in a short transaction, drawn outside any, stored and told in another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.models.chats import Chat
from bot.models.people import Person
from bot.models.system import Blob
from bot.people import directory
from bot.reports.registry import REPORTS, WHOLE, MadeFile
from bot.work.queue import Job, Workshop, worker
from bot.work.telling import REPORT_FILE, REPORT_READY


@worker("report")
def make(workshop: Workshop, job: Job) -> None:
    """Make report `report` with `params` for who asked, in the language they read."""
    report = REPORTS[job.params["report"]]
    with workshop.database.transaction(readonly=True) as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        language = language_of(ctx, job.requested_by)
        data = report.read(ctx, {**job.params["params"], WHOLE: True})
    count = len(report.screens(data))
    files = report.files(data, language)
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        _tell(ctx, job, count, files)


def _tell(ctx: Ctx, job: Job, count: int, files: tuple[MadeFile, ...]) -> None:
    """The words, then the pictures, then the workbook, each a message of its own."""
    assert job.requested_by is not None
    for part in range(count):
        params: dict[str, Any] = {**job.params, "part": part}
        key = job.key if part == 0 else None
        outbox.tell(ctx, REPORT_READY, job.requested_by, params, key=key)
    for file in files:
        blob = Blob(name=file.name, mime=file.mime, content=file.content, made_at=ctx.now())
        ctx.session.add(blob)
        ctx.session.flush()
        params = {"blob": blob.id, "kind": file.kind.value}
        outbox.tell(ctx, REPORT_FILE, job.requested_by, params)


def language_of(ctx: Ctx, person_id: int | None) -> str:
    """The language in which somebody reads what is made for them."""
    person = ctx.session.get(Person, person_id)
    chat = ctx.session.scalars(select(Chat).where(Chat.person_id == person_id)).first()
    return directory.language_of(person, chat, ctx.settings)
