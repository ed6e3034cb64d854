"""A course with tests, for the tests of tests: a form with right answers, takers, attempts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.context import Actor, Ctx
from bot.evaluation import asking, course_forms
from bot.evaluation.asking import Asked
from bot.evaluation.stages import POST_TEST, Stage, class_subject
from bot.evaluation.tests import taking
from bot.forms import service, versions
from bot.i18n import render
from bot.models.chats import Chat
from bot.models.evaluation import Assignment
from bot.models.people import Person
from bot.models.training import TrainingClass
from bot.training.membership import trainees
from tests.integration.evaluation.conftest import School
from tests.unit.forms.making import form_of, survey

CHOICES = (
    "list_name | name | label",
    "rate | zero | 0 %", "rate | five | 5 %", "rate | ten | 10 %",
)  # fmt: skip
ROWS = (
    "type | name | label | correct | score",
    "select_one rate | duty | What is the duty on rice? | five | 2",
    "integer | chapter | Which chapter is rice in? | 10 |",
    "text | law | Which law rules it? | Customs Law |",
)
RIGHT = {"duty": "five", "chapter": "10", "law": "customs law"}
WRONG = {"duty": "zero", "chapter": "11", "law": "no idea"}


def publish(ctx: Ctx, name: str = "rice", **settings: str) -> int:
    """A test of three questions, of which the first is worth two points."""
    heads = " | ".join(("form_title", "form_id", *settings))
    table = survey(
        *ROWS,
        choices=CHOICES,
        settings=(heads, " | ".join(("Rice", name, *settings.values()))),
    )
    return versions.publish(ctx, name, form_of(table))


def set_test(school: School, stage: Stage = POST_TEST, **rules: Any) -> None:
    """The course of the school uses the test at a stage."""
    course_forms.set_form(school.ctx, school.course.id, stage, "rice", **rules)


def ask(
    school: School, held: TrainingClass, person_id: int, stage: Stage = POST_TEST
) -> Assignment:
    """Give the test to one trainee, until the end of the day."""
    closes = school.clock.now().replace(hour=23, minute=59)
    asked = Asked(person_id, class_subject(held.id), held.ends_on, closes, held.id, form="rice")
    return asking.ask(school.ctx, stage, [asked])[0]


def as_taker(school: School, person_id: int) -> Ctx:
    """The trainee with a chat."""
    if school.session.get(Chat, 1000 + person_id) is None:
        school.add(Chat(user_id=1000 + person_id, person_id=person_id))
    return school.acting(Actor(person_id, 1000 + person_id, "en", "UTC"))


def answer(ctx: Ctx, assignment: Assignment, answers: dict[str, Any], code: str = "") -> str:
    """Begin an attempt, answer, hand it in; what one is told."""
    taking.begin(ctx, assignment.id, code)
    return hand_in(ctx, answers)


def hand_in(ctx: Ctx, answers: dict[str, Any]) -> str:
    """Hand in the attempt that is under way."""
    draft = service.current_draft(ctx)
    assert draft is not None
    state = replace(draft.state, answers={**draft.state.answers, **answers}, open=None)
    sentence = service.submit(ctx, replace(draft, state=state))
    return render(sentence, "en")


def trainee_of(school: School, held: TrainingClass, place: int = 0) -> Person:
    """One of the people of a class."""
    return trainees(school.session, held.id)[place]
