"""The small administration in which the lossy phone fills in its forms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.evaluation.stages import STAGES, class_subject
from bot.forms import versions
from bot.forms.importer import import_form
from bot.models.chats import Chat
from bot.models.evaluation import Assignment
from bot.models.people import Grant, Person, Question, Role, Unit, UnitKind
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.people.search import search_text
from bot.sandbox.cast import Cast
from bot.sandbox.server import TOKEN
from scripts.proofs import lossy_training
from scripts.proofs.lossy_forms import EVERY_TYPE
from scripts.proofs.lossy_training import SPEAKER, SUPERVISORS

START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
REGION, OFFICE, OFFICE_PATH = "Mekong", "Poipet", "Mekong/Poipet"
COURSE = "Customs Valuation"
NAMES = {
    SPEAKER: "Meas Ratana", "1002": "Sok Dara", "1003": "Chea Bopha", "1004": "Bilal Ahmed",
    "1005": "Nhem Rith", "1006": "Ouk Maly", "1007": "Ayesha Khan",
}  # fmt: skip
OUTSIDE_CLASS = "1007"
UNITS = {OFFICE_PATH: OFFICE, REGION: REGION}
ASKED = "Where is the course held?"
SAID = {
    "answer_question": ASKED,
    "answer_approver": lossy_training.ASKED_BACK,
    "certificate_reason": lossy_training.NUMBER,
    "enter_marks": NAMES[lossy_training.ORDERED],
}
"""What the labels of a form take from what it is about."""
FIRST_OTHER = 900_000_000
"""The accounts of the others, who are linked and never say anything."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the forms are opened: the data of the button that leads to each, by form."""

    entries: dict[str, str]
    assignments: dict[str, int]


def settings_for(database: Path, language: str) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=f"sqlite:///{database}",
        country="KH",
        timezone="Asia/Phnom_Penh",
        language=language,
    )


def cast(language: str) -> Cast:
    """One phone: that of a member of the unit, who also trains and took part."""
    person = {
        "key": "speaker", "role": "unit", "staff_no": SPEAKER, "name": NAMES[SPEAKER],
        "language": language, "phone_number": _number(SPEAKER), "unit": OFFICE,
    }  # fmt: skip
    return Cast((person,))


def prepare(path: Path, language: str) -> Places:
    """A database with everything that the library's forms need."""
    settings = settings_for(path, language)
    database, clock = Database(settings.database_url), FixedClock(START)
    root.prepare(settings, database, clock)
    with database.transaction() as session:
        places = _fill(Ctx(session, clock, SYSTEM, settings), language)
    database.close()
    return places


def code_behind(source: str, label: str) -> str | None:
    """The code that a live choice with this label stands for; None where none does."""
    if source in ("people", "class_people", "class_members", "deputies", "reached_people"):
        return next((number for number, name in NAMES.items() if name in label), None)
    known = {
        "units": UNITS,
        "quota_units": UNITS,
        "courses": {COURSE: "VAL", lossy_training.COURSE: "HS"},
        "trainers": {"T1": "T1"},
    }
    if source in known:
        return next((code for word, code in known[source].items() if word in label), None)
    return label


def _fill(ctx: Ctx, language: str) -> Places:
    people = _people(ctx, language)
    held = _class(ctx, people)
    question = Question(person_id=people["1002"], text=ASKED, asked_at=ctx.now())
    ctx.session.add(question)
    owed = {
        "reaction_trainee": _owed(ctx, "reaction_trainee", people[SPEAKER], held),
        "reaction_trainer": _owed(ctx, "reaction_trainer", people[SPEAKER], held),
    }
    ctx.session.flush()
    form = import_form(EVERY_TYPE.read_text(encoding="utf-8"), name="every_type").definition
    assert form is not None, "the form beside this file has no faults"
    tried = versions.publish(ctx, "every_type", form)
    entries = {
        "add_person": "addperson",
        "edit_person": f"editperson:{people['1002']}",
        "new_class": "newclass",
        "edit_class": f"editclass:{held}",
        "add_to_class": f"addmember:{held}",
        "interview_small_group": f"iviewnew:{held}",
        "ask_unit": "ask:new",
        "answer_question": f"question:{question.id}:answer",
        "every_type": f"try:{tried}",
        **{form: f"tb:{number}" for form, number in owed.items()},
        **lossy_training.entries(ctx, people, held, OFFICE),
    }
    return Places(entries, owed)


def _people(ctx: Ctx, language: str) -> dict[str, int]:
    region = Unit(name=REGION, kind=UnitKind.DIRECTORATE, path=REGION)
    ctx.session.add(region)
    ctx.session.flush()
    office = Unit(name=OFFICE, kind=UnitKind.UNIT, path=OFFICE_PATH, parent_id=region.id)
    ctx.session.add(office)
    ctx.session.flush()
    assert office.id is not None
    people = [_person(number, office.id, language) for number in NAMES]
    ctx.session.add_all(people)
    ctx.session.flush()
    ids = {person.staff_no: person.id for person in people if person.id is not None}
    ctx.session.add(Grant(person_id=ids[SPEAKER], role=Role.UNIT, granted_at=ctx.now()))
    for person in people:
        person.supervisor_id = ids.get(SUPERVISORS.get(person.staff_no, ""))
        if person.staff_no != SPEAKER:
            ctx.session.add(Chat(user_id=FIRST_OTHER + ids[person.staff_no], person_id=person.id))
    ctx.session.flush()
    return ids


def _person(number: str, office_id: int, language: str) -> Person:
    return Person(
        staff_no=number,
        full_name=NAMES[number],
        unit_id=office_id,
        position="Officer",
        gender="F",
        phone=_number(number),
        language=language,
        search=search_text(number, NAMES[number]),
    )


def _class(ctx: Ctx, people: dict[str, int]) -> int:
    course = Course(code="VAL", title=COURSE)
    trainer = Trainer(code="T1", person_id=people[SPEAKER])
    ctx.session.add_all([course, trainer])
    ctx.session.flush()
    today = ctx.today()
    held = TrainingClass(
        code="VAL-1",
        course_id=course.id,
        starts_on=today - dt.timedelta(days=5),
        ends_on=today - dt.timedelta(days=1),
        seats=20,
        trainer_id=trainer.id,
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    for number in NAMES.keys() - {OUTSIDE_CLASS}:
        row = Enrolment(class_id=held.id, person_id=people[number], changed_at=ctx.now())
        ctx.session.add(row)
    return held.id


def _owed(ctx: Ctx, stage: str, person_id: int, class_id: int) -> int:
    row = Assignment(
        person_id=person_id,
        stage=stage,
        subject=class_subject(class_id),
        occasion=ctx.today(),
        form=STAGES[stage].form,
        anonymous=stage == "reaction_trainee",
        class_id=class_id,
        opens_at=ctx.now(),
        closes_at=ctx.now() + dt.timedelta(days=90),
    )
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    return row.id


def _number(staff_no: str) -> str:
    return f"+8551{int(staff_no):07d}"
