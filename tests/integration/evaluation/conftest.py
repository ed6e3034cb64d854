"""An administration with one course, and classes made to measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from bot.campaigns import nudges
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.evaluation import class_end, closing
from bot.forms.service import Submission
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment
from bot.models.forms import FormVersion
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import (
    Course,
    Enrolment,
    EnrolmentState,
    Trainer,
    TrainingClass,
)
from bot.people.search import search_text
from tests.conftest import START

FORM = {
    "form_id": "reaction_trainee",
    "title": {"en": "Reaction"},
    "version": "1",
    "languages": ["en"],
    "default_language": "en",
    "anonymous": True,
    "questions": [
        {"name": "device", "type": "deviceid"},
        {
            "name": "overall",
            "type": "select_one",
            "label": {"en": "Overall"},
            "choices": [{"code": str(n), "label": {"en": str(n)}} for n in range(1, 6)],
        },
        {"name": "remark", "type": "text", "label": {"en": "Anything else?"}},
    ],
}


class School:
    """Makes people and classes in one open transaction, and lets time pass."""

    def __init__(self, session: Session, clock: FixedClock, settings: Settings) -> None:
        self.session = session
        self.clock = clock
        self.settings = settings
        self.ctx = self.acting(SYSTEM)
        self.unit = self.add(Unit(name="Port", path="Coast/Coral Region/Port"))
        self.course = self.add(Course(code="HS", title="Harmonized System"))
        self.desk = self.person("Unit Member")
        self.add(Grant(person_id=self.desk.id, role=Role.UNIT, granted_at=START))
        self.version = self.add(
            FormVersion(
                form="reaction_trainee",
                version=1,
                structure="",
                digest="",
                definition=FORM,
                made_at=START,
            )
        )

    def acting(self, actor: Actor) -> Ctx:
        return Ctx(self.session, self.clock, actor, self.settings)

    def as_person(self, person: Person) -> Ctx:
        return self.acting(Actor(person.id, 1000 + person.id, "en", "UTC"))

    def person(self, name: str, **fields: object) -> Person:
        number = len(self.session.exec(select(Person.id)).all()) + 1
        person = Person(staff_no=f"S{number}", full_name=name, unit_id=self.unit.id, **fields)
        person.search = search_text(person.staff_no, name)
        return self.add(person)

    def training_class(self, trainees: int = 5, **fields: object) -> TrainingClass:
        number = len(self.session.exec(select(TrainingClass.id)).all()) + 1
        settings = {"starts_on": dt.date(2026, 3, 2), "ends_on": dt.date(2026, 3, 4)} | fields
        held = self.add(TrainingClass(code=f"HS-{number}", course_id=self.course.id, **settings))
        for _count in range(trainees):
            self.enrol(held, self.person("Trainee", gender="f" if _count % 2 else "m"))
        return held

    def trainer(self, name: str = "Lead Trainer") -> Trainer:
        person = self.person(name)
        return self.add(Trainer(code=f"T{person.id}", person_id=person.id))

    def enrol(
        self,
        held: TrainingClass,
        person: Person,
        state: EnrolmentState = EnrolmentState.ENROLLED,
    ) -> Enrolment:
        return self.add(
            Enrolment(class_id=held.id, person_id=person.id, state=state, changed_at=START)
        )

    def enrolment(self, held: TrainingClass, person_id: int) -> Enrolment:
        query = select(Enrolment).where(
            Enrolment.class_id == held.id, Enrolment.person_id == person_id
        )
        return self.session.exec(query).one()

    def at(self, text: str) -> School:
        self.clock.set(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC))
        return self

    def tick(self) -> None:
        for job in (class_end.arrange, nudges.remind, closing.close_due):
            job(self.ctx)
            self.session.flush()

    def assignments(self, stage: str = "reaction_trainee") -> list[Assignment]:
        query = select(Assignment).where(Assignment.stage == stage).order_by(Assignment.id)
        return list(self.session.exec(query))

    def told(self, notice: str) -> list[OutboxItem]:
        query = select(OutboxItem).where(OutboxItem.notice == notice).order_by(OutboxItem.id)
        return list(self.session.exec(query))

    def submission(self, assignment: Assignment, **answers: object) -> Submission:
        return Submission(self.version.id, assignment.id, {}, answers)

    def add(self, row):
        self.session.add(row)
        self.session.flush()
        return row


@pytest.fixture
def school(database: Database, clock: FixedClock, settings: Settings) -> Iterator[School]:
    with database.transaction() as session:
        yield School(session, clock, settings)
