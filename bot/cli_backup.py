"""The operator's commands about backups, copies and people who are to be forgotten."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.context import SYSTEM, Ctx
from bot.terminal import ASKS_AGAIN, DONE, opened, out, read_settings, transaction


def add_to(app: typer.Typer) -> None:
    """Register every command of this file."""
    for command in (backup, restore, release, erase):
        app.command()(command)


def backup(
    file: Path,
    plain: Annotated[
        bool, typer.Option(help="Do not seal it: anybody who has the file can read it.")
    ] = False,
) -> None:
    """Write everything to one file that only the holder of the private key can open."""
    from bot import app as root
    from bot.operations.backups import making

    settings = read_settings()
    with opened(settings) as database:
        size = making.make(database, root.clock_for(settings), settings, file, plain=plain)
    out.print(f"{file}: {size / 1e6:.1f} MB, {'NOT sealed' if plain else 'sealed'}.")
    if plain:
        out.print("It holds names and answers. Keep it like personal files.")


def restore(
    file: Path,
    key: Annotated[
        Path | None, typer.Option(help="The file with the private key, as age-keygen wrote it.")
    ] = None,
) -> None:
    """Write a backup into the empty database that ROLLCALL_DATABASE_URL names, and hold it."""
    from bot.operations.backups import restoring

    settings = read_settings()
    restored = restoring.restore(settings.database_url, file, key)
    made = restored.header.made_at.astimezone(settings.zone)
    out.print(f"Restored {restored.rows} rows, as they were on {made:%Y-%m-%d at %H:%M}.")
    out.print("This database is held: it fetches, answers and sends nothing.")
    out.print("Make sure that the old one does not run any more. Then: rollcall release")


def release(
    yes: Annotated[bool, typer.Option(help="Do it, as was said before.")] = False,
) -> None:
    """Let a held database speak again; says first what will be sent or dropped."""
    from bot import app as root
    from bot.operations import release as releasing

    settings = read_settings()
    with opened(settings) as database, database.transaction() as session:
        ctx = Ctx(session, root.clock_for(settings), SYSTEM, settings)
        seen = releasing.release(ctx, database) if yes else releasing.outlook(ctx)
        zone = settings.zone
    if not seen.held:
        out.print("This database is not held.")
        sys.exit(DONE)
    if seen.copied_at is not None:
        out.print(f"This copy is as of {seen.copied_at.astimezone(zone):%Y-%m-%d at %H:%M}.")
    fate = "dropped" if seen.drops else "sent"
    done = "were" if yes and seen.drops else "will be"
    out.print(f"Messages that were due by now: {seen.due}. They {done} {fate}.")
    if not yes:
        out.print("The bot must run in one place only. If it does nowhere else now, write:")
        out.print("rollcall release --yes")
        sys.exit(ASKS_AGAIN)
    out.print("Released. Start Rollcall.")


def erase(
    staff_no: str,
    yes: Annotated[bool, typer.Option(help="Do it, as was said before.")] = False,
) -> None:
    """Forget somebody who has left: who they were, and everything they wrote."""
    from bot.operations import erasure

    settings = read_settings()
    with transaction(settings) as ctx:
        plan = erasure.look(ctx, staff_no)
        for line in plan.lines():
            out.print(line)
        if yes:
            erasure.erase(ctx, plan)
    if not yes:
        out.print(f"This cannot be undone. To do it: rollcall erase {staff_no} --yes")
        sys.exit(ASKS_AGAIN)
    with opened(settings) as database:
        erasure.wipe(database)
    out.print("Erased. Backups made before today still hold it; delete them in time.")
