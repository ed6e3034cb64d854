"""A questionnaire sent by mistake is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import answering, recall
from bot.models.delivery import ItemState
from bot.models.evaluation import AssignmentState
from bot.models.forms import AnonymousResponse, Draft
from bot.models.people import Person


@pytest.fixture
def asked(school):
    school.held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    return school


def unit(school):
    return school.as_person(school.desk)


def test_recall__queued_and_sent__queued_are_dropped_and_the_others_told(asked):
    sent, *queued = asked.told("reaction_due")
    sent.state = ItemState.SENT
    asked.session.flush()
    card = recall.recall(unit(asked), asked.held.id, "reaction_trainee")
    assert (card.open, card.answered, card.told) == (5, 0, 1)
    assert {item.state for item in queued} == {ItemState.DROPPED}
    assert [item.person_id for item in asked.told("recalled")] == [sent.person_id]


def test_recall__answers_and_drafts__are_deleted(asked):
    first, second, *_rest = asked.assignments()
    person = asked.session.get(Person, first.person_id)
    answering.take_trainee_reaction(asked.as_person(person), asked.submission(first, overall="1"))
    now = asked.clock.now()
    asked.session.add(
        Draft(
            user_id=7,
            version_id=asked.version.id,
            assignment_id=second.id,
            begun_at=now,
            touched_at=now,
        )
    )
    asked.session.flush()
    recall.recall(unit(asked), asked.held.id, "reaction_trainee")
    assert asked.session.exec(select(AnonymousResponse)).all() == []
    assert asked.session.exec(select(Draft)).all() == []
    assert {row.state for row in asked.assignments()} == {AssignmentState.RECALLED}


def test_recall__the_class_stays__nobody_is_asked_again(asked):
    recall.recall(unit(asked), asked.held.id, "reaction_trainee")
    asked.at("2026-03-05T10:00").tick()
    assert {row.state for row in asked.assignments()} == {AssignmentState.RECALLED}
    assert asked.told("reaction_nudge") == []


def test_recall__the_class_is_then_moved__all_are_asked_at_the_new_end(asked):
    recall.recall(unit(asked), asked.held.id, "reaction_trainee")
    asked.held.ends_on = dt.date(2026, 3, 20)
    asked.tick()
    asked.at("2026-03-20T10:00").tick()
    states = [row.state for row in asked.assignments() if row.occasion == asked.held.ends_on]
    assert states == [AssignmentState.OPEN] * 5


def test_recall__twice__is_refused(asked):
    recall.recall(unit(asked), asked.held.id, "reaction_trainee")
    assert recall.what_can_be_recalled(unit(asked), asked.held.id) == []
    with pytest.raises(Refusal):
        recall.recall(unit(asked), asked.held.id, "reaction_trainee")


def test_recall__by_a_trainee__is_refused(asked):
    person = asked.session.get(Person, asked.assignments()[0].person_id)
    with pytest.raises(Refusal):
        recall.recall(asked.as_person(person), asked.held.id, "reaction_trainee")
    assert {row.state for row in asked.assignments()} == {AssignmentState.OPEN}
