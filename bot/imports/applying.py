"""Applying a checked file, and taking an applied one back."""

from __future__ import annotations

from sqlmodel import Session

from bot import audit
from bot.clock import Clock
from bot.config import Settings
from bot.context import Actor, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import _
from bot.imports import hooks, staging, swap, undoing
from bot.imports.checking import changes_so_far
from bot.imports.collector import without_collector
from bot.imports.hooks import Applied
from bot.imports.plan import Plan
from bot.models.imports import ImportRun, RunState, Verdict


@without_collector()
def apply(
    database: Database,
    clock: Clock,
    settings: Settings,
    run_id: int,
    actor: Actor,
    *,
    yes: bool = False,
) -> Applied:
    """Write the staged plan of a checked file in one transaction, and tell those who listen.

    Refuses a file that was refused, one that asks again unless `yes`, one that was
    applied before, and one whose subject has changed since the check.
    """
    with database.transaction(readonly=True) as session:
        _refuse_unready(session, _run(session, run_id), yes=yes)
        plan = staging.load(session, run_id)
    with database.transaction() as session:
        run = _run(session, run_id, held=True)
        _refuse_unready(session, run, yes=yes)
        ctx = Ctx(session, clock, actor, settings)
        run.first_ids = swap.swap_in(session, plan)
        run.state = RunState.APPLIED
        run.applied_at = ctx.now()
        run.applied_by = actor.person_id
        audit.record(
            ctx,
            "import.applied",
            "import_run",
            run_id,
            kind=run.kind,
            file=run.file_name,
            counts=run.counts,
        )
        applied = _applied(run, plan, undone=False)
        session.flush()
        hooks.tell(ctx, applied)
    return applied


def undo(ctx: Ctx, run_id: int, *, reason: str = "") -> Applied:
    """Put back what an import changed and remove what it added, in this transaction.

    Refuses an import that is not applied, and one whose rows were changed since or are
    needed by others; the sentence says which.
    """
    run = _run(ctx.session, run_id, held=True)
    if run.state != RunState.APPLIED:
        raise Refusal(
            _("Import {id} is not in force, so there is nothing to undo.", id=str(run_id))
        )
    plan = staging.load(ctx.session, run_id)
    applied = _applied(run, plan, undone=True)
    hooks.clear_way(ctx, applied)
    ctx.session.flush()
    undoing.take_back(ctx.session, plan, run.first_ids)
    run.state = RunState.UNDONE
    run.undone_at = ctx.now()
    audit.record(
        ctx,
        "import.undone",
        "import_run",
        run_id,
        reason=reason,
        kind=run.kind,
        file=run.file_name,
        counts=run.counts,
    )
    ctx.session.flush()
    ctx.session.expire_all()
    hooks.tell(ctx, applied)
    return applied


def _run(session: Session, run_id: int, *, held: bool = False) -> ImportRun:
    """The import; `held` until the transaction ends, so that it is applied or undone once."""
    run = session.get(ImportRun, run_id, with_for_update=held or None)
    if run is None:
        raise Refusal(_("There is no import {id}.", id=str(run_id)))
    return run


def _refuse_unready(session: Session, run: ImportRun, *, yes: bool) -> None:
    if run.verdict == Verdict.REFUSED:
        raise Refusal(_("This file has faults. Correct them and send it again."))
    if run.state != RunState.CHECKED:
        raise Refusal(_("This file was taken already. Send it again to import it once more."))
    if run.verdict == Verdict.ASKS_AGAIN and not yes:
        raise Refusal(_("This file changes a great deal. It is taken only after a yes."))
    if changes_so_far(session, run.kind) != run.basis:
        raise Refusal(
            _(
                "Another file of this kind was taken after this one was checked. Send the file "
                "again."
            )
        )


def _applied(run: ImportRun, plan: Plan, *, undone: bool) -> Applied:
    assert run.id is not None
    first = run.first_ids.get(plan.target.name, 0) if plan.target is not None else 0
    known = {
        name: tuple(first - row_id - 1 if row_id < 0 else row_id for row_id in ids)
        for name, ids in plan.outcome.items()
    }
    return Applied(run.id, run.kind, dict(run.counts), undone, **known)
