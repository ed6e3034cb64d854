"""The named cast of the tests: one office, its people, a class, and phones for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.context import Ctx
from bot.models.people import Grant, Person, Posting, Role, Unit, UnitKind
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.people.search import search_text
from bot.sandbox.cast import Cast

ZONE = "Asia/Phnom_Penh"


@dataclass(frozen=True, slots=True)
class Member:
    key: str
    staff_no: str
    name: str
    language: str
    gender: str
    supervisor: str = ""

    @property
    def phone(self) -> str:
        return f"+8551{int(self.staff_no):07d}"


MEMBERS = (
    Member("director", "1001", "Chan Sophea", "en", "F"),
    Member("unit", "1002", "Meas Ratana", "en", "F", "director"),
    Member("sokha", "1003", "Keo Sokha", "en", "M", "director"),
    Member("trainer", "1004", "Prak Vanna", "en", "F", "director"),
    Member("dara", "1011", "Sok Dara", "en", "M", "sokha"),
    Member("bopha", "1012", "Chea Bopha", "km", "F", "sokha"),
    Member("bilal", "1013", "Bilal Ahmed", "ur", "M", "sokha"),
    Member("rith", "1014", "Nhem Rith", "en", "M", "sokha"),
    Member("maly", "1015", "Ouk Maly", "en", "F", "sokha"),
    Member("ayesha", "1016", "Ayesha Khan", "ur", "F", "sokha"),
)
TRAINEES = ("dara", "bopha", "bilal", "rith", "maly", "ayesha")


def telegram_cast() -> Cast:
    """The same people for the sandbox's server."""
    return Cast(
        tuple(
            {
                "key": member.key,
                "role": member.key,
                "staff_no": member.staff_no,
                "name": member.name,
                "name_local": member.name,
                "language": member.language,
                "phone_number": member.phone,
                "unit": "Poipet",
                "position": "Officer",
            }
            for member in MEMBERS
        )
    )


def settle_cast(ctx: Ctx) -> dict[str, int]:
    """Put the cast into the database; person ids by key."""
    region = Unit(name="Mekong", kind=UnitKind.DIRECTORATE, path="Mekong")
    ctx.session.add(region)
    ctx.session.flush()
    office = Unit(name="Poipet", kind=UnitKind.UNIT, path="Mekong/Poipet", parent_id=region.id)
    ctx.session.add(office)
    ctx.session.flush()
    assert office.id is not None
    ids: dict[str, int] = {}
    for member in MEMBERS:
        person = Person(
            staff_no=member.staff_no,
            full_name=member.name,
            unit_id=office.id,
            position="Officer",
            supervisor_id=ids.get(member.supervisor),
            gender=member.gender,
            phone=member.phone,
            language=member.language,
        )
        person.search = search_text(person.staff_no, person.full_name)
        ctx.session.add(person)
        ctx.session.flush()
        assert person.id is not None
        ids[member.key] = person.id
        ctx.session.add(_posting(person, office.id, ctx.today()))
    for key, role in (("unit", Role.UNIT), ("director", Role.EXECUTIVE)):
        ctx.session.add(Grant(person_id=ids[key], role=role, granted_at=ctx.now()))
    ctx.session.flush()
    return ids


def read_english(session: Session) -> None:
    """Everybody reads English, so that a transcript is about something else."""
    for person in session.exec(select(Person)):
        person.language = "en"


def hold_class(ctx: Ctx, ids: dict[str, int], ends_on: dt.date, code: str = "VAL-1") -> int:
    """A class of all trainees with a lead trainer; its id."""
    course = Course(
        code="VAL",
        title="Customs Valuation",
        titles={"km": "ការវាយតម្លៃគយ", "ur": "کسٹمز ویلیوایشن"},
    )
    trainer = Trainer(code="T1", person_id=ids["trainer"])
    ctx.session.add_all([course, trainer])
    ctx.session.flush()
    held = TrainingClass(
        code=code,
        course_id=course.id,
        starts_on=ends_on - dt.timedelta(days=4),
        ends_on=ends_on,
        start_time=dt.time(8),
        end_time=dt.time(9, 30),
        seats=10,
        trainer_id=trainer.id,
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    for key in TRAINEES:
        ctx.session.add(Enrolment(class_id=held.id, person_id=ids[key], changed_at=ctx.now()))
    ctx.session.flush()
    return held.id


def _posting(person: Person, unit_id: int, today: dt.date) -> Posting:
    return Posting(
        person_id=person.id, unit_id=unit_id, position=person.position,
        supervisor_id=person.supervisor_id, from_on=today,
    )  # fmt: skip
