"""Files that somebody sent to be imported: checked, applied, undone."""

from __future__ import annotations

from sqlalchemy import select

from bot import imports
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.i18n import LANGUAGES
from bot.imports import Report, RunState
from bot.models.chats import Chat
from bot.models.system import Blob
from bot.reports.faulty_workbook import colour_faults
from bot.reports.registry import XLSX
from bot.work.queue import Job, Workshop, worker
from bot.work.telling import IMPORT_CHECKED, IMPORT_DONE, IMPORT_FAULTS


@worker("import_check")
def check(workshop: Workshop, job: Job) -> None:
    """Check the stored file `blob` as `import_kind`; the result goes to who asked."""
    with workshop.database.transaction(readonly=True) as session:
        blob = session.get_one(Blob, job.params["blob"])
        name, content = blob.name, blob.content
    report = imports.check(
        workshop.database,
        workshop.clock,
        workshop.settings,
        job.params["import_kind"],
        name,
        content,
        blob_id=job.params["blob"],
    )
    coloured = _coloured(workshop, job, report, content)
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, _actor(job), workshop.settings)
        assert job.requested_by is not None
        outbox.tell(ctx, IMPORT_CHECKED, job.requested_by, {"run": report.run_id}, key=job.key)
        if coloured is not None:
            blob_id = _keep(ctx, name, coloured)
            outbox.tell(ctx, IMPORT_FAULTS, job.requested_by, {"blob": blob_id})


@worker("import_apply")
def apply(workshop: Workshop, job: Job) -> None:
    """Apply the checked run `run`, which its sender has said yes to."""
    if not _was_done(workshop, job, RunState.APPLIED):
        imports.apply(
            workshop.database,
            workshop.clock,
            workshop.settings,
            job.params["run"],
            _actor(job),
            yes=True,
        )
    _tell_done(workshop, job)


@worker("import_undo")
def undo(workshop: Workshop, job: Job) -> None:
    """Take the applied run `run` back."""
    if not _was_done(workshop, job, RunState.UNDONE):
        with workshop.database.transaction() as session:
            ctx = Ctx(session, workshop.clock, _actor(job), workshop.settings)
            imports.undo(ctx, job.params["run"])
    _tell_done(workshop, job)


def _was_done(workshop: Workshop, job: Job, state: RunState) -> bool:
    """Whether a worker that was killed had come that far; its sender has not been told."""
    if not job.again:
        return False
    with workshop.database.transaction(readonly=True) as session:
        report = imports.report_of(session, job.params["run"])
    return report is not None and report.state is state


def _tell_done(workshop: Workshop, job: Job) -> None:
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, _actor(job), workshop.settings)
        assert job.requested_by is not None
        params = {"run": job.params["run"]}
        outbox.tell(ctx, IMPORT_DONE, job.requested_by, params, key=job.key)


def _coloured(workshop: Workshop, job: Job, report: Report, content: bytes) -> bytes | None:
    if not report.faults:
        return None
    with workshop.database.transaction(readonly=True) as session:
        chosen = session.execute(
            select(Chat.language).where(Chat.person_id == job.requested_by)
        ).scalar()
    language = str(chosen) if chosen in LANGUAGES else workshop.settings.language
    return colour_faults(content, report.faults, language)


def _keep(ctx: Ctx, name: str, content: bytes) -> int:
    stem = name.rpartition(".")[0] or name
    blob = Blob(name=f"{stem}-checked.xlsx", mime=XLSX, content=content, made_at=ctx.now())
    ctx.session.add(blob)
    ctx.session.flush()
    assert blob.id is not None
    return blob.id


def _actor(job: Job) -> Actor:
    return Actor(person_id=job.requested_by)
