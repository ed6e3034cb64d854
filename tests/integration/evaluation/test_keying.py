"""Answers from paper: for people without Telegram, never for anonymous forms."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.evaluation import keying
from bot.models.chats import Chat
from bot.models.people import FocalPoint


@pytest.fixture
def named(school):
    school.course.anonymous_reaction = False
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    return school


def focal_point(school):
    person = school.person("Focal Point")
    school.session.add(FocalPoint(person_id=person.id, unit_id=school.unit.id))
    school.session.flush()
    return school.as_person(person)


def test_keying__people_without_telegram__are_listed_for_the_focal_point(named):
    linked = named.assignments()[0]
    named.session.add(Chat(user_id=99, person_id=linked.person_id))
    named.session.flush()
    found = keying.waiting(focal_point(named)).cards
    assert {card.assignment_id for card in found} == {row.id for row in named.assignments()[1:]}


def test_keying__somebody_with_telegram__is_refused(named):
    linked = named.assignments()[0]
    named.session.add(Chat(user_id=99, person_id=linked.person_id))
    named.session.flush()
    with pytest.raises(Refusal):
        keying.begin(focal_point(named), linked.id)


def test_keying__another_office__is_out_of_reach(named):
    stranger = named.as_person(named.person("Colleague"))
    assert keying.waiting(stranger).cards == ()
    with pytest.raises(Refusal):
        keying.begin(stranger, named.assignments()[0].id)


def test_keying__anonymous__is_not_listed_and_refused(school):
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    focal = focal_point(school)
    assert keying.waiting(focal).cards == ()
    with pytest.raises(Refusal):
        keying.begin(focal, school.assignments()[0].id)
