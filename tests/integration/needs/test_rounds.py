"""Rounds of needs: plan years, planning, opening by the clock, whom they ask, and their end."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import policy
from bot.campaigns import needs_unplanned
from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.evaluation import AssignmentState
from bot.models.needs import Competency, RoundState
from bot.models.people import Person, Role, Unit
from bot.models.system import PolicyValue
from bot.models.work import WorkItem
from bot.needs import asking, rounds, years
from bot.people.access import OutOfReach
from tests.integration.needs.collecting import FIRST, LAST, Survey


@pytest.fixture
def survey(ctx: Ctx, clock: FixedClock) -> Survey:
    return Survey(ctx, clock)


@pytest.mark.parametrize(
    ("begins", "day", "first", "last", "label"),
    [
        ("01-01", "2026-03-02", "2026-01-01", "2026-12-31", "2026"),
        ("07-16", "2026-07-15", "2025-07-16", "2026-07-15", "2025/26"),
        ("07-16", "2026-07-16", "2026-07-16", "2027-07-15", "2026/27"),
        ("02-29", "2028-02-28", "2027-02-28", "2028-02-28", "2027/28"),
        ("02-29", "2028-02-29", "2028-02-29", "2029-02-27", "2028/29"),
        ("04-01", "2099-12-31", "2099-04-01", "2100-03-31", "2099/00"),
    ],
)
def test_plan_year__of_a_day__has_its_span_and_name(
    ctx: Ctx, begins: str, day: str, first: str, last: str, label: str
) -> None:
    policy.change(ctx, "plan_year_starts", begins)
    found = years.plan_year(ctx, dt.date.fromisoformat(day))
    assert found == dt.date.fromisoformat(first)
    assert years.span(found) == (found, dt.date.fromisoformat(last))
    assert years.label(found) == label


@pytest.mark.parametrize("begins", ["01-01", "02-28", "02-29", "03-01", "07-16", "12-31"])
def test_plan_years__one_after_another__leave_no_day_out(ctx: Ctx, begins: str) -> None:
    policy.change(ctx, "plan_year_starts", begins)
    day = years.plan_year(ctx)
    for _year in range(12):
        following = years.following(day)
        assert years.span(day)[1] + dt.timedelta(days=1) == following
        assert years.plan_year(ctx, following) == following
        assert years.plan_year(ctx, following - dt.timedelta(days=1)) == day
        day = following


@pytest.mark.parametrize("typed", ["13-01", "02-30", "July 16", "", "7"])
def test_plan_year__begins_on_no_day__is_refused(ctx: Ctx, typed: str) -> None:
    with pytest.raises(Refusal):
        policy.change(ctx, "plan_year_starts", typed)


def test_suggested__by_the_settings__lies_before_the_plan_year_and_never_in_the_past(
    survey: Survey,
) -> None:
    unit = survey.acting("unit")
    assert rounds.suggested(unit) == (dt.date(2026, 10, 9), dt.date(2026, 10, 29))
    survey.at("2026-12-24T03:00")
    assert rounds.suggested(unit) == (dt.date(2026, 12, 24), dt.date(2027, 1, 13))


def test_plan__days_that_cannot_be__are_refused(survey: Survey) -> None:
    unit = survey.acting("unit")
    for first, last in (
        (LAST, FIRST),
        (dt.date(2026, 3, 1), LAST),
        (FIRST, FIRST + dt.timedelta(days=120)),
    ):
        with pytest.raises(Refusal):
            rounds.plan(unit, first, last)
    survey.ctx.session.merge(PolicyValue(name="go_live", value="2026-04-01"))
    with pytest.raises(Refusal, match="Nothing is asked before"):
        rounds.plan(unit, FIRST, LAST)
    with pytest.raises(OutOfReach):
        rounds.plan(survey.acting("sokha"), FIRST, LAST)


def test_plan__a_second_round_for_the_year__is_refused(survey: Survey) -> None:
    card = survey.planned()
    assert (card.label, card.state) == ("2027", RoundState.PLANNED)
    with pytest.raises(Refusal, match="There is a survey of needs"):
        survey.planned()
    rounds.take_out(survey.acting("unit"), card.id)
    assert survey.planned().label == "2027"


def test_round__its_first_day__opens_by_itself_in_the_morning(survey: Survey) -> None:
    card = survey.planned()
    unit = survey.acting("unit")
    survey.at("2026-03-08T20:00")
    assert survey.turn() == 0
    opens, closes = rounds.moments(survey.ctx, rounds.row_of(survey.ctx.session, card.id))
    assert rounds.next_turn(survey.ctx, survey.ctx.now()) == opens
    survey.clock.set(opens)
    assert survey.turn() > 0
    assert rounds.card(unit, card.id).state is RoundState.OPEN
    assert rounds.next_turn(survey.ctx, opens) == closes
    assert [item.params for item in survey.ctx.session.exec(select(WorkItem))] == [
        {"round": card.id}
    ]
    survey.clock.set(closes)
    survey.turn()
    assert rounds.card(unit, card.id).state is RoundState.CLOSED


def test_round__planned_before_go_live__does_not_open(survey: Survey) -> None:
    card = survey.planned()
    survey.ctx.session.merge(PolicyValue(name="go_live", value="2026-03-10"))
    survey.at("2026-03-09T05:00")
    assert survey.turn() == 0
    with pytest.raises(Refusal, match="Nothing is asked before"):
        rounds.open_now(survey.acting("unit"), card.id)


def test_round__opened_by_hand__asks_at_once(survey: Survey) -> None:
    card = survey.planned()
    unit = survey.acting("unit")
    opened = rounds.open_now(unit, card.id)
    assert (opened.opens_on, opened.closes_on) == (dt.date(2026, 3, 2), dt.date(2026, 3, 22))
    assert survey.turn() > 0
    for again in (rounds.open_now, rounds.take_out):
        with pytest.raises(Refusal):
            again(unit, card.id)


def test_asked__by_role__each_gets_what_is_theirs(survey: Survey) -> None:
    survey.trainer()
    survey.opened()
    assert set(survey.owed("dara")) == {"needs_officer"}
    assert set(survey.owed("trainer")) == {"needs_officer", "needs_trainer"}
    assert set(survey.owed("sokha")) == {"needs_supervisor"}
    assert set(survey.owed("director")) == {"needs_supervisor", "needs_head"}
    keys = [item.unique_key for item in survey.notices()]
    assert len(keys) == len(set(keys)) == len(survey.ids) + 2
    assert survey.turn() == 0
    assert len(survey.notices()) == len(keys)


def test_asked__who_joins_leaves_or_leads_later__is_seen_to(survey: Survey) -> None:
    survey.opened()
    survey.add_person("late")
    survey.person("rith").active = False
    survey.person("maly").supervisor_id = survey.ids["dara"]
    survey.add(Person(staff_no="G1", full_name="Guest", unit_id=1, guest=True))
    assert survey.turn() == 1
    assert survey.owed("late")["needs_officer"].state is AssignmentState.OPEN
    assert survey.owed("rith")["needs_officer"].state is AssignmentState.RECALLED
    assert set(survey.owed("dara")) == {"needs_officer"}


def test_asked__who_left_by_a_mistake_of_the_roster__owes_it_again_once_back(
    survey: Survey,
) -> None:
    card = survey.opened()
    gone = [survey.person(key) for key in ("rith", "maly")]
    for person in gone:
        person.active = False
    survey.turn()
    assert survey.owed("rith")["needs_officer"].state is AssignmentState.RECALLED
    for person in gone:
        person.active = True
    rounds.shift(survey.acting("unit"), card.id, FIRST, dt.date(2026, 4, 5))
    assert survey.turn() == 0
    row = survey.owed("rith")["needs_officer"]
    assert (row.state, row.reason) == (AssignmentState.OPEN, "")
    assert row.closes_at == survey.owed("dara")["needs_officer"].closes_at
    survey.answer("maly", "needs_officer", wish_1="Origin", wish_weight_1="3")
    assert survey.turn() == 0
    assert survey.owed("maly")["needs_officer"].state is AssignmentState.ANSWERED


def test_asked__acting_supervisor__answers_for_the_team_instead(survey: Survey) -> None:
    for key in ("dara", "bopha", "bilal", "rith", "maly", "ayesha"):
        survey.person(key).acting_supervisor_id = survey.ids["trainer"]
        survey.person(key).acting_until = dt.date(2026, 12, 31)
    survey.opened()
    assert set(survey.owed("trainer")) == {"needs_supervisor"}
    assert set(survey.owed("sokha")) == {"needs_officer"}


def test_extended__a_round_that_is_open__stays_open_for_all(survey: Survey) -> None:
    card = survey.opened()
    unit = survey.acting("unit")
    survey.person("ayesha").timezone = "Pacific/Auckland"
    survey.turn()
    with pytest.raises(Refusal, match="Only its last day"):
        rounds.shift(unit, card.id, FIRST + dt.timedelta(days=1), LAST)
    rounds.shift(unit, card.id, FIRST, dt.date(2026, 4, 5))
    survey.turn()
    closes = {key: survey.owed(key)["needs_officer"].closes_at for key in ("dara", "ayesha")}
    assert closes["dara"] == dt.datetime(2026, 4, 5, 16, 59, tzinfo=dt.UTC)
    assert closes["ayesha"] == dt.datetime(2026, 4, 5, 11, 59, tzinfo=dt.UTC)


def test_closed__by_hand__nothing_can_be_answered_and_nothing_is_owed(survey: Survey) -> None:
    card = survey.opened()
    rounds.close_now(survey.acting("unit"), card.id)
    with pytest.raises(Refusal, match="has closed"):
        survey.answer("dara", "needs_officer", wish_1="Valuation", wish_weight_1="4")
    survey.turn()
    assert survey.owed("dara")["needs_officer"].state is AssignmentState.CLOSED
    for act in (rounds.close_now, rounds.open_now):
        with pytest.raises(Refusal):
            act(survey.acting("unit"), card.id)
    with pytest.raises(Refusal):
        rounds.shift(survey.acting("unit"), card.id, FIRST, LAST)


def test_asked__more_people_than_one_stretch__are_all_asked_once(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "CHUNK", 4)
    survey.opened()
    assert len(asking.stretches(survey.ctx)) == 3
    assert all(survey.owed(key) for key in survey.ids)
    assert survey.turn() == 0


def test_run__by_a_branch_of_the_unit__is_out_of_reach(survey: Survey) -> None:
    region = survey.ctx.session.exec(select(Unit).where(Unit.name == "Mekong")).one()
    survey.grant("dara", Role.UNIT, region)
    card = survey.planned()
    for act in (rounds.open_now, rounds.close_now, rounds.take_out):
        with pytest.raises(OutOfReach):
            act(survey.acting("dara"), card.id)
    assert rounds.cards(survey.acting("dara")) == [card]
    with pytest.raises(OutOfReach):
        rounds.cards(survey.acting("bilal"))


def test_unplanned__where_needs_are_collected__is_told_once_in_time(survey: Survey) -> None:
    survey.at("2026-09-26T03:00")
    needs_unplanned.remind(survey.ctx)
    assert survey.notices("needs_unplanned") == []
    assert needs_unplanned.next_reminder(survey.ctx, survey.ctx.now()) is None
    survey.at("2026-03-02T03:00")
    survey.add(Competency(code="HS", name="Classification"))
    moment = needs_unplanned.next_reminder(survey.ctx, survey.ctx.now())
    assert moment == dt.datetime(2026, 9, 25, 2, tzinfo=dt.UTC)
    needs_unplanned.remind(survey.ctx)
    assert survey.notices("needs_unplanned") == []
    survey.clock.set(moment)
    for _again in range(2):
        needs_unplanned.remind(survey.ctx)
    (item,) = survey.notices("needs_unplanned")
    assert (item.person_id, item.params) == (survey.ids["unit"], {"plan_year": "2027-01-01"})
    following = needs_unplanned.next_reminder(survey.ctx, moment)
    assert following == dt.datetime(2027, 9, 25, 2, tzinfo=dt.UTC)


def test_unplanned__planned_or_before_go_live__is_not_told(survey: Survey) -> None:
    survey.planned()
    survey.at("2026-10-01T03:00")
    needs_unplanned.remind(survey.ctx)
    rounds.take_out(survey.acting("unit"), 1)
    survey.add(Competency(code="HS", name="Classification"))
    survey.ctx.session.merge(PolicyValue(name="go_live", value="2026-09-26"))
    needs_unplanned.remind(survey.ctx)
    assert survey.notices("needs_unplanned") == []
