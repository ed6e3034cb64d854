"""One directorate, its people and classes, in a database of either kind that can be put back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlalchemy import delete, insert, select
from sqlmodel import Session, SQLModel

import bot.models  # noqa: F401  (fills the metadata)
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.models.chats import Chat
from bot.models.people import FocalPoint, Grant, Person, Role, Unit, UnitKind
from bot.models.training import Course, Entry, Trainer, TrainingClass
from bot.people.search import search_text

T = TypeVar("T")
ZONE = "Asia/Phnom_Penh"
START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
OFFICERS = 7
A_MOMENT = dt.timedelta(seconds=1)
PLACES = (
    "director",
    "desk",
    "focal",
    "trainer",
    "supervisors",
    "officers",
    "people",
    "offices",
    "classes",
)


@dataclass(slots=True)
class World:
    """Ids of everybody by who they are; `people` may all ask for places: the officers, and one
    each of supervisors, training unit and trainers.
    """

    database: Database
    settings: Settings
    clock: FixedClock
    director: int = 0
    desk: int = 0
    focal: int = 0
    trainer: int = 0
    supervisors: tuple[int, ...] = ()
    officers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    offices: tuple[int, ...] = ()
    classes: tuple[int, ...] = ()
    moment: dt.timedelta = A_MOMENT
    """How much later each transaction is than the one before."""
    first: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Every row that was there at the beginning, by table."""

    def act(self, person_id: int | None, work: Callable[[Ctx], T]) -> T:
        """What this person does (None: a rule), in a transaction and at a moment of its own."""
        self.clock.set(self.clock.now() + self.moment)
        with self.database.transaction() as session:
            return work(self.ctx(session, person_id))

    def ctx(self, session: Session, person_id: int | None = None) -> Ctx:
        actor = SYSTEM if person_id is None else Actor(person_id, 1000 + person_id, "en", ZONE)
        actor = replace(actor, zone=ZONE)
        return Ctx(session, self.clock, actor, self.settings)

    def places(self) -> dict[str, Any]:
        """Everybody's ids by who they are, for another process at the same database."""
        return {name: getattr(self, name) for name in PLACES}

    def put_back(self) -> None:
        """As it was at the beginning, whatever has happened since."""
        self.clock.set(START)
        with self.database.transaction() as session:
            for table in reversed(SQLModel.metadata.sorted_tables):
                session.execute(delete(table))
            for table in SQLModel.metadata.sorted_tables:
                if self.first.get(table.name):
                    session.execute(insert(table), self.first[table.name])


def make(address: str) -> World:
    """All tables, and everybody in them, in the empty database at this address."""
    settings = Settings(
        _env_file=None,
        token=SecretStr("424242:proof"),
        database_url=address,
        country="KH",
        timezone=ZONE,
        language="en",
    )
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    world = World(database, settings, FixedClock(START))
    with database.transaction() as session:
        _settle_people(session, world)
        _settle_classes(session, world)
        world.first = {
            table.name: [dict(row) for row in session.execute(_rows(table)).mappings()]
            for table in SQLModel.metadata.sorted_tables
        }
    return world


def _rows(table: Any) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _settle_people(session: Session, world: World) -> None:
    """Two teams and a half: the third supervisor is not on Telegram."""
    north = _added(session, Unit(name="North", kind=UnitKind.DIRECTORATE, path="North"))
    office = _added(session, Unit(name="Gate", path="North/Gate", parent_id=north.id))
    bridge = _added(session, Unit(name="Bridge", path="North/Bridge", parent_id=north.id))
    world.director = _person(session, 1, north.id, None)
    world.desk = _person(session, 2, north.id, world.director)
    world.supervisors = tuple(
        _person(session, number, unit.id, world.director, linked=number != 5)
        for number, unit in ((3, office), (4, bridge), (5, bridge))
    )
    world.focal = world.supervisors[1]
    world.trainer = _person(session, 6, north.id, world.director)
    world.officers = tuple(
        _person(session, 11 + n, (office, bridge)[n % 2].id, world.supervisors[n % 3])
        for n in range(OFFICERS)
    )
    world.people = (*world.officers, world.supervisors[0], world.desk, world.trainer)
    for member in (world.desk, world.trainer):
        _added(session, Grant(person_id=member, role=Role.UNIT, granted_at=START))
    world.offices = (office.id, bridge.id)
    for unit in (office, bridge):
        _added(session, FocalPoint(person_id=world.focal, unit_id=unit.id))


def _settle_classes(session: Session, world: World) -> None:
    """Two open ones, one for nominations, one by order, one without dates, one of them at hand."""
    asked = _added(session, Course(code="VAL", title="Valuation"))
    free = _added(session, Course(code="HS", title="Nomenclature", needs_approval=False))
    lead = _added(session, Trainer(code="T1", person_id=world.trainer))
    plans: tuple[tuple[Course, int, int | None, Entry], ...] = (
        (asked, 1, 12, Entry.OPEN),
        (asked, 2, 20, Entry.OPEN),
        (free, 2, 28, Entry.OPEN),
        (asked, 2, 40, Entry.NOMINATED),
        (asked, 1, 50, Entry.ORDERED),
        (asked, 2, None, Entry.OPEN),
    )
    made = []
    for number, (course, seats, days, entry) in enumerate(plans, 1):
        starts = None if days is None else START.date() + dt.timedelta(days=days)
        held = TrainingClass(
            code=f"C{number}",
            course_id=course.id,
            seats=seats,
            starts_on=starts,
            ends_on=starts and starts + dt.timedelta(days=2),
            entry=entry,
            trainer_id=lead.id if number == 1 else None,
            coordinator_id=world.desk,
        )
        made.append(_added(session, held).id)
    world.classes = tuple(made)


def _person(
    session: Session, number: int, unit_id: int, supervisor: int | None, *, linked: bool = True
) -> int:
    person = Person(
        staff_no=f"{number:04}",
        full_name=f"Officer {number}",
        unit_id=unit_id,
        position="Officer",
        supervisor_id=supervisor,
        language="en",
        timezone=ZONE,
    )
    person.search = search_text(person.staff_no, person.full_name)
    person_id: int = _added(session, person).id
    if linked:
        _added(session, Chat(user_id=1000 + person_id, person_id=person_id, linked_at=START))
    return person_id


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
