"""One part of an invented administration: an office with every role, and its classes.

Every name, code and word in it holds the region's mark, so that a leak can be seen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.context import Ctx
from bot.delivery import outbox
from bot.evaluation import interviews
from bot.evaluation.stages import REACTION_TRAINER
from bot.forms import versions
from bot.models.chats import Chat, LinkRequest
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.people import FocalPoint, Grant, Person, Posting, Question, Role, Unit, UnitKind
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.people import linking, privacy
from bot.people.search import search_text
from scripts.trespass.abroad import invite_guests, offer_abroad
from scripts.trespass.naming import call_for_names
from scripts.trespass.requests import ask_for_training

TRAINEES = tuple(f"officer{number}" for number in range(1, 9))
WITHOUT_TELEGRAM = ("paper", "claimed")
OLD_CLASSES = 8


@dataclass(slots=True)
class Region:
    """Ids by key; `mark` is in every word that belongs to the region."""

    mark: str
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)


def settle(ctx: Ctx, mark: str, courses: dict[str, int]) -> Region:
    """Put a region into the database: people, roles, classes, a question, a request."""
    region = Region(mark)
    _settle_units(ctx, region)
    _settle_people(ctx, region)
    _settle_classes(ctx, region, courses)
    officer = region.people["officer1"]
    for words in ("When does my class begin", "Where is it"):
        ctx.session.add(Question(person_id=officer, text=f"{words}, {mark}?", asked_at=ctx.now()))
    ctx.session.flush()
    return region


def happen(ctx: Ctx, region: Region) -> None:
    """What has come up today: a request to link, an interview, a question about a person."""
    claimed, asked = region.people["claimed"], region.classes["asked"]
    ctx.session.add(
        LinkRequest(
            user_id=900_000 + claimed,
            display_name=f"Somebody {region.mark}",
            person_id=claimed,
            asked_at=ctx.now(),
        )
    )
    outbox.tell(ctx, linking.WELCOME, region.people["officer1"], {"way": "contact"})
    office = region.units["office"]
    region.classes |= call_for_names(ctx, region.mark, region.people, office, asked)
    region.classes["planned"] = ask_for_training(ctx, region.mark, region.people, asked)
    for key in ("asked", "planned"):
        invite_guests(ctx, f"{region.mark}-{key}", region.people, region.classes[key])
    version = versions.current_version(ctx, interviews.FORM)
    ctx.session.add(
        Response(
            version_id=version,
            person_id=region.people["unit"],
            class_id=asked,
            answers={"overall": f"Said in {region.mark}"},
            submitted_at=ctx.now(),
        )
    )
    _ask_of_the_chief(ctx, region)
    ctx.session.flush()


def _ask_of_the_chief(ctx: Ctx, region: Region) -> None:
    """A questionnaire about the class waits for its trainer."""
    ctx.session.add(
        Assignment(
            person_id=region.people["chief"],
            stage=REACTION_TRAINER.name,
            subject=f"person:{region.people['claimed']}",
            occasion=ctx.today(),
            form=REACTION_TRAINER.form,
            class_id=region.classes["asked"],
            about_id=region.people["officer1"],
            opens_at=ctx.now(),
            closes_at=ctx.now() + dt.timedelta(days=7),
        )
    )


def add_person(ctx: Ctx, key: str, mark: str, unit_id: int, boss: int | None = None) -> Person:
    """A person with a posting; their name holds key and mark."""
    name = f"{key.capitalize()} {mark}"
    person = Person(
        staff_no=f"{mark}-{key}",
        full_name=name,
        unit_id=unit_id,
        position=f"Inspector {mark}",
        supervisor_id=boss,
        gender="F",
        language="en",
    )
    person.search = search_text(person.staff_no, name)
    ctx.session.add(person)
    ctx.session.flush()
    ctx.session.add(
        Posting(person_id=person.id, unit_id=unit_id, supervisor_id=boss, from_on=ctx.today())
    )
    return person


def add_account(ctx: Ctx, person_id: int, *, accepted: bool = True) -> int:
    """A linked account; its id."""
    user_id = 100_000 + person_id
    version = privacy.VERSION if accepted else 0
    ctx.session.add(Chat(user_id=user_id, person_id=person_id, privacy_version=version))
    return user_id


def grant(ctx: Ctx, person_id: int, role: Role, scope: int | None = None) -> None:
    """Give a role over everything or over one unit."""
    ctx.session.add(
        Grant(person_id=person_id, role=role, scope_unit_id=scope, granted_at=ctx.now())
    )


def _settle_units(ctx: Ctx, region: Region) -> None:
    mark = region.mark
    top = add_unit(ctx, f"{mark} Region")
    region.units = {"region": top, "office": add_unit(ctx, f"{mark} Post", top)}


def add_unit(ctx: Ctx, name: str, above: int | None = None) -> int:
    """An office, or a directorate that belongs to nothing; its id."""
    kind = UnitKind.DIRECTORATE if above is None else UnitKind.UNIT
    unit = Unit(name=name, kind=kind, path=f"{above or 'top'}/{name}", parent_id=above)
    ctx.session.add(unit)
    ctx.session.flush()
    assert unit.id is not None
    return unit.id


def _settle_people(ctx: Ctx, region: Region) -> None:
    office = region.units["office"]
    boss: int | None = None
    for key in ("director", "chief", "unit", "trainer", "focal", *TRAINEES, *WITHOUT_TELEGRAM):
        person = add_person(ctx, key, region.mark, office, boss)
        assert person.id is not None
        region.people[key] = person.id
        boss = region.people.get("chief") or region.people["director"]
        if key not in WITHOUT_TELEGRAM:
            region.accounts[key] = add_account(ctx, person.id)
    grant(ctx, region.people["director"], Role.EXECUTIVE, region.units["region"])
    grant(ctx, region.people["unit"], Role.UNIT, region.units["region"])
    ctx.session.add(FocalPoint(person_id=region.people["focal"], unit_id=office))


def _settle_classes(ctx: Ctx, region: Region, courses: dict[str, int]) -> None:
    trainer = Trainer(code=f"{region.mark}-T", person_id=region.people["trainer"])
    ctx.session.add(trainer)
    ctx.session.flush()
    today = ctx.today()
    ends = {
        "read": ("anonymous", today + dt.timedelta(days=2)),
        "asked": ("anonymous", today + dt.timedelta(days=14)),
        "named": ("named", today + dt.timedelta(days=14)),
    }
    ends |= {
        f"old{number}": ("anonymous", today - dt.timedelta(days=60 + number))
        for number in range(OLD_CLASSES)
    }
    for name, (course, ends_on) in ends.items():
        held = TrainingClass(
            code=f"{region.mark}-{name}",
            course_id=courses[course],
            starts_on=ends_on - dt.timedelta(days=2),
            ends_on=ends_on,
            place=f"Hall of {region.mark}",
            seats=30,
            trainer_id=trainer.id,
            coordinator_id=region.people["unit"],
            cancelled_at=ctx.now() if name == "old0" else None,
        )
        ctx.session.add(held)
        ctx.session.flush()
        assert held.id is not None
        region.classes[name] = held.id
        for key in (*TRAINEES, "paper"):
            person_id = region.people[key]
            ctx.session.add(Enrolment(class_id=held.id, person_id=person_id, changed_at=ctx.now()))


def add_courses(ctx: Ctx) -> dict[str, int]:
    """Courses are held everywhere; one is asked about without names, one by name."""
    made = {
        "anonymous": Course(code="VAL", title="Customs Valuation"),
        "named": Course(code="DOG", title="Working with Dogs", anonymous_reaction=False),
    }
    ctx.session.add_all(made.values())
    ctx.session.flush()
    offer_abroad(ctx, made["anonymous"])
    return {key: course.id for key, course in made.items() if course.id is not None}
