"""Ratings of a team, and where somebody stands."""

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
from bot.models.needs import Competency, CompetencyRating, NeedsRound, RatedBy, RoundState, Topic
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.needs import ratings, standing
from bot.people import reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from tests.integration.needs.house import House


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
