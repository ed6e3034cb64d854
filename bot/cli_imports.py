"""Imports and exports from the command line."""

from __future__ import annotations

from pathlib import Path

from bot import app as root
from bot import imports
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery.notices.imports import counts
from bot.forms import versions
from bot.forms.importer import import_form
from bot.imports import Verdict
from bot.terminal import ASKS_AGAIN, DONE, REFUSED, form_source, out, print_fault, say


def run_import(
    database: Database, settings: Settings, kind: str, file: Path, *, dry_run: bool, yes: bool
) -> int:
    """Check a file and take it; the exit code. Every fault is a line of its own."""
    if not file.is_file():
        out.print(f"{file}: there is no such file.")
        return REFUSED
    if kind == "forms":
        return _import_form(database, settings, file, dry_run=dry_run)
    clock = root.clock_for(settings)
    report = imports.check(
        database, clock, settings, kind, file.name, file.read_bytes(), rehearsal=dry_run
    )
    for fault in report.faults:
        print_fault(fault)
    for line in (*counts(report), *report.samples):
        say(line)
    if dry_run and report.verdict is not Verdict.REFUSED:
        out.print("A rehearsal: nothing was written.")
        return DONE
    return _take(database, settings, report, yes=yes)


def _take(database: Database, settings: Settings, report: imports.Report, *, yes: bool) -> int:
    if report.verdict is Verdict.REFUSED or report.run_id is None:
        out.print("Nothing was written.")
        return REFUSED
    if report.verdict is Verdict.ASKS_AGAIN and not yes:
        if report.asks is not None:
            say(report.asks)
        out.print("Nothing was written. Add --yes if this is meant.")
        return ASKS_AGAIN
    imports.apply(database, root.clock_for(settings), settings, report.run_id, SYSTEM, yes=yes)
    out.print(f"Taken in as import {report.run_id}.")
    return DONE


def run_undo(database: Database, settings: Settings, run_id: int) -> int:
    """Take an import back; the exit code."""
    with database.transaction() as session:
        imports.undo(Ctx(session, root.clock_for(settings), SYSTEM, settings), run_id)
    out.print(f"Import {run_id} was taken back.")
    return DONE


def run_export(database: Database, kind: str, file: Path) -> int:
    """Write a kind's rows to `file`; the exit code."""
    with database.transaction(readonly=True) as session:
        file.write_bytes(imports.export(session, kind, file.name))
    out.print(f"Written to {file}.")
    return DONE


def _import_form(database: Database, settings: Settings, file: Path, *, dry_run: bool) -> int:
    imported = import_form(form_source(file), name=file.stem)
    for fault in imported.faults:
        print_fault(fault)
    if imported.definition is None:
        out.print("Nothing was written.")
        return REFUSED
    if not dry_run:
        with database.transaction() as session:
            ctx = Ctx(session, root.clock_for(settings), SYSTEM, settings)
            versions.publish(ctx, imported.definition.form_id, imported.definition)
    out.print(f"{imported.definition.form_id}: {len(imported.definition.questions)} questions.")
    return DONE
