"""Buttons and updates that nobody would send: nothing crashes, hangs, or reaches beyond."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from sqlmodel import Session

from bot.clock import monotonic
from handlers.common.routes import ROUTES, RouteKind
from scripts.fuzzing import updates
from scripts.fuzzing.borders import watched
from scripts.fuzzing.counter import Counter
from scripts.proofs import Disproved, Run, part
from scripts.trespass import sweep
from scripts.trespass import world as worlds
from scripts.trespass.world import OTHER, VICTIM, World

SECONDS = 600.0
A_ROUND = 400
WALKED = ("officer1",)
MOST_KILOBYTES = 200_000
Make: TypeAlias = Callable[[Sequence[int], Sequence[str]], SearchStrategy[dict[str, Any]]]


@part("fuzz-callbacks", slice_share=0.01)
def play_callbacks(run: Run) -> str:
    """Presses of every role with data that is random, altered, cut or joined."""
    return _play(run, updates.pressed)


@part("fuzz-updates", slice_share=0.01)
def play_updates(run: Run) -> str:
    """Updates of every kind, with places changed, taken away, or nested without end."""
    return _play(run, updates.damaged)


def _play(run: Run, make: Make) -> str:
    with tempfile.TemporaryDirectory() as folder:
        world = worlds.make(Path(folder))
        try:
            with Session(world.database.engine, expire_on_commit=False) as session:
                counter = Counter(world, session)
                strategy = make(_accounts(world), _actions(world, session))
                grown = _rounds(run, counter, strategy, Path(folder))
                counter.close()
                session.rollback()
        finally:
            world.close()
    return (
        f"{counter.handed_in} updates in {run.share * SECONDS:.0f} seconds, "
        f"{counter.unreadable} of them set aside as unreadable, {grown // 1000} MB grown"
    )


def _rounds(
    run: Run, counter: Counter, strategy: SearchStrategy[dict[str, Any]], folder: Path
) -> int:
    """Round after round until the time is over; kilobytes by which the process has grown."""
    began, end, number = 0, monotonic() + run.share * SECONDS, 0
    while number == 0 or monotonic() < end:
        _round(run.seed + number, counter, strategy, folder)
        now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, number = began or now, number + 1
        if now - began > MOST_KILOBYTES:
            raise Disproved(f"the process has grown by {now - began} kB")
    return now - began


def _round(
    number: int, counter: Counter, strategy: SearchStrategy[dict[str, Any]], folder: Path
) -> None:
    @seed(number)
    @settings(
        max_examples=A_ROUND,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one(raw: dict[str, Any]) -> None:
        with watched(folder) as reached:
            counter.hand_in(raw)
        if reached:
            raise Disproved(f"reached {reached} by {raw}")

    try:
        one()
    except Disproved:
        raise
    except Exception as error:
        notes = " ".join(getattr(error, "__notes__", ()))
        raise Disproved(f"seed {number}: {type(error).__name__}: {error} {notes}") from error


def _accounts(world: World) -> list[int]:
    return [
        *world.regions[VICTIM].accounts.values(),
        *world.regions[OTHER].accounts.values(),
        *world.accounts.values(),
        999_999,
    ]


def _actions(world: World, session: Session) -> list[str]:
    """What an officer is shown, and every button that there is."""
    walks = sweep.walk_all(world, session, WALKED)
    shown = {action for walk in walks for action in walk.actions}
    named = {f"{name}:1:1" for kind, name in ROUTES if kind is RouteKind.PRESS}
    return sorted(shown | named)
