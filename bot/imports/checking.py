"""Checking a file: read, compare, collect every fault, stage the plan. Nothing else is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.errors import Fault
from bot.i18n import Text
from bot.imports import opening, reading, staging
from bot.imports.collector import without_collector
from bot.imports.findings import Findings, Unreadable
from bot.imports.kinds import Kind, Records, World, kind_named
from bot.imports.plan import Counts, Plan
from bot.imports.wording import pack_text, unpack_text
from bot.models.imports import ImportRun, RunState, Verdict
from bot.models.system import Blob

MIME = {
    True: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    False: "text/csv",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `run_id` is None for a rehearsal, which keeps nothing.

    `samples` are lines about single changes, `asks` says why a yes is needed first.
    """

    run_id: int | None
    kind: str
    file_name: str
    verdict: Verdict
    counts: Counts
    faults: tuple[Fault, ...]
    samples: tuple[Text, ...] = ()
    asks: Text | None = None
    state: RunState = RunState.CHECKED


@without_collector()
def check(
    database: Database,
    clock: Clock,
    settings: Settings,
    kind: str,
    file_name: str,
    content: bytes,
    *,
    blob_id: int | None = None,
    rehearsal: bool = False,
) -> Report:
    """Read a file, compare it with the database and stage what it would change.

    Opens short transactions of its own. `blob_id` is the stored file, if it is stored
    already. Nothing the file is about is written; a rehearsal stages nothing either.
    Refuses an unknown kind; all that is wrong with the file stands in the report.
    """
    chosen = kind_named(kind)
    found = Findings()
    plan: Plan | None = None
    basis = 0
    records = _read(chosen, content, found)
    if records is not None:
        with database.transaction(readonly=True) as session:
            world = World(session, settings, clock.now())
            plan = chosen.plan(world, records, found)
            basis = changes_so_far(session, kind)
    faults = found.in_order()
    if found.is_refused:
        plan = None
    report = _report(None, kind, file_name, plan, faults)
    if rehearsal:
        return report
    with database.transaction() as session:
        if blob_id is None:
            blob_id = _store(session, clock, file_name, content)
        run_id = _keep(session, clock, report, blob_id, basis)
    staging.stage(database, run_id, plan, faults)
    return _report(run_id, kind, file_name, plan, faults)


def _read(kind: Kind, content: bytes, found: Findings) -> Records | None:
    """The file's values, or None if no table could be taken from it or columns are missing."""
    try:
        if kind.other is not None and (other := kind.other(content, found)) is not None:
            return other
        records = reading.records(opening.open_table(content, kind, found), kind, found)
    except Unreadable as error:
        found.refuse(error.fault.code, error.fault.sentence, error.fault.row)
        return None
    starred = (column.name for column in kind.columns if column.starred)
    return records if all(name in records for name in starred) else None


def _report(
    run_id: int | None, kind: str, file_name: str, plan: Plan | None, faults: tuple[Fault, ...]
) -> Report:
    if plan is None:
        return Report(run_id, kind, file_name, Verdict.REFUSED, Counts(), faults)
    verdict = Verdict.ASKS_AGAIN if plan.asks is not None else Verdict.READY
    return Report(
        run_id, kind, file_name, verdict, plan.counts, faults, tuple(plan.samples), plan.asks
    )


def _keep(session: Session, clock: Clock, report: Report, blob_id: int, basis: int) -> int:
    run = ImportRun(
        kind=report.kind,
        file_name=report.file_name,
        blob_id=blob_id,
        verdict=report.verdict,
        basis=basis,
        counts=asdict(report.counts),
        summary={
            "samples": [pack_text(line) for line in report.samples],
            "asks": pack_text(report.asks) if report.asks else None,
        },
        checked_at=clock.now(),
    )
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


def changes_so_far(session: Session, kind: str) -> int:
    """How often imports of a kind have been applied or undone; tells if one came in between."""
    query = select(func.count(col(ImportRun.applied_at)) + func.count(col(ImportRun.undone_at)))
    return session.scalar(query.where(ImportRun.kind == kind)) or 0


def _store(session: Session, clock: Clock, file_name: str, content: bytes) -> int:
    mime = MIME[content.startswith(opening.ZIP)]
    blob = Blob(name=file_name, mime=mime, content=content, made_at=clock.now())
    session.add(blob)
    session.flush()
    assert blob.id is not None
    return blob.id


def report_of(session: Session, run_id: int) -> Report | None:
    """The report of an earlier check, with its faults; None if there is no such run."""
    run = session.get(ImportRun, run_id)
    if run is None:
        return None
    asks = run.summary.get("asks")
    return Report(
        run_id,
        run.kind,
        run.file_name,
        Verdict(run.verdict),
        Counts(**run.counts),
        staging.faults_of(session, run_id),
        tuple(unpack_text(line) for line in run.summary.get("samples", ())),
        unpack_text(asks) if asks else None,
        RunState(run.state),
    )


def original_of(session: Session, run_id: int) -> bytes | None:
    """The file of a run as it came, as long as it is kept; for giving it back coloured."""
    run = session.get(ImportRun, run_id)
    blob = session.get(Blob, run.blob_id) if run else None
    return blob.content if blob else None
