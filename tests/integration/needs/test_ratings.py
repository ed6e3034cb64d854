"""Competencies, what posts require, ratings of a team, and where somebody stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.models.needs import (
    Competency,
    CompetencyKind,
    CompetencyLevel,
    CompetencyRating,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
)
from bot.models.people import Person
from bot.models.records import TrainingRecord
from bot.models.training import Course, TrainingClass
from bot.needs import (
    competencies,
    defining,
    frameworks,
    positions,
    ratings,
    standing,
    start,
)
from bot.people import reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from tests.cast import settle_cast


class House:
    """The cast as officers, a round that is open, and two competencies their post requires."""

    def __init__(self, ctx: Ctx) -> None:
        self.ctx, self.session = ctx, ctx.session
        self.ids = settle_cast(ctx)
        self.hs = self.competency("HS", 5)
        self.law = self.competency("LAW", 3)
        self.round = self.add(
            NeedsRound(
                plan_year=dt.date(2027, 1, 1),
                opens_on=dt.date(2026, 3, 1),
                closes_on=dt.date(2026, 3, 31),
                state=RoundState.OPEN,
            )
        ).id
        self.require(self.hs, 4, importance=5)
        self.require(self.law, 2)

    def as_(self, key: str) -> Ctx:
        return replace(self.ctx, actor=Actor(self.ids[key], 1, "en", "UTC"))

    def competency(self, code: str, levels: int) -> int:
        row = self.add(Competency(code=code, name=code))
        for level in range(1, levels + 1):
            self.add(CompetencyLevel(competency_id=row.id, level=level, behaviour=f"{level}"))
        return row.id

    def require(self, competency_id: int, level: int, **more) -> int:
        row = PositionLevel(position="Officer", competency_id=competency_id, level=level, **more)
        return self.add(row).id

    def rate(self, by: str, whom: str, competency_id: int, level: int) -> None:
        ratings.rate(self.as_(by), self.round, self.ids[whom], competency_id, level)

    def rated(self, source: RatedBy = RatedBy.SUPERVISOR) -> dict[tuple[str, str], int]:
        rows = self.session.execute(
            select(Person.full_name, Competency.code, CompetencyRating.level)
            .join(Person, Person.id == CompetencyRating.person_id)
            .join(Competency, Competency.id == CompetencyRating.competency_id)
            .where(CompetencyRating.source == source)
        )
        return {(name, code): level for name, code, level in rows}

    def add(self, row):
        self.session.add(row)
        self.session.flush()
        return row


@pytest.fixture
def house(database: Database, clock: FixedClock, settings: Settings) -> Iterator[House]:
    with database.transaction() as session:
        yield House(Ctx(session, clock, SYSTEM, settings))


def test_matrix__of_a_team__holds_everybody_at_what_the_post_requires(house: House) -> None:
    house.rate("sokha", "dara", house.hs, 3)
    house.rate("sokha", "dara", house.law, 0)
    house.rate("sokha", "rith", house.hs, 5)
    ratings.rate_self(house.as_("dara"), house.round, house.ids["dara"], {house.hs: 4})
    found = ratings.matrix(house.as_("sokha"), house.round)
    assert [one.code for one in found.competencies] == ["HS", "LAW"]
    assert len(found.people) == 6
    assert (found.rated, len(found.cells)) == (3, 12)
    dara, rith = house.ids["dara"], house.ids["rith"]
    cell = found.cells[dara, house.hs]
    assert (cell.required, cell.importance, cell.own, cell.rated, cell.gap) == (4, 5, 4, 3, 1)
    assert [found.cells[one].gap for one in ((dara, house.law), (rith, house.hs))] == [None, 0]
    assert found.cells[rith, house.law].rated is None
    assert ratings.left_to_rate(house.as_("sokha")) == 9


def test_matrix__team__is_whom_rating_reaches(house: House) -> None:
    today = house.ctx.today()
    maly = house.session.get_one(Person, house.ids["maly"])
    maly.acting_supervisor_id, maly.acting_until = house.ids["trainer"], today
    bilal = house.session.get_one(Person, house.ids["bilal"])
    bilal.acting_supervisor_id = house.ids["trainer"]
    bilal.acting_until = today - dt.timedelta(days=1)
    house.session.get_one(Person, house.ids["rith"]).active = False
    house.session.flush()
    for key in ("sokha", "trainer", "director"):
        ctx = house.as_(key)
        within = house.session.scalars(
            select(Person.id).where(reach.within(ctx, Action.RATE), Person.active)
        )
        team = {one.id for one in ratings.matrix(ctx, house.round).people}
        assert team == set(within)
        assert team


def test_matrix__of_another_team__needs_the_right_to_read_it(house: House) -> None:
    sokha = house.ids["sokha"]
    found = ratings.matrix(house.as_("unit"), house.round, sokha)
    assert len(found.people) == 6
    with pytest.raises(OutOfReach):
        ratings.matrix(house.as_("trainer"), house.round, sokha)


def test_rate__again__replaces_what_was_said(house: House) -> None:
    for level in (2, 4, 4):
        house.rate("sokha", "dara", house.hs, level)
    assert house.rated() == {("Sok Dara", "HS"): 4}
    row = house.session.exec(select(CompetencyRating)).one()
    assert row.rated_by == house.ids["sokha"]


@pytest.mark.parametrize("by", ["dara", "trainer", "unit", "director"])
def test_rate__somebody_of_another_team__is_out_of_reach(house: House, by: str) -> None:
    with pytest.raises(OutOfReach):
        house.rate(by, "rith", house.hs, 3)
    assert house.rated() == {}


@pytest.mark.parametrize("level", [-1, 4])
def test_rate__at_a_level_that_there_is_not__is_refused(house: House, level: int) -> None:
    with pytest.raises(Refusal):
        house.rate("sokha", "dara", house.law, level)
    assert house.rated() == {}


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.CLOSED])
def test_rate__in_a_round_that_is_not_open__is_refused(house: House, state: RoundState) -> None:
    house.session.get_one(NeedsRound, house.round).state = state
    with pytest.raises(Refusal):
        house.rate("sokha", "dara", house.hs, 3)
    with pytest.raises(Refusal):
        ratings.rate_self(house.as_("dara"), house.round, house.ids["dara"], {house.hs: 3})
    assert ratings.left_to_rate(house.as_("sokha")) == 0


def test_rate__what_the_post_does_not_require__is_refused(house: House) -> None:
    other = house.competency("IPR", 5)
    with pytest.raises(Refusal):
        house.rate("sokha", "dara", other, 3)
    house.session.get_one(Competency, house.law).active = False
    with pytest.raises(Refusal):
        house.rate("sokha", "dara", house.law, 1)


def test_rate_self__again__forgets_what_is_left_out(house: House) -> None:
    dara, other = house.ids["dara"], house.competency("IPR", 5)
    ctx = house.as_("dara")
    assert ratings.rate_self(ctx, house.round, dara, {house.hs: 2, house.law: 1}) == 2
    assert ratings.rate_self(ctx, house.round, dara, {house.hs: 3, other: 4}) == 1
    assert house.rated(RatedBy.SELF) == {("Sok Dara", "HS"): 3}
    assert house.rated() == {}


def test_standing__largest_gap_first__with_the_latest_ratings(house: House) -> None:
    house.rate("sokha", "dara", house.hs, 2)
    later = house.add(
        NeedsRound(
            plan_year=dt.date(2028, 1, 1),
            opens_on=dt.date(2027, 3, 1),
            closes_on=dt.date(2027, 3, 31),
            state=RoundState.OPEN,
        )
    )
    ratings.rate(house.as_("sokha"), later.id, house.ids["dara"], house.law, 1)
    found = standing.of_person(house.as_("dara"), house.ids["dara"])
    shown = [(one.required.competency.code, one.cell.gap, one.round_of) for one in found.lines]
    assert shown == [("HS", 2, dt.date(2027, 1, 1)), ("LAW", 1, dt.date(2028, 1, 1))]
    assert standing.of_person(house.as_("sokha"), house.ids["dara"]) == found
    with pytest.raises(OutOfReach):
        standing.of_person(house.as_("rith"), house.ids["dara"])


def test_standing_card__names_courses_of_the_topic_and_their_next_class(house: House) -> None:
    course = house.add(Course(code="HS-1", title="Tariff"))
    held = house.add(
        TrainingClass(
            code="HS-1-A", course_id=course.id, seats=5,
            starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2026, 4, 3),
        )
    )  # fmt: skip
    house.add(Topic(name="Tariff", competency_id=house.hs, course_id=course.id))
    house.add(Topic(name="Old", competency_id=house.law, course_id=course.id, active=False))
    card = standing.card(house.as_("dara"), house.ids["dara"], house.hs)
    assert [(one.code, one.next_class.class_id) for one in card.courses] == [("HS-1", held.id)]
    assert len(card.behaviours) == 5
    assert standing.card(house.as_("dara"), house.ids["dara"], house.law).courses == ()


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
