"""The year's results over a million answers, against the bare aggregates they are made of."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from bench import prepared, runs
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.evaluation.class_end import Outcome
from bot.evaluation.stages import REACTION_TRAINEE, class_subject
from bot.forms import versions
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.forms import AnonymousResponse
from bot.models.training import Course, TrainingClass
from bot.reports import results
from bot.reports.results import ResultsData

OFFICERS, CLASSES, IN_A_CLASS = 10_000, 5_000, 25
QUICK_CLASSES = 500
RATINGS = (
    "overall",
    "relevance",
    "chance_to_apply",
    "methodology",
    "trainer",
    "content",
    "material",
    "venue",
)
CHUNK = 200
MOST = Target(most=3)
Found = dict[str, Counter[tuple[Any, ...]]]

_OF_YEAR = """
SELECT c.id FROM training_class c JOIN class_closure k ON k.class_id = c.id
WHERE k.closed_results AND c.cancelled_at IS NULL AND c.ends_on > :since AND c.ends_on <= :today
"""
BARE = {
    "answers": f"""
SELECT r.class_id, j.key, r.gender, j.value, count(*)
FROM anonymous_response r, json_each(r.answers) j
WHERE r.stage = 'reaction_trainee' AND r.class_id IN ({_OF_YEAR})
AND j.key IN ({", ".join(f"'{name}'" for name in RATINGS)})
GROUP BY r.class_id, j.key, r.gender, j.value
""",
    "stages": f"""
SELECT stage, state, count(*) FROM assignment
WHERE class_id IN ({_OF_YEAR}) GROUP BY stage, state
""",
    "classes": f"""
SELECT class_id, state, count(*) FROM assignment
WHERE class_id IN ({_OF_YEAR}) AND stage = 'reaction_trainee' GROUP BY class_id, state
""",
    "offices": f"""
SELECT u.path, a.state, count(*) FROM assignment a
JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = p.unit_id
WHERE a.class_id IN ({_OF_YEAR}) GROUP BY u.path, a.state
""",
}


def against_sql(folder: Path, size: Size) -> None:
    """The report's reading, in a process in which nothing else runs."""
    url = runs.sqlite(folder / "results.db")
    classes = CLASSES if size is runs.FULL else QUICK_CLASSES
    prepared.make(url, OFFICERS)
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    _fill(database, url, now.date(), classes)
    count = classes * IN_A_CLASS * len(RATINGS)
    say(f"The year's results over {count:,} answers, against bare SQL")
    values = {"since": (now.date() - dt.timedelta(days=365)).isoformat(),
              "today": now.date().isoformat()}  # fmt: skip
    _print_plans(database, values)
    pairs = in_turns(partial(_bare, database, values), partial(_own, database, url), size.pairs)
    if any(_of_bare(bare) != _of_report(own) for (_took, bare), (_own_took, own) in pairs):
        raise Void("the results differ")
    times = [(bare[0], own[0]) for bare, own in pairs]
    figure("the year's results, against bare SQL", median_ratio(times), MOST)
    say(f"    all pairs: {spread(times)}; bare {times[0][0]:.2f} s of processor time")
    database.close()


def _bare(database: Database, values: dict[str, str]) -> tuple[float, dict[str, list[Any]]]:
    with database.transaction(readonly=True) as session:
        began = time.process_time()
        found = {
            name: [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]
            for name, sql in BARE.items()
        }
        return time.process_time() - began, found


def _own(database: Database, url: str) -> tuple[float, ResultsData]:
    settings, clock = prepared.settings_for(url), SystemClock()
    with database.transaction(readonly=True) as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        began = time.process_time()
        found = results.read(ctx, {"of": "year", "id": 0})
        return time.process_time() - began, found


def _of_bare(found: dict[str, list[Any]]) -> Found:
    """What the plain statements found, gender by gender added up."""
    answers: Counter[tuple[Any, ...]] = Counter()
    for class_id, name, _gender, code, count in found["answers"]:
        answers[class_id, name, code] += count
    return {"answers": answers, **{name: _rates(found[name]) for name in ("stages", "offices")}}


def _rates(rows: list[Any]) -> Counter[tuple[Any, ...]]:
    counts: Counter[tuple[Any, ...]] = Counter()
    for key, state, count in rows:
        counts[key, "asked"] += count
        counts[key, "answered"] += count * (state == "answered")
    return counts


def _of_report(data: ResultsData) -> Found:
    answers = Counter(
        {
            (class_id, rating.name, code): count
            for rating in data.reaction.ratings
            for class_id, tally in rating.by_class.items()
            for code, count in tally.counts.items()
            if count
        }
    )
    stages = Counter(
        {(REACTION_TRAINEE.name, "asked"): data.rates[0][1].asked,
         (REACTION_TRAINEE.name, "answered"): data.rates[0][1].answered}
    )  # fmt: skip
    offices: Counter[tuple[Any, ...]] = Counter()
    for office in data.offices:
        offices[office.path, "asked"] += office.rate.asked
        offices[office.path, "answered"] += office.rate.answered
    return {"answers": answers, "stages": stages, "offices": offices}


def _print_plans(database: Database, values: dict[str, str]) -> None:
    with database.transaction(readonly=True) as session:
        for name, sql in BARE.items():
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            say(f"    {name}: " + "; ".join(str(row[3]) for row in rows))


def _fill(database: Database, url: str, today: dt.date, classes: int) -> None:
    settings, clock, dice = prepared.settings_for(url), SystemClock(), random.Random(6)
    with database.transaction() as session:
        version = versions.current_version(
            Ctx(session, clock, SYSTEM, settings), REACTION_TRAINEE.form
        )
        course: dict[str, Any] = {"id": 1, "code": "PORT", "title": "Searching a ship"}
        session.execute(insert(Course), [{**course, "titles": {}}])
        for start in range(1, classes + 1, CHUNK):
            part = range(start, min(start + CHUNK, classes + 1))
            _hold(session, part, today)
            session.execute(insert(Assignment), list(_assignments(part, clock.now())))
            session.execute(insert(AnonymousResponse), list(_responses(part, version, dice)))


def _hold(session: Session, part: range, today: dt.date) -> None:
    def ends(number: int) -> dt.date:
        return today - dt.timedelta(days=10 + number % 300)

    session.execute(
        insert(TrainingClass),
        [
            {"id": number, "code": f"PORT-{number}", "course_id": 1, "ends_on": ends(number),
             "starts_on": ends(number) - dt.timedelta(days=4), "timezone": "Etc/GMT"}
            for number in part
        ],
    )  # fmt: skip
    session.execute(
        insert(ClassClosure),
        [
            {"class_id": number, "occasion": ends(number), "outcome": Outcome.ASKED,
             "closed_results": True}
            for number in part
        ],
    )  # fmt: skip


def _assignments(part: range, now: dt.datetime) -> Iterator[dict[str, Any]]:
    for number in part:
        for place in range(IN_A_CLASS):
            yield {
                "person_id": 1 + (number * IN_A_CLASS + place) % OFFICERS,
                "stage": REACTION_TRAINEE.name,
                "subject": class_subject(number),
                "occasion": now.date(),
                "form": REACTION_TRAINEE.form,
                "anonymous": True,
                "class_id": number,
                "opens_at": now - dt.timedelta(days=9),
                "closes_at": now - dt.timedelta(days=2),
                "state": AssignmentState.ANSWERED,
            }


def _responses(part: range, version: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    for number in part:
        for _place in range(IN_A_CLASS):
            yield {
                "key": f"{dice.getrandbits(128):032x}",
                "version_id": version,
                "class_id": number,
                "stage": REACTION_TRAINEE.name,
                "gender": dice.choice("FM"),
                "answers": {name: str(dice.randint(1, 5)) for name in RATINGS},
                "as_it_came": False,
            }
