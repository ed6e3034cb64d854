"""Reminders: to those who have not answered, at nine in the morning where they are."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import policy
from bot.campaigns import nudges
from bot.models.evaluation import AssignmentState


def asked_school(school, **class_fields):
    school.training_class(**class_fields)
    school.at("2026-03-04T10:00").tick()
    return school


def test_nudge__second_day_at_nine__reminds_all_who_owe(school):
    asked_school(school).at("2026-03-06T01:59").tick()
    assert school.told("reaction_nudge") == []
    school.at("2026-03-06T02:00").tick()
    assert len(school.told("reaction_nudge")) == 5


def test_nudge__answered_or_left__is_not_reminded(school):
    asked_school(school)
    answered, *waiting = school.assignments()
    answered.state = AssignmentState.ANSWERED
    school.at("2026-03-06T02:00").tick()
    told = {item.person_id for item in school.told("reaction_nudge")}
    assert told == {row.person_id for row in waiting}


def test_nudge__fifth_day__reminds_again(school):
    asked_school(school)
    school.at("2026-03-06T02:00").tick()
    school.at("2026-03-09T02:00").tick()
    school.at("2026-03-09T03:00").tick()
    assert len(school.told("reaction_nudge")) == 10


def test_nudge__after_an_outage__one_reminder_only(school):
    asked_school(school).at("2026-03-10T02:00").tick()
    assert len(school.told("reaction_nudge")) == 5


def test_nudge__asked_late__no_reminder_on_the_same_morning(school):
    school.at("2026-03-06T01:00")
    school.training_class()
    school.tick()
    school.at("2026-03-06T02:00").tick()
    assert school.told("reaction_nudge") == []


def test_nudge__days_set_by_the_unit__are_followed(school):
    policy.change(school.ctx, "nudge_days", "3")
    asked_school(school).at("2026-03-06T02:00").tick()
    assert school.told("reaction_nudge") == []
    school.at("2026-03-07T02:00").tick()
    assert len(school.told("reaction_nudge")) == 5


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Pacific/Apia", "2026-03-05T20:00"),
        ("Pacific/Pago_Pago", "2026-03-06T20:00"),
        ("Asia/Kabul", "2026-03-06T04:30"),
        ("Asia/Karachi", "2026-03-06T04:00"),
        ("Pacific/Fiji", "2026-03-05T21:00"),
    ],
)
def test_nudge__zones__each_at_their_own_nine_o_clock(school, zone, due):
    held = school.training_class()
    far = school.person("Far Away", timezone=zone)
    school.enrol(held, far)
    school.at("2026-03-04T10:00").tick()
    moment = dt.datetime.fromisoformat(due).replace(tzinfo=dt.UTC)
    before = moment - dt.timedelta(minutes=1)
    school.at(before.replace(tzinfo=None).isoformat()).tick()
    assert far.id not in {item.person_id for item in school.told("reaction_nudge")}
    school.at(due).tick()
    assert far.id in {item.person_id for item in school.told("reaction_nudge")}


def test_next_reminder__between_two__is_the_next_morning(school):
    asked_school(school)
    after = dt.datetime(2026, 3, 6, 2, 0, tzinfo=dt.UTC)
    found = nudges.next_reminder(school.session, after, "Asia/Phnom_Penh")
    assert found == dt.datetime(2026, 3, 9, 2, 0, tzinfo=dt.UTC)
