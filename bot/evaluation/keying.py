"""Answers of people without Telegram, keyed in for them where the form is not anonymous."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import assignments
from bot.evaluation.assignments import Opening
from bot.evaluation.stages import POST_TEST, PRE_TEST, STAGES
from bot.i18n import Text, Texts, Words, _
from bot.models.chats import Chat
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.training import catalogue

PAGE = 8
NOT_KEYED = (PRE_TEST.name, POST_TEST.name)


@dataclass(frozen=True, slots=True)
class KeyInCard:
    """A named questionnaire of somebody who has no Telegram."""

    assignment_id: int
    person: Texts
    staff_no: str
    title: Text
    about: Words
    closes_at: dt.datetime


@dataclass(frozen=True, slots=True)
class KeyInPage:
    """One page of them; `number` counts from 0."""

    cards: tuple[KeyInCard, ...]
    number: int
    pages: int


def waiting(ctx: Ctx, number: int = 0) -> KeyInPage:
    """What the actor may key in, the first to close first."""
    query = _query().where(
        Assignment.state == AssignmentState.OPEN,
        Assignment.anonymous.is_(False),
        Assignment.stage.not_in(NOT_KEYED),
        Assignment.closes_at > ctx.now(),
        ~exists().where(Chat.person_id == Person.id),
        reach.within(ctx, Action.KEY_IN),
    )
    total = ctx.session.scalars(select(func.count()).select_from(query.subquery())).one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    rows = ctx.session.execute(
        query.order_by(Assignment.closes_at, Assignment.id).offset(number * PAGE).limit(PAGE)
    )
    cards = tuple(_card(row, person, code, course) for row, person, code, course in rows)
    return KeyInPage(cards, number, pages)


def card(ctx: Ctx, assignment_id: int) -> KeyInCard:
    """One of them; refuses what `begin` refuses."""
    begin(ctx, assignment_id)
    row = ctx.session.execute(_query().where(Assignment.id == assignment_id)).one()
    return _card(*row)


def begin(ctx: Ctx, assignment_id: int) -> Opening:
    """What opens the form to key it in; refuses anonymous ones and people who can answer."""
    assignment = ctx.session.get(Assignment, assignment_id)
    if assignment is not None:
        check(ctx, assignment)
    return assignments.opening(assignments.open_assignment(ctx, assignment_id))


def check(ctx: Ctx, assignment: Assignment) -> None:
    """Refuse to key in for somebody out of reach, anonymous, or with a chat of their own."""
    access.require(ctx, Action.KEY_IN, assignment.person_id)
    if assignment.stage in NOT_KEYED:
        raise Refusal(_("Tests are not keyed in. Enter the marks of a test on paper as marks."))
    if assignment.anonymous:
        raise Refusal(_("An anonymous questionnaire can be answered only by its owner."))
    if directory.card(ctx.session, assignment.person_id).linked:
        raise Refusal(_("This person uses Telegram and answers there."))


def _query() -> Select[Assignment, Person, str, Course]:
    return (
        select(Assignment, Person, TrainingClass.code, Course)
        .join(Person, Person.id == Assignment.person_id)
        .join(TrainingClass, TrainingClass.id == Assignment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
    )


def _card(row: Assignment, person: Person, code: str, course: Course) -> KeyInCard:
    return KeyInCard(
        assignment_id=row.id,
        person=directory.names_of(person),
        staff_no=person.staff_no,
        title=STAGES[row.stage].title,
        about=_("{course}, class {code}", course=catalogue.title_of(course), code=code),
        closes_at=row.closes_at,
    )
