"""Meetings, figures of performance and their file, and partners' surveys with their deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.campaigns import donor_deadlines
from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.needs import (
    Channel,
    Competency,
    PerformanceKind,
    SurveyState,
    Topic,
)
from bot.models.people import Role
from bot.models.system import Blob
from bot.needs import donor_surveys, meetings, performance, relaying, rounds, telling
from bot.people.access import OutOfReach
from tests.integration.needs.collecting import Survey

MEETING = {
    "unit": "Mekong",
    "held_on": "2026-03-02",
    "agreed_by": "Heads of  clearance",
    "topic_1": "Post clearance audit",
    "unit_1": "Mekong/Poipet",
    "people_1": "12",
    "weight_1": "5",
    "topic_2": "Negotiation",
    "people_2": "3",
    "weight_2": "2",
}
FIGURE = {"kind": "errors", "person": "1011", "competency": "HS", "count": "7"}
DONOR = {
    "donor": "WCO",
    "title": "Needs of 2027",
    "due_on": "2026-03-30",
    "asked": "Which subjects do you need?",
}


@pytest.fixture
def survey(ctx: Ctx, clock: FixedClock) -> Survey:
    survey = Survey(ctx, clock)
    survey.add(Competency(code="HS", name="Classification"))
    return survey


def test_meeting__recorded__is_needs_of_its_round(survey: Survey) -> None:
    unit = survey.acting("unit")
    with pytest.raises(Refusal, match="Plan one first"):
        meetings.note(unit, MEETING)
    card = survey.planned()
    line = meetings.note(unit, MEETING)
    assert (line.unit, line.topics) == ("Mekong", 2)
    rows = survey.needs()
    assert [(row.channel, row.words, row.people, row.importance) for row in rows] == [
        (Channel.MEETING, "Post clearance audit", 12, 5),
        (Channel.MEETING, "Negotiation", 3, 2),
    ]
    assert {row.round_id for row in rows} == {card.id}
    shown = meetings.card(unit, line.id)
    assert (shown.agreed_by, shown.year) == ("Heads of clearance", "2027")
    assert [topic.unit for topic in shown.topics] == ["Mekong/Poipet", "Mekong"]
    assert telling.mine(unit) == []
    meetings.take_out(unit, line.id)
    assert survey.needs() == []
    assert meetings.lines(unit) == []
    for changed in ({"unit": "Nowhere"}, {"held_on": "2026-03-03"}):
        with pytest.raises(Refusal):
            meetings.note(unit, MEETING | changed)
    with pytest.raises(OutOfReach):
        meetings.note(survey.acting("sokha"), MEETING)


def test_figure__entered_twice__is_the_last_one_and_within_reach(survey: Survey) -> None:
    survey.planned()
    survey.grant("rith", Role.HR, survey.add_unit("Elsewhere"))
    unit, hr = survey.acting("unit"), survey.acting("rith")
    performance.note(unit, FIGURE)
    performance.note(unit, FIGURE | {"count": "9", "remark": "March report"})
    performance.note(unit, FIGURE | {"kind": "appraisal", "count": "1"})
    performance.note(unit, {"kind": "errors", "unit": "Poipet", "competency": "HS", "count": "4"})
    assert [(one.kind, one.count, one.remark) for one in performance.lines(unit)] == [
        (PerformanceKind.ERRORS, 4, ""),
        (PerformanceKind.APPRAISAL, 1, ""),
        (PerformanceKind.ERRORS, 9, "March report"),
    ]
    assert (performance.lines(hr), performance.count(hr)) == ([], 0)
    assert performance.count(unit) == 3
    assert [one.count for one in performance.lines(unit, 1, 1)] == [1]
    figure = performance.lines(unit)[0].id
    for act in (
        lambda: performance.note(hr, FIGURE),
        lambda: performance.note(hr, FIGURE | {"person": "", "unit": "Poipet"}),
        lambda: performance.take_out(hr, figure),
        lambda: performance.lines(survey.acting("dara")),
    ):
        with pytest.raises(OutOfReach):
            act()
    for wrong in ({"competency": "XX"}, {"count": "0"}, {"person": "9999"}, {"person": ""}):
        with pytest.raises(Refusal):
            performance.note(unit, FIGURE | wrong)
    performance.take_out(unit, figure)
    assert len(performance.lines(unit)) == 2


def test_survey__kept__is_reminded_of_before_its_deadline_and_once_a_stage(
    survey: Survey,
) -> None:
    card = donor_surveys.note(survey.acting("unit"), DONOR)
    told = lambda: len(survey.notices("donor_due"))  # noqa: E731
    donor_deadlines.remind(survey.ctx)
    assert told() == 0
    moment = donor_deadlines.next_reminder(survey.ctx, survey.ctx.now())
    assert moment == dt.datetime(2026, 3, 16, 2, tzinfo=dt.UTC)
    survey.clock.set(moment)
    for _again in range(2):
        donor_deadlines.remind(survey.ctx)
    assert told() == 1
    survey.at("2026-03-28T03:00")
    donor_deadlines.remind(survey.ctx)
    assert told() == 2
    donor_surveys.answer(survey.acting("unit"), card.id, "Done")
    survey.at("2026-03-30T03:00")
    donor_deadlines.remind(survey.ctx)
    assert told() == 2
    assert donor_deadlines.next_reminder(survey.ctx, survey.ctx.now()) is None


def test_survey__kept_late_or_too_late__is_not_reminded_of_what_is_over(survey: Survey) -> None:
    unit = survey.acting("unit")
    donor_surveys.note(unit, DONOR | {"due_on": "2026-03-04"})
    survey.at("2026-03-03T03:00")
    donor_deadlines.remind(survey.ctx)
    assert survey.notices("donor_due") == []
    survey.at("2026-03-04T03:00")
    donor_deadlines.remind(survey.ctx)
    assert len(survey.notices("donor_due")) == 1
    with pytest.raises(Refusal, match="deadline is over"):
        donor_surveys.note(unit, DONOR | {"due_on": "2026-03-01"})
    with pytest.raises(OutOfReach):
        donor_surveys.note(survey.acting("sokha"), DONOR)


def test_survey__its_draft__is_made_of_what_was_told_most(survey: Survey) -> None:
    unit = survey.acting("unit")
    card = donor_surveys.note(unit, DONOR)
    assert donor_surveys.draft(unit, card.id) == ""
    survey.planned()
    rounds.open_now(unit, 1)
    topic = survey.add(Topic(name="Rules of origin"))
    telling.tell(survey.acting("dara"), "Valuation", 3)
    telling.tell(survey.acting("sokha"), "origin please", 3, people=4)
    survey.needs()[1].topic_id = topic.id
    survey.ctx.session.flush()
    assert donor_surveys.draft(unit, card.id) == "1. Rules of origin (4)\n2. Valuation (1)"
    telling.tell(survey.acting("dara"), "Valuation", 4)
    rounds.close_now(unit, 1)
    survey.at("2027-01-04T03:00")
    rounds.plan(unit, dt.date(2027, 10, 1), dt.date(2027, 10, 20))
    assert donor_surveys.draft(unit, card.id) == "1. Rules of origin (4)\n2. Valuation (1)"


def test_survey__relayed__comes_back_as_needs_and_is_answered(survey: Survey) -> None:
    unit = survey.acting("unit")
    card = donor_surveys.note(unit, DONOR)
    assert len(relaying.to_ask(unit, card.id)) == 1
    assert relaying.relay(unit, card.id) == 1
    with pytest.raises(Refusal, match="have been asked"):
        relaying.relay(unit, card.id)
    assert len(survey.notices("donor_relayed")) == 1
    survey.answer("director", "needs_relayed", need_1="Laboratory", need_people_1="6",
                  need_weight_1="4")  # fmt: skip
    (row,) = survey.needs()
    assert (row.channel, row.people, row.round_id) == (Channel.RELAYED, 6, None)
    shown = donor_surveys.card(unit, card.id)
    assert (shown.asked_offices, shown.answered_offices, shown.needs) == (1, 1, 1)
    assert shown.state is SurveyState.RELAYED
    assert donor_surveys.draft(unit, card.id) == "1. Laboratory (6)"
    assert donor_surveys.answer(unit, card.id, " We need … ").state is SurveyState.ANSWERED
    with pytest.raises(Refusal, match="has been answered"):
        relaying.relay(unit, card.id)


def test_survey__its_file__stays_and_is_only_the_senders(survey: Survey) -> None:
    unit = survey.acting("unit")
    own = survey.add(
        Blob(name="letter.pdf", content=b"x", made_at=survey.ctx.now(), draft_id=5,
             owner_id=survey.ids["unit"])
    )  # fmt: skip
    other = survey.add(
        Blob(name="other.pdf", content=b"x", made_at=survey.ctx.now(), draft_id=6,
             owner_id=survey.ids["dara"])
    )  # fmt: skip
    card = donor_surveys.note(unit, DONOR | {"letter": f"{own.id}:letter.pdf"})
    assert card.has_file
    assert survey.ctx.session.get_one(Blob, own.id, populate_existing=True).draft_id is None
    held = select(Blob.id).where(donor_surveys.kept_files())
    assert list(survey.ctx.session.exec(held)) == [own.id]
    donor_surveys.ask_for_file(unit, card.id)
    assert len(survey.notices("donor_file")) == 1
    with pytest.raises(Refusal, match="no longer here"):
        donor_surveys.note(unit, DONOR | {"letter": f"{other.id}:other.pdf"})
    bare = donor_surveys.note(unit, DONOR)
    with pytest.raises(Refusal, match="no file"):
        donor_surveys.ask_for_file(unit, bare.id)
