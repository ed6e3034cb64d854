"""Drafts whose time is up: handed in once, as they stand, by the clock alone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import answering, interviews
from bot.forms import engine, service, time_up, versions
from bot.models.chats import Chat
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Draft, Response
from tests.conftest import START
from tests.integration.evaluation.conftest import School
from tests.unit.forms.making import form_of, survey

TABLE = survey(
    "type | name | label | required",
    "text | a | A? | yes",
    "text | b | B? | yes",
    settings=("form_title | form_id | time_limit", "Timed | reaction_trainer | 30"),
)


REACTION = answering.REACTION_TRAINER.form


class Desk:
    """A trainer with a chat who has begun a form of thirty minutes and answered half of it."""

    def __init__(self, school: School) -> None:
        self.school = school
        person = school.person("Lead Trainer")
        self.ctx = school.as_person(person)
        versions.publish(school.ctx, REACTION, form_of(TABLE))
        self.assignment = school.add(
            Assignment(
                person_id=person.id, class_id=school.training_class().id, stage="reaction_trainer",
                subject="class", form="reaction_trainer", occasion=dt.date(2026, 3, 4),
                opens_at=START, closes_at=START.replace(year=2027),
            )
        )  # fmt: skip
        school.add(Chat(user_id=self.ctx.actor.user_id, person_id=person.id))
        draft_id = service.begin(self.ctx, "reaction_trainer", assignment_id=self.assignment.id)
        draft = service.load(self.ctx, draft_id)
        assert draft is not None
        now = service.moment(self.ctx)
        service.save(self.ctx, draft, engine.answer(draft.form, draft.state, "a", "x", now).state)

    def stored(self) -> list[dict[str, object]]:
        return [row.answers for row in self.school.session.exec(select(Response))]


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def test_time_up__nobody_comes_back__is_handed_in_once_and_told(desk: Desk) -> None:
    clock = desk.school.clock
    assert time_up.next_end(desk.ctx, clock.now()) == clock.now() + dt.timedelta(minutes=40)
    clock.advance(minutes=39)
    time_up.hand_in_due(desk.school.ctx)
    assert desk.stored() == []
    clock.advance(minutes=1)
    for _twice in range(2):
        time_up.hand_in_due(desk.school.ctx)
    assert desk.stored() == [{"a": "x"}]
    assert desk.assignment.state is AssignmentState.ANSWERED
    assert len(desk.school.told("time_up")) == 1
    assert time_up.next_end(desk.ctx, clock.now()) is None


def test_time_up__assignment_was_closed_meanwhile__is_thrown_away(desk: Desk) -> None:
    desk.assignment.state = AssignmentState.RECALLED
    desk.school.clock.advance(hours=1)
    time_up.hand_in_due(desk.school.ctx)
    assert desk.stored() == []
    assert desk.school.session.exec(select(Draft)).all() == []
    assert desk.school.told("time_up") == []


def test_timed_form__whose_service_needs_answers__is_not_put_in_force(school: School) -> None:
    form = form_of(TABLE.replace("text | b", "text | overall"))
    with pytest.raises(Refusal, match="cannot have time_limit"):
        versions.publish(school.ctx, interviews.FORM, form)
