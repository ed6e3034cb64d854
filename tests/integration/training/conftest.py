"""The cast with phones, courses and classes made to measure, and what became of each enrolment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Actor, Ctx
from bot.models.approvals import Approval
from bot.models.delivery import OutboxItem
from bot.models.people import FocalPoint, Grant, Person, Role, Unit
from bot.models.training import (
    Course,
    Enrolment,
    EnrolmentChange,
    EnrolmentState,
    Trainer,
    TrainingClass,
)
from bot.people import accounts, chats
from bot.people.search import search_text
from bot.training import enrolling
from tests.cast import ZONE, settle_cast

BEGINS_IN = 14


class School:
    """Everybody of the cast has a phone; `ctx` is the system's, in one open transaction."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        self.ctx, self.clock = ctx, clock
        self.ids = settle_cast(ctx)
        for key in self.ids:
            self.link(key)

    # Who there is ---------------------------------------------------------------

    def person(self, key: str) -> Person:
        return self.ctx.session.get_one(Person, self.ids[key])

    def acting(self, key: str) -> Ctx:
        """The context of what this member of the cast does."""
        person = self.person(key)
        actor = Actor(person.id, 1000 + self.ids[key], person.language or "en", ZONE)
        return replace(self.ctx, actor=actor)

    def link(self, key: str) -> None:
        chat = chats.get_or_create(self.ctx.session, 1000 + self.ids[key])
        accounts.give(self.ctx, chat, self.person(key), "test")

    def unlink(self, key: str) -> None:
        """This person is not on Telegram any more."""
        accounts.take(self.ctx, [self.ids[key]])

    def add_person(self, key: str, supervisor: str = "sokha", **fields: Any) -> Person:
        """One more officer, with a phone, by default of the same office."""
        settings = {
            "staff_no": f"S{len(self.ids) + 1}",
            "full_name": key.title(),
            "unit_id": self.person("dara").unit_id,
            "supervisor_id": self.ids.get(supervisor),
        } | fields
        person = self.add(Person(**settings))
        person.search = search_text(person.staff_no, person.full_name)
        self.ids[key] = person.id
        self.link(key)
        return person

    def add_unit(self, name: str, parent: Unit | None = None) -> Unit:
        """An office; at the top of its own where no parent is named."""
        path = f"{parent.path}/{name}" if parent else name
        return self.add(Unit(name=name, path=path, parent_id=parent.id if parent else None))

    def grant(self, key: str, role: Role, scope: Unit | None = None) -> None:
        scope_id = scope.id if scope else None
        self.add(
            Grant(
                person_id=self.ids[key],
                role=role,
                scope_unit_id=scope_id,
                granted_at=self.ctx.now(),
            )
        )

    def make_focal_point(self, key: str, unit: Unit) -> None:
        self.add(FocalPoint(person_id=self.ids[key], unit_id=unit.id))

    # What is held ---------------------------------------------------------------

    def course(self, code: str = "VAL", **fields: Any) -> Course:
        """The course with this code, made if it is not there."""
        found = self.ctx.session.exec(select(Course).where(Course.code == code)).first()
        return found or self.add(Course(code=code, **{"title": f"Course {code}"} | fields))

    def trainer(self, key: str = "trainer") -> Trainer:
        """The trainer that this person is, made if they are not in the pool."""
        query = select(Trainer).where(Trainer.person_id == self.ids[key])
        found = self.ctx.session.exec(query).first()
        return found or self.add(Trainer(code=f"T-{key}", person_id=self.ids[key]))

    def hold(
        self, seats: int = 2, course: str = "VAL", begins_in: int | None = BEGINS_IN, **fields: Any
    ) -> TrainingClass:
        """A class of five days that begins in so many days; None: it has no dates yet."""
        if begins_in is not None:
            starts = self.ctx.now().date() + dt.timedelta(days=begins_in)
            fields = {"starts_on": starts, "ends_on": starts + dt.timedelta(days=4)} | fields
        number = len(self.ctx.session.exec(select(TrainingClass.id)).all()) + 1
        settings = {"code": f"{course}-{number}", "course_id": self.course(course).id} | fields
        return self.add(TrainingClass(seats=seats, **settings))

    # What is done ---------------------------------------------------------------

    def request(self, key: str, held: TrainingClass) -> Enrolment:
        return enrolling.request(self.acting(key), held.id)

    def approved(self, key: str, held: TrainingClass) -> Enrolment:
        """This person asked for a place, and it was approved."""
        return enrolling.approve(self.ctx, self.request(key, held).id)

    def pass_days(self, days: float) -> None:
        self.clock.advance(days=days)

    # What became of it ----------------------------------------------------------

    def enrolment(self, key: str, held: TrainingClass) -> Enrolment:
        query = select(Enrolment).where(
            Enrolment.class_id == held.id, Enrolment.person_id == self.ids[key]
        )
        return self.ctx.session.exec(query).one()

    def state(self, key: str, held: TrainingClass) -> EnrolmentState:
        return self.enrolment(key, held).state

    def enrolled(self, held: TrainingClass) -> set[str]:
        """Who holds a place before the class has begun, by key."""
        names = {person_id: key for key, person_id in self.ids.items()}
        query = select(Enrolment.person_id).where(
            Enrolment.class_id == held.id, Enrolment.state == EnrolmentState.ENROLLED
        )
        return {names[person_id] for person_id in self.ctx.session.exec(query)}

    def history(self, row: Enrolment) -> list[tuple[str, str]]:
        """The acts on an enrolment and the state each led to, in order."""
        return [(change.act, change.new) for change in self.changes(row)]

    def changes(self, row: Enrolment) -> list[EnrolmentChange]:
        query = select(EnrolmentChange).where(EnrolmentChange.enrolment_id == row.id)
        return list(self.ctx.session.exec(query.order_by(EnrolmentChange.id)))

    def approval(self, row: Enrolment) -> Approval:
        """What is asked about an enrolment, or was asked last."""
        query = select(Approval).where(Approval.enrolment_id == row.id)
        return self.ctx.session.exec(query.order_by(Approval.id.desc())).first()

    def told(self, key: str, notice: str = "enrolment_changed") -> list[dict[str, Any]]:
        """What this person was told by notices of one kind, in order."""
        query = select(OutboxItem).where(
            OutboxItem.person_id == self.ids[key], OutboxItem.notice == notice
        )
        return [item.params for item in self.ctx.session.exec(query.order_by(OutboxItem.id))]

    def told_states(self, key: str) -> list[str]:
        """The states that this person was told of, in order."""
        changes = [params["change"] for params in self.told(key)]
        return [self.ctx.session.get_one(EnrolmentChange, change).new for change in changes]

    def add(self, row: Any) -> Any:
        self.ctx.session.add(row)
        self.ctx.session.flush()
        return row


@pytest.fixture
def school(ctx: Ctx, clock: FixedClock) -> School:
    return School(ctx, clock)
