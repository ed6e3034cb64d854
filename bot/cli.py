"""The operator's commands: `rollcall …`.

Exit codes: 0 done, 1 refused, 2 asks again (`--yes` answers). Never a traceback.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.exc import OperationalError

from bot import cli_backup, cli_operations, logs
from bot.config import Settings
from bot.db import Database
from bot.errors import Refusal, Retry
from bot.operations import copies
from bot.operations.backups import sealing
from bot.terminal import (
    DONE,
    REFUSED,
    form_source,
    opened,
    out,
    print_fault,
    read_settings,
    say,
    transaction,
)
from handlers.edge import slim

if TYPE_CHECKING:
    from bot.serving import Process

SANDBOX = Path("data/sandbox")
SWITCH_SECONDS = 0.0005
"""How long one thread may keep Python to itself. A reply passes from the event loop to the
database's thread and back, and at each step waited five milliseconds, the usual measure, for
whatever the other was at.
"""

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
form_app = typer.Typer(no_args_is_help=True)
app.add_typer(form_app, name="form", help="Questionnaires.")
cli_operations.add_to(app)
cli_backup.add_to(app)


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 1."""
    logs.set_up()
    try:
        app()
    except Refusal as refusal:
        say(refusal.sentence)
        sys.exit(REFUSED)
    except (OperationalError, OSError, Retry) as error:
        out.print(f"The database or the disk does not answer: {type(error).__name__}.")
        out.print("Check ROLLCALL_DATABASE_URL, the folder's rights and the free space.")
        sys.exit(REFUSED)


@app.command()
def run(
    take_over: Annotated[
        bool, typer.Option(help="Take the bot's messages away from a webhook.")
    ] = False,
) -> None:
    """Serve: one process with its worker, by long polling."""
    slim.load_aiogram()
    from bot.serving import Rollcall

    _keep(partial(Rollcall, takes_over=take_over), alone=True)


@app.command()
def serve() -> None:
    """Serve by webhook on PostgreSQL; any number of these, and a courier beside them."""
    slim.load_aiogram()
    from bot.serving import Replica

    _keep(Replica)


@app.command()
def courier() -> None:
    """Deliver and remind on PostgreSQL; a second one stands by."""
    slim.load_aiogram()
    from bot.serving import Post

    _keep(Post)


def _keep(process: Process, *, alone: bool = False) -> None:
    settings = read_settings()
    if not settings.token.get_secret_value():
        out.print("ROLLCALL_TOKEN is not set. Put the token from BotFather into .env.")
        sys.exit(REFUSED)
    if settings.is_sqlite and not alone:
        out.print("Several processes need PostgreSQL: set ROLLCALL_DATABASE_URL, or use run.")
        sys.exit(REFUSED)
    sealing.check(settings.backup_recipient)
    with opened(settings) as prepared:
        copies.refuse_if_held(prepared)
        database = Database(settings.database_url)
    try:
        asyncio.run(_until_told(process, settings, database))
    finally:
        database.close()


def _settle_memory() -> None:
    """Take what was loaded at start out of every later collection, which then stays small.

    Otherwise garbage may pile up to a quarter of all that before it is looked for.
    """
    gc.collect()
    gc.freeze()


async def _until_told(make: Process, settings: Settings, database: Database) -> None:
    from bot import app as root

    process = make(settings, database, root.clock_for(settings))
    _settle_memory()
    sys.setswitchinterval(SWITCH_SECONDS)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await process.run(stop)


@app.command(hidden=True)
def work() -> None:
    """The worker process that `run` keeps beside it."""
    from bot import app as root
    from bot.work.runner import run_until

    threading.Thread(target=_end_with_parent, daemon=True).start()
    root.register_working()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    workshop = root.workshop(read_settings())
    run_until(workshop, stop)
    workshop.database.close()


def _end_with_parent() -> None:
    """Two workers would do the same work twice: one whose parent was killed ends at once."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(REFUSED)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port of the page on this machine.")] = 8081,
    fresh: Annotated[bool, typer.Option(help="Forget everything played so far.")] = False,
) -> None:
    """A Telegram of your own on this machine: phones on a page, and a clock to move."""
    from bot.sandbox.play import play

    play(SANDBOX, port, fresh=fresh)


@app.command()
def migrate() -> None:
    """Bring the database to the newest version."""
    with opened(read_settings()):
        out.print("The database is at the newest version.")


@app.command(name="import")
def import_file(
    kind: str,
    file: Path,
    dry_run: Annotated[bool, typer.Option(help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option(help="Take it even if it asks again.")] = False,
) -> None:
    """Take a workbook or .csv of people, courses, classes, enrolments, …"""
    from bot.cli_imports import run_import

    settings = read_settings()
    with opened(settings) as database:
        sys.exit(run_import(database, settings, kind, file, dry_run=dry_run, yes=yes))


@app.command(name="undo-import")
def undo_import(run_id: int) -> None:
    """Take an import back, as long as nothing depends on it."""
    from bot.cli_imports import run_undo

    settings = read_settings()
    with opened(settings) as database:
        sys.exit(run_undo(database, settings, run_id))


@app.command()
def export(kind: str, file: Path) -> None:
    """Write people, courses, classes or enrolments as a workbook that can be imported again."""
    from bot.cli_imports import run_export

    settings = read_settings()
    with opened(settings) as database:
        sys.exit(run_export(database, kind, file))


@form_app.command("check")
def form_check(file: Path) -> None:
    """Show every fault of a questionnaire in XLSForm, or say that it has none."""
    from bot.errors import Severity
    from bot.forms.importer import import_form

    if not file.exists():
        out.print(f"{file}: there is no such file.")
        sys.exit(REFUSED)
    imported = import_form(form_source(file), name=file.stem)
    for fault in imported.faults:
        print_fault(fault)
    bad = any(fault.severity is Severity.REFUSED for fault in imported.faults)
    if not bad and imported.definition is not None:
        out.print(f"{file.name}: {len(imported.definition.questions)} questions, can be used.")
    sys.exit(REFUSED if bad else DONE)


@app.command()
def grant(
    role: str,
    staff_no: str,
    scope: Annotated[str, typer.Option(help="Name or path of a unit; blank: everything.")] = "",
    take_away: Annotated[bool, typer.Option(help="Take the role away instead.")] = False,
) -> None:
    """Give the role unit, executive or hr to a person, or take it away."""
    from bot.people import grants

    with transaction(read_settings()) as ctx:
        change = grants.take_away if take_away else grants.grant
        change(ctx, role, staff_no, scope)
    out.print(f"{staff_no} {'no longer has' if take_away else 'now has'} the role {role}.")


@app.command()
def invite(staff_nos: list[str]) -> None:
    """Print one-time links with which people join from their phones."""
    from bot.people import invites

    with transaction(read_settings()) as ctx:
        for made in invites.make_for_staff_numbers(ctx, staff_nos):
            out.print(f"{made.staff_no}\t{made.link}")
