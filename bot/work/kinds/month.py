"""The director's month: read, drawn, stored, and told as one picture."""

from __future__ import annotations

from typing import Any

from bot.campaigns import monthly
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.models.system import Blob
from bot.reports.month import MONTH
from bot.reports.registry import MadeFile
from bot.work.kinds.report import language_of
from bot.work.queue import Job, Workshop, worker


@worker("month")
def make(workshop: Workshop, job: Job) -> None:
    """The picture of `month` for `person`, in their language; told once, however often begun."""
    person_id = job.params["person"]
    actor = Actor(person_id=person_id)
    with workshop.database.transaction(readonly=True) as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        language = language_of(ctx, person_id)
        data = MONTH.read(ctx, job.params)
    (picture,) = MONTH.files(data, language)
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        _tell(ctx, job, picture)


def _tell(ctx: Ctx, job: Job, picture: MadeFile) -> None:
    month, person_id = job.params["month"], job.params["person"]
    key = monthly.key_of(person_id, month)
    if outbox.is_told(ctx, key):
        return
    blob = Blob(name=picture.name, mime=picture.mime, content=picture.content, made_at=ctx.now())
    ctx.session.add(blob)
    ctx.session.flush()
    params: dict[str, Any] = {"blob": blob.id, "month": month}
    outbox.tell(ctx, monthly.MONTH_PICTURE, person_id, params, key=key)
