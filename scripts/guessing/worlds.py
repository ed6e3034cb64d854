"""A world played to its end, and what the attacker could see of it, class by class."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot import app
from bot.evaluation import closing, footprints, wiping
from bot.evaluation.results import ClassResults
from scripts.guessing import classes, copies, house, nearness, traits
from scripts.guessing.copies import Copy, Row
from scripts.guessing.guesses import Case
from scripts.guessing.house import House
from scripts.guessing.officer import Officer
from scripts.guessing.play import AT_CLOSING, Play
from scripts.proofs import Disproved


class Care(StrEnum):
    """What is done about traces: all of it, or, in the controls, less."""

    WHOLE = "as Rollcall does"
    NOT_WIPED = "shuffled, files not wiped"
    FOOTPRINTS = "shuffled and wiped, chats remember"
    NONE = "as it came"


@dataclass(frozen=True, slots=True)
class World:
    """Some classes on one database."""

    kind: str
    seed: int
    groups: int
    care: Care

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.seed}-{self.groups}-{self.care.name.lower()}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Cases by the moment of the copy."""

    cases: dict[str, list[Case]]


def played(world: World, folder: Path) -> Seen:
    """What was seen of a world; kept in `folder`, so that it is played once."""
    kept = folder / f"{world.name}.json"
    if not kept.exists():
        cases = {moment: [case.as_json() for case in found] for moment, found in _play(world)}
        begun = kept.with_suffix(".part")
        begun.write_text(json.dumps(cases))
        begun.replace(kept)
    stored = json.loads(kept.read_text())
    return Seen({moment: [Case(**case) for case in found] for moment, found in stored.items()})


@cache
def _register() -> None:
    app.register_speaking()
    app.register_working()


def _play(world: World) -> Iterator[tuple[str, list[Case]]]:
    _register()
    dice = random.Random(f"{world.name}")
    groups = classes.groups(world.groups, dice)
    seen: dict[str, list[Case]] = {}
    with (
        _less_care(world.care),
        house.opened(world.kind, groups, dice) as home,
        _log() as logged,
    ):

        def take(moment: str, class_id: int, officers: list[Officer]) -> None:
            copy = copies.take(home, class_id, "\n".join(logged).encode())
            _check_report(moment, copy)
            _check_others(home)
            number = world.seed * 1000 + class_id
            seen.setdefault(moment, []).extend(_cases(number, copy, officers))

        play = Play(home, groups, dice, take, shuffled=world.care is not Care.NONE)
        asyncio.run(play.run())
        _check_nothing_lost(home, play.officers)
    yield from seen.items()


@contextmanager
def _less_care(care: Care) -> Iterator[None]:
    """In a control, one of Rollcall's precautions is left out."""
    room, name = {
        Care.NOT_WIPED: (wiping, "scrub"),
        Care.FOOTPRINTS: (footprints, "forget"),
    }.get(care, (None, ""))
    if room is None:
        yield
        return
    kept = getattr(room, name)
    setattr(room, name, lambda *_given: None)
    try:
        yield
    finally:
        setattr(room, name, kept)


@contextmanager
def _log() -> Iterator[list[str]]:
    """Every line that is logged meanwhile."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper, root = Keeper(), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(keeper)
        root.setLevel(level)


def _cases(number: int, copy: Copy, officers: Sequence[Officer]) -> Iterator[Case]:
    given = {
        officer.person_id: traits.fingerprint(officer.expected())
        for officer in officers
        if officer.submitted
    }
    for gender in classes.GENDERS:
        people = [row for row in copy.people if row["gender"] == gender]
        answers = [row for row in copy.answers if row["gender"] == gender]
        if len(people) != len(answers):
            raise Disproved(f"{len(people)} answered, {len(answers)} answers are there")
        if len(people) > 1:
            yield _case(number, copy, people, answers, given)


def _case(
    number: int, copy: Copy, people: list[Row], answers: list[Row], given: dict[int, str]
) -> Case:
    prints = [traits.fingerprint(row["answers"]) for row in answers]
    own = [
        [place for place, one in enumerate(prints) if one == given[row["person_id"]]]
        for row in people
    ]
    if not all(own):
        raise Disproved("what somebody gave is not among the answers")
    return Case(
        number,
        traits.of_people(copy, people),
        traits.of_answers(copy, answers),
        nearness.scores(copy, people, answers),
        own,
    )


def _check_report(moment: str, copy: Copy) -> None:
    """Nothing before closing; then nobody who was left out may be worked out from the total."""
    if copy.report is None:
        if moment == AT_CLOSING:
            raise Disproved("no report after closing")
        return
    if moment != AT_CLOSING:
        raise Disproved("a report before closing")
    for hidden in _hidden(copy.report):
        if 0 < hidden < copy.report.threshold:
            raise Disproved(f"{hidden} answers can be worked out from the total")


def _check_others(home: House) -> None:
    """At no moment is there a report of a class that has not closed."""
    with home.database.transaction(readonly=True) as session:
        still = [
            class_id
            for class_id in home.class_ids
            if not closing.results_are_open(session, class_id)
        ]
    if any(copies.report_of(home, class_id) is not None for class_id in still):
        raise Disproved("a report before closing")


def _hidden(report: ClassResults) -> Iterator[int]:
    """How many answers each question's total holds beyond the groups shown apart."""
    for question in report.questions:
        if question.by_gender:
            yield question.figures.n - sum(figures.n for _name, figures in question.by_gender)
            yield from (figures.n for _name, figures in question.by_gender)
        yield question.figures.n


def _check_nothing_lost(home: House, officers: dict[int, list[Officer]]) -> None:
    for class_id, asked in officers.items():
        kept = copies.answers_of(home, class_id)
        gave = sorted(
            traits.fingerprint(officer.expected()) for officer in asked if officer.submitted
        )
        if sorted(traits.fingerprint(row["answers"]) for row in kept) != gave:
            raise Disproved(f"class {class_id} does not hold what was given")
