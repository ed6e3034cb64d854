"""Competencies made and described, what posts require of them, frameworks, the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.models.needs import Competency, CompetencyKind, PositionLevel
from bot.models.people import Person
from bot.models.records import TrainingRecord
from bot.models.training import Course
from bot.needs import (
    analysis,
    competencies,
    defining,
    frameworks,
    positions,
    ratings,
    standing,
    start,
)
from bot.people.access import OutOfReach
from tests.integration.needs.house import House


@pytest.fixture
def house(database: Database, clock: FixedClock, settings: Settings) -> Iterator[House]:
    with database.transaction() as session:
        yield House(Ctx(session, clock, SYSTEM, settings))


def test_framework__steps__say_what_is_done_and_what_comes_next(house: House) -> None:
    unit, dara = house.as_("unit"), house.ids["dara"]
    for code in ("A", "B", "C"):
        house.add(Course(code=code, title=code))
    for code in ("A", "B"):
        frameworks.put(unit, "Officer", {"course": code})
    line = frameworks.put(unit, "Officer", {"course": "C", "kind": "enhanced", "place": "1"})
    assert [one.code for one in frameworks.of_post(unit, "Officer")] == ["C", "A", "B"]
    done = house.session.exec(select(Course.id).where(Course.code == "A")).one()
    house.add(
        TrainingRecord(person_id=dara, course_id=done, title="A", completed_on=dt.date(2025, 5, 1))
    )
    steps = frameworks.steps(house.as_("dara"), dara)
    assert [(one.line.code, one.done_on is not None) for one in steps] == [
        ("C", False), ("A", True), ("B", False),
    ]  # fmt: skip
    frameworks.drop(unit, line.id)
    assert [(one.code, one.place) for one in frameworks.of_post(unit, "Officer")] == [
        ("A", 1), ("B", 2),
    ]  # fmt: skip
    with pytest.raises(OutOfReach):
        frameworks.steps(house.as_("rith"), dara)


def test_positions__all_posts__with_what_they_require(house: House) -> None:
    unit = house.as_("unit")
    house.add(PositionLevel(position="Archivist", competency_id=house.hs, level=1))
    found = {one.position: (one.people, one.competencies) for one in positions.find(unit)}
    assert found == {"Archivist": (0, 1), "Officer": (10, 2)}
    seen = {one.position: one.people for one in positions.find(house.as_("sokha"))}
    assert seen == {"Archivist": 0, "Officer": 6}
    line = positions.require(
        unit, "Officer", {"competency": "LAW", "level": "3", "importance": "4"}
    )
    assert (line.level, line.importance) == (3, 4)
    assert len(positions.of_post(unit, "Officer")) == 2
    with pytest.raises(Refusal):
        positions.require(unit, "Officer", {"competency": "LAW", "level": "4"})
    positions.drop(unit, line.id)
    assert [one.competency.code for one in positions.of_post(unit, "Officer")] == ["HS"]
    with pytest.raises(OutOfReach):
        positions.drop(house.as_("sokha"), line.id)


def test_defining__levels__one_after_the_other(house: House) -> None:
    unit = house.as_("unit")
    made = defining.create(unit, {"code": "IPR", "name": "IPR", "kind": "functional"})
    about = made.line.id
    assert made.line.highest == competencies.USUAL_LEVELS
    with pytest.raises(Refusal):
        defining.describe(unit, about, 2, {"behaviour": "Too early"})
    defining.describe(unit, about, 1, {"behaviour": "One", "behaviour_km": "មួយ"})
    card = defining.describe(unit, about, 2, {"behaviour": "Two"})
    assert (card.line.highest, len(card.behaviours)) == (2, 2)
    assert defining.level_as_typed(unit, about, 1) == {"behaviour": "One", "behaviour_km": "មួយ"}
    with pytest.raises(Refusal):
        defining.take_off(unit, about, 1)
    assert len(defining.take_off(unit, about, 2).behaviours) == 1
    with pytest.raises(Refusal):
        defining.take_off(unit, house.hs, 4)


def test_defining__a_level_that_is_used__stays(house: House) -> None:
    unit = house.as_("unit")
    defining.take_off(unit, house.law, 3)
    with pytest.raises(Refusal):
        defining.take_off(unit, house.law, 2)


@pytest.mark.parametrize("who", ["dara", "sokha", "director"])
def test_defining__by_others_than_headquarters__is_out_of_reach(house: House, who: str) -> None:
    ctx = house.as_(who)
    for attempt in (
        lambda: defining.create(ctx, {"code": "X", "name": "X"}),
        lambda: defining.switch(ctx, house.hs, active=False),
        lambda: positions.require(ctx, "Officer", {"competency": "HS", "level": "1"}),
        lambda: frameworks.put(ctx, "Officer", {"course": "A"}),
        lambda: start.take_over(ctx),
    ):
        with pytest.raises(OutOfReach):
            attempt()


def test_start__taken_over_once__leaves_what_is_there(house: House) -> None:
    unit = house.as_("unit")
    shipped = start.shipped()
    assert len({row["code"] for row in shipped}) == len(shipped) == 28
    assert start.missing(unit) == 26
    assert (start.take_over(unit), start.take_over(unit), start.missing(unit)) == (26, 0, 0)
    behavioural = [
        one for one in competencies.find(unit) if one.kind is CompetencyKind.BEHAVIOURAL
    ]
    assert len(behavioural) == 13
    assert all(one.highest == 5 for one in competencies.find(unit) if one.code != "LAW")
    kept = house.session.exec(select(Competency.name).where(Competency.code == "HS")).one()
    assert kept == "HS"


def test_start__every_level__is_described_in_three_languages() -> None:
    for row in start.shipped():
        for name in ("name", *(f"level_{level}" for level in range(1, 6))):
            words = [row[name], row[f"{name}::Khmer (km)"], row[f"{name}::Urdu (ur)"]]
            assert len({one for one in words if one.strip()}) == 3, (row["code"], name)


def test_codes__in_buttons__are_short_whatever_a_post_is_called(house: House) -> None:
    long = "ប្រធាន\u200bការិយាល័យ" * 12
    house.add(PositionLevel(position=long, competency_id=house.hs, level=1))
    found = positions.find(house.as_("unit"), "ប្រធាន")
    assert [positions.signed(house.as_("unit"), one.sign).position for one in found] == [long]
    assert len(f"post:{found[0].sign}:1000".encode()) <= 48


def test_post__spelt_otherwise_in_the_roster__is_the_same_post(house: House) -> None:
    unit, dara = house.as_("unit"), house.ids["dara"]
    house.session.get_one(Person, dara).position = "OFFICER"
    house.session.flush()
    house.add(Course(code="A", title="A"))
    frameworks.put(unit, "OFFICER", {"course": "A"})
    positions.require(unit, "OFFICER", {"competency": "HS", "level": "3"})
    (post,) = positions.find(unit)
    assert (post.position, post.people, post.competencies, post.courses) == ("Officer", 10, 2, 1)
    assert positions.signed(unit, positions.sign_of("OFFICER")) == post
    assert [one.level for one in positions.of_post(unit, "officer")] == [3, 2]
    assert [one.line.code for one in frameworks.steps(house.as_("dara"), dara)] == ["A"]
    found = standing.of_person(house.as_("dara"), dara)
    assert {one.required.level for one in found.lines} == {3, 2}
    house.rate("sokha", "dara", house.hs, 1)
    matrix = ratings.matrix(house.as_("sokha"), house.round)
    assert matrix.cells[dara, house.hs].gap == 2
    assert ratings.left_to_rate(house.as_("sokha")) == 11
    (gap, *_others) = analysis.gaps(unit, house.round).rows
    assert (gap.code, gap.whole.missing) == ("HS", 2)
