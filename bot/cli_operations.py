"""The operator's commands that look at an installation: health, doctor, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings
from bot.terminal import DONE, REFUSED, out, read_settings, say, transaction

if TYPE_CHECKING:
    from bot.operations.patient import Patient


def add_to(app: typer.Typer) -> None:
    """Register every command of this file."""
    for command in (health, doctor, why):
        app.command()(command)


def health() -> None:
    """Exit code 0 if Rollcall does its work; else says what it does not."""
    from bot.operations.listening import asks_rollcall

    settings = read_settings()
    answer = asks_rollcall(settings.listen)
    troubles = answer["troubles"] if answer is not None else _troubles_by_heartbeat(settings)
    for line in troubles or ("healthy",):
        out.print(line)
    sys.exit(REFUSED if troubles else DONE)


def doctor(
    updates: Annotated[
        bool, typer.Option("--updates", help="Show what the updates hold that were set aside.")
    ] = False,
) -> None:
    """Look for the commonest mistakes and say what to do; exit code 1 if something is wrong."""
    from bot.operations import doctor as practice

    with _patient(read_settings()) as patient:
        lines = []
        for line in practice.examine(patient):
            out.print(str(line))
            lines.append(line)
        for aside in practice.set_aside(patient, whole=updates):
            out.print(aside)
    sys.exit(DONE if practice.is_well(lines) else REFUSED)


def why(
    staff_no: str,
    class_code: Annotated[str, typer.Argument(help="Only this class; blank: all.")] = "",
) -> None:
    """Say of somebody's enrolments how each came to stand as it does."""
    from bot.training import history

    settings = read_settings()
    with transaction(settings) as ctx:
        operator = replace(ctx, actor=replace(ctx.actor, zone=settings.timezone))
        found = history.told(operator, staff_no, class_code)
    for words in found:
        say(words)


@contextmanager
def _patient(settings: Settings) -> Iterator[Patient]:
    """The installation under examination; what cannot be reached at all is a sentence."""
    from bot import app as root
    from bot.operations.patient import Patient
    from bot.operations.unavailable import Unavailable

    patient = Patient(settings, root.clock_for(settings))
    try:
        yield patient
    except Unavailable as silence:
        out.print(silence.sentence)
        sys.exit(REFUSED)
    finally:
        patient.close()


def _troubles_by_heartbeat(settings: Settings) -> Sequence[str]:
    from bot.operations.health import by_heartbeat

    with _patient(settings) as patient:
        return by_heartbeat(patient)
