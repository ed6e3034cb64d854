"""Whether an update costs more for everything else that Rollcall can do."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

from bench import prepared, questionnaire
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.officers import Officers
from bot import app as root
from bot.clock import SystemClock
from bot.db import Database
from handlers.common import routes
from handlers.common.routes import Route, RouteKind
from handlers.edge import middleware
from handlers.edge.intake import to_event
from handlers.edge.middleware import Desk

OFFICERS = 20
BOT_ID = 424242
ONE = (RouteKind.PRESS, "q")


def compare(folder: Path, pairs: int) -> None:
    """CPU time from raw update to decided screen, with all handlers against the one needed."""
    root.register_speaking()
    path = folder / "handlers.db"
    prepared.make(f"sqlite:///{path}", OFFICERS)
    everything = dict(routes.ROUTES)
    only = {ONE: everything[ONE]}
    timed = in_turns(lambda: _seconds(path, only), lambda: _seconds(path, everything), 3 * pairs)
    say(f"Handlers registered: {len(everything)} against one, in one process")
    figure(
        "time of an update with all handlers, against one", median_ratio(timed), Target(most=1.3)
    )
    say(f"    all pairs: {spread(timed)}")


def _seconds(path: Path, table: dict[tuple[RouteKind, str], Route]) -> float:
    """CPU seconds for every officer's every answer, with just these handlers registered."""
    copy = Path(shutil.copy(path, path.with_suffix(".copy.db")))
    settings = prepared.settings_for(f"sqlite:///{copy}")
    database = Database(settings.database_url)
    desk = Desk(BOT_ID, SystemClock(), settings)
    before = dict(routes.ROUTES)
    _register(table)
    began = time.process_time()
    for place in range(questionnaire.QUESTIONS):
        _answer_all(database, desk, place)
    took = time.process_time() - began
    _register(before)
    database.close()
    return took


def _answer_all(database: Database, desk: Desk, place: int) -> None:
    """One press by each officer, in one commit."""
    with database.transaction() as session:
        for raw in _presses(place):
            event = to_event(raw)
            assert event is not None
            shown = middleware.handle(session, desk, event)
            assert shown.encoded is not None, "the press was not taken as an answer"


def _presses(place: int) -> list[dict[str, Any]]:
    officers = Officers(at_once=OFFICERS, last_update=place * OFFICERS)
    officers.begin(
        [(prepared.FIRST_ACCOUNT + number, f"q:{number}:{place}:i0")
         for number in range(1, OFFICERS + 1)]
    )  # fmt: skip
    presses: list[dict[str, Any]] = json.loads(officers.take())
    return presses


def _register(table: dict[tuple[RouteKind, str], Route]) -> None:
    routes.ROUTES.clear()
    routes.ROUTES.update(table)
