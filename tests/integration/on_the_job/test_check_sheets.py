"""Check sheets: whom they rate, rounds that open, move and end, and what they say over time."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.calendar import DAY
from bot.errors import Refusal
from bot.evaluation import answering, assignments, closing
from bot.evaluation.check_sheets import belonging, office, opening, progress, rounds, sheets
from bot.evaluation.check_sheets.rounds import Plan
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.on_the_job import CareerStage, CheckRound
from bot.models.people import Person, Unit
from bot.people.access import OutOfReach
from bot.reports.check_sheet import files, office_files
from tests.integration.on_the_job.conftest import HOUR, Vessel
from tests.statements import asked as statements_to

S = AssignmentState
FORM = sheets.LIBRARY
OLD_HAND = CareerStage.AFTER_SECOND_YEAR


@pytest.fixture
def port(vessel: Vessel) -> Vessel:
    publish_library(vessel.ctx)
    return vessel


def sheet(port: Vessel, unit: Unit | None = None, stage: CareerStage = OLD_HAND) -> int:
    desk = port.as_person(port.desk)
    return sheets.add(desk, FORM, (unit or port.ship).id, stage).id


def planned(port: Vessel, sheet_id: int, count: int = 3, days: int = 10) -> list[CheckRound]:
    desk = port.as_person(port.desk)
    return rounds.plan(desk, sheet_id, Plan(desk.today(), count, 1, days))


def asked(port: Vessel, stage: str = "check_sheet") -> list[Assignment]:
    query = select(Assignment).where(Assignment.stage == stage).order_by(Assignment.id)
    return list(port.session.exec(query))


def rate(port: Vessel, person: Person, row: Assignment, level: str, **others: str) -> None:
    ctx = port.as_person(person)
    version = versions.current_version(ctx, row.form)
    items = [q.name for q in versions.definition(ctx, version).questions if q.type != "note"]
    answers = dict.fromkeys(items, level) | others
    answering.take(ctx, Submission(version, row.id, {}, answers))


def tick(port: Vessel) -> None:
    opening.open_due(port.ctx)
    closing.close_due(port.ctx)
    port.session.flush()


def test_sheet__by_office_and_stage__rates_those_who_belong(port: Vessel) -> None:
    port.officer.in_post_since = port.ctx.today() - 30 * DAY
    hired = port.person("Hired", hired_on=port.ctx.today() - 30 * DAY)
    mate = port.person("Mate")
    desk = port.as_person(port.desk)
    found = {
        stage: [
            one.full_name
            for one in sheets.rated(desk, sheets.row_of(port.session, sheet(port, None, stage)))
        ]
        for stage in CareerStage
    }
    assert found == {
        CareerStage.NEWLY_HIRED: ["Hired"],
        CareerStage.NEWLY_ASSIGNED: ["Officer"],
        CareerStage.AFTER_SECOND_YEAR: ["Mate"],
        CareerStage.SECTION_CHIEF: ["Boss"],
    }
    assert hired.id != mate.id


def test_sheet__of_an_office_below__goes_before_that_of_the_office_above(port: Vessel) -> None:
    above = sheets.row_of(port.session, sheet(port, port.fleet))
    below = sheets.row_of(port.session, sheet(port, port.ship))
    assert port.officer not in sheets.rated(port.ctx, above)
    assert port.officer in sheets.rated(port.ctx, below)
    assert sheets.of_person(port.ctx, port.officer) == below
    with pytest.raises(Refusal, match="Retire it first"):
        sheet(port, port.ship)
    with pytest.raises(Refusal, match="1 to 7"):
        sheets.add(port.as_person(port.desk), "reaction_trainer", port.fleet.id, OLD_HAND)


def test_stage__set_by_the_supervisor__counts_until_it_is_left_to_the_roster(
    port: Vessel,
) -> None:
    boss = port.as_person(port.boss)
    found = belonging.set_by_hand(boss, port.officer.id, CareerStage.NEWLY_HIRED)
    assert (found.stage, found.why) == (CareerStage.NEWLY_HIRED, belonging.BY_HAND)
    assert belonging.set_by_hand(boss, port.officer.id, None).stage is OLD_HAND
    for stranger in (port.officer, port.chief):
        with pytest.raises(OutOfReach):
            belonging.set_by_hand(port.as_person(stranger), port.officer.id, None)


def test_rounds__that_do_not_fit__are_refused(port: Vessel) -> None:
    about, desk = sheet(port), port.as_person(port.desk)
    today = desk.today()
    for plan in (
        Plan(today, 2, 2, 10),
        Plan(today, 6, 1, 10),
        Plan(today - 40 * DAY, 3, 1, 10),
        Plan(today, 3, 1, 45),
        Plan(today, 3, 1, 90),
    ):
        with pytest.raises(Refusal):
            rounds.plan(desk, about, plan)
    made = planned(port, about, 5)
    assert [one.final for one in made] == [False, False, False, False, True]
    with pytest.raises(Refusal, match="rounds in this year"):
        rounds.plan(desk, about, Plan(today + 200 * DAY, 3, 1, 5))
    with pytest.raises(OutOfReach):
        rounds.plan(port.as_person(port.boss), about, Plan(today, 3, 1, 5))


def test_round__opens_in_the_morning_of_each_reader_and_closes_by_itself(port: Vessel) -> None:
    far = port.person("Far", timezone="Pacific/Apia")
    about = sheet(port)
    port.clock.advance(days=-1)
    desk = port.as_person(port.desk)
    (first, *_rest) = rounds.plan(desk, about, Plan(desk.today() + DAY, 3, 1, 10))
    morning = opening.next_opening(port.ctx, port.ctx.now())
    assert morning == dt.datetime.combine(desk.today(), dt.time(20), dt.UTC)
    port.clock.set(morning)
    tick(port)
    tick(port)
    assert [row.person_id for row in asked(port)] == [far.id]
    port.clock.advance(days=1)
    tick(port)
    everybody = {row.person_id for row in asked(port)}
    assert {port.officer.id, far.id} <= everybody
    assert len(port.told("check_sheet_due")) == len(everybody)
    port.clock.advance(days=10)
    tick(port)
    assert {row.state for row in asked(port)} == {S.CLOSED}
    assert first.closes_on < port.ctx.today()


def test_round__moved_retired_or_left__is_taken_back(port: Vessel) -> None:
    about, desk = sheet(port), port.as_person(port.desk)
    (first, *_rest) = planned(port, about)
    port.clock.advance(days=1)
    tick(port)
    mine = next(row for row in asked(port) if row.person_id == port.officer.id)
    rounds.change(desk, first.id, first.opens_on, first.closes_on + DAY, final=False)
    closes = mine.closes_at
    tick(port)
    assert mine.closes_at == closes + 24 * HOUR
    port.officer.active = False
    tick(port)
    assert (mine.state, mine.reason) == (S.RECALLED, assignments.LEFT)
    port.officer.active = True
    tick(port)
    assert mine.state is S.OPEN
    sheets.switch(desk, about, active=False)
    tick(port)
    assert mine.state is S.RECALLED
    sheets.switch(desk, about, active=True)
    with pytest.raises(Refusal, match="begun"):
        rounds.change(desk, first.id, first.opens_on + DAY, first.closes_on + DAY, final=False)


def test_round__somebody_has_answered__stays(port: Vessel) -> None:
    about, desk = sheet(port), port.as_person(port.desk)
    (first, second, _third) = planned(port, about)
    port.clock.advance(days=1)
    tick(port)
    mine = next(row for row in asked(port) if row.person_id == port.officer.id)
    rate(port, port.officer, mine, "3")
    with pytest.raises(Refusal, match="stays"):
        rounds.remove(desk, first.id)
    assert rounds.remove(desk, second.id) == about


def test_final_round__is_over__the_supervisor_evaluates_each_officer(port: Vessel) -> None:
    about = sheet(port)
    made = planned(port, about)
    for level, row in zip(("2", "4", "4"), made, strict=True):
        port.clock.set(dt.datetime.combine(row.opens_on, dt.time(12), dt.UTC))
        tick(port)
        mine = next(
            one
            for one in asked(port)
            if one.person_id == port.officer.id and one.occasion == row.opens_on
        )
        rate(port, port.officer, mine, level, ipr="6", origin="7")
    assert asked(port, "check_sheet_final") == []
    port.clock.set(dt.datetime.combine(made[-1].closes_on + DAY, dt.time(12), dt.UTC))
    tick(port)
    tick(port)
    judged = asked(port, "check_sheet_final")
    assert {(row.person_id, row.about_id) for row in judged} == {(port.boss.id, port.officer.id)}
    rate(port, port.boss, judged[0], "5", law="1")
    found = progress.of_person(port.as_person(port.officer), port.officer.id)
    assert [(one.final, one.no_chance) for one in found.ratings] == [
        (False, 2), (False, 2), (False, 2), (True, 0),
    ]  # fmt: skip
    means = [one.mean for one in found.ratings]
    assert means[:3] == [2.0, 4.0, 4.0]
    assert means[3] == pytest.approx((15 * 5 + 1) / 16)
    assert found.change() == 0.0
    team = {line.person.id: line for line in progress.team(port.as_person(port.boss))}
    assert team[port.officer.id].own == 4.0
    whole = office.of_sheet(port.as_person(port.desk), about)
    assert [one.answered for one in whole.rounds] == [1, 1, 1, 1]
    assert all(made.content for made in (*files(found, "ur"), *office_files(whole, "km")))


def test_team__of_any_size__is_read_by_as_many_questions(port: Vessel) -> None:
    about = sheet(port)
    planned(port, about)
    port.clock.advance(hours=6)
    boss, bind = port.as_person(port.boss), port.session.get_bind()
    counts = []
    for number in (1, 6):
        for _each in range(number):
            port.person("Mate", supervisor_id=port.boss.id)
        tick(port)
        for row in asked(port):
            if row.state is S.OPEN:
                rate(port, port.session.get_one(Person, row.person_id), row, "3")
        port.session.flush()
        with statements_to(getattr(bind, "engine", bind)) as statements:
            team = progress.team(boss)
        counts.append(len(statements))
        assert {line.own for line in team} == {3.0}
    assert len(team) == 8
    assert counts[0] == counts[1]


def test_results__of_one_sheet__are_of_those_whom_it_rates(port: Vessel) -> None:
    inland = port.add(Unit(name="Inland", path="Inland"))
    mine, theirs = sheet(port), sheet(port, inland)
    clerk = port.person("Clerk", inland)
    for about in (mine, theirs):
        planned(port, about)
    port.clock.advance(hours=6)
    tick(port)
    for row in asked(port):
        if row.person_id in (port.officer.id, clerk.id):
            rate(port, port.session.get_one(Person, row.person_id), row, "4")
    desk = port.as_person(port.desk)
    for about in (mine, theirs):
        whole = office.of_sheet(desk, about)
        assert [(one.answered, one.mean) for one in whole.rounds] == [(1, 4.0)]


def test_progress__of_somebody_elses_officer__is_refused(port: Vessel) -> None:
    sheet(port)
    for stranger in (port.chief, port.person("Mate")):
        with pytest.raises(OutOfReach):
            progress.of_person(port.as_person(stranger), port.officer.id)
    with pytest.raises(Refusal, match="no check sheet"):
        progress.of_person(port.as_person(port.desk), port.desk.id)


def test_sheets__of_another_part__are_not_shown_and_refused(port: Vessel) -> None:
    other = port.add(Unit(name="Inland", path="Inland"))
    above, own, theirs = sheet(port, port.fleet), sheet(port), sheet(port, other)
    (row, *_later) = planned(port, theirs)
    branch = port.person("Branch", port.ship)
    port.grant(branch, scope=port.ship)
    ctx = port.as_person(branch)
    assert [card.id for card in sheets.everything(ctx)] == [above, own]
    for reading in (
        lambda: sheets.card(ctx, theirs),
        lambda: rounds.card(ctx, row.id),
        lambda: office.of_sheet(ctx, theirs),
    ):
        with pytest.raises(OutOfReach):
            reading()
