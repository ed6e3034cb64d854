"""A vessel with a crew, a supervisor above them, a trainer, the training unit, a task book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.models.chats import Chat
from bot.models.delivery import OutboxItem
from bot.models.on_the_job import Signer, TaskBook, TaskItem
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import Trainer
from bot.people.search import search_text
from tests.conftest import START

HOUR = dt.timedelta(hours=1)


class Vessel:
    """Makes people and books in one open transaction; everybody has linked a phone."""

    def __init__(self, session: Session, clock: FixedClock, settings: Settings) -> None:
        self.session, self.clock, self.settings = session, clock, settings
        self.fleet = self.add(Unit(name="Fleet", path="Fleet"))
        self.ship = self.add(Unit(name="Cape", path="Fleet/Cape", parent_id=self.fleet.id))
        self.ctx = Ctx(session, clock, SYSTEM, settings)
        self.desk = self.person("Desk", self.fleet)
        self.grant(self.desk)
        self.chief = self.person("Chief", self.fleet)
        self.boss = self.person("Boss", supervisor_id=self.chief.id)
        self.officer = self.person("Officer", supervisor_id=self.boss.id)

    def person(self, name: str, unit: Unit | None = None, **fields: Any) -> Person:
        number = len(self.session.exec(select(Person.id)).all()) + 1
        office = unit or self.ship
        person = Person(staff_no=f"S{number}", full_name=name, unit_id=office.id, **fields)
        person.search = search_text(person.staff_no, name)
        self.add(person)
        self.add(Chat(user_id=1000 + person.id, person_id=person.id, linked_at=START))
        return person

    def grant(self, person: Person, role: Role = Role.UNIT, scope: Unit | None = None) -> None:
        scoped = scope.id if scope is not None else None
        self.add(Grant(person_id=person.id, role=role, scope_unit_id=scoped, granted_at=START))

    def trainer(self, name: str, unit: Unit | None = None) -> Person:
        person = self.person(name, unit)
        self.add(Trainer(code=person.staff_no, person_id=person.id))
        return person

    def book(self, *tasks: dict[str, Any], **fields: Any) -> TaskBook:
        number = len(self.session.exec(select(TaskBook.id)).all()) + 1
        book = self.add(TaskBook(code=f"B{number}", title=f"Book {number}", **fields))
        for place, task in enumerate(tasks or ({}, {}), 1):
            given = {"task": f"Task {place}", "signer": Signer.SUPERVISOR} | task
            self.add(TaskItem(book_id=book.id, place=place, **given))
        return book

    def items(self, book: TaskBook) -> list[int]:
        query = select(TaskItem.id).where(TaskItem.book_id == book.id).order_by(TaskItem.place)
        return list(self.session.exec(query))

    def as_person(self, person: Person) -> Ctx:
        actor = Actor(person.id, 1000 + person.id, "en", "UTC")
        return Ctx(self.session, self.clock, actor, self.settings)

    def told(self, notice: str) -> list[OutboxItem]:
        query = select(OutboxItem).where(OutboxItem.notice == notice).order_by(OutboxItem.id)
        return list(self.session.exec(query))

    def add(self, row):
        self.session.add(row)
        self.session.flush()
        return row


@pytest.fixture
def vessel(database: Database, clock: FixedClock, settings: Settings) -> Iterator[Vessel]:
    with database.transaction() as session:
        yield Vessel(session, clock, settings)
