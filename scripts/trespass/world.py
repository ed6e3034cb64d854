"""Both regions, headquarters and people who should reach nothing, three weeks into the course."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import select

from bot import app
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.evaluation import answering, assignments
from bot.forms import service, versions
from bot.forms.importer import import_form
from bot.forms.service import Submission
from bot.models.chats import Chat
from bot.models.evaluation import Assignment
from bot.models.people import Person, Role
from bot.models.planning import OutlineState
from bot.models.system import Blob
from bot.people import invites
from bot.scheduler.registry import JOBS
from bot.work import queue
from bot.work.queue import Workshop
from bot.work.runner import run_next
from handlers.edge.middleware import Desk
from scripts.trespass import messages, needed, outlined
from scripts.trespass import region as regions
from scripts.trespass.followed import follow_up, name_behaviours
from scripts.trespass.held import hold_to_the_end
from scripts.trespass.looked_back import look_back, own_work
from scripts.trespass.on_the_job import learn_on_the_job
from scripts.trespass.planned import plan_all
from scripts.trespass.qualified import add_curricula, qualify
from scripts.trespass.region import Region, add_account, add_person, grant
from scripts.trespass.tested import add_tests, take_tests

BEGAN = dt.datetime(2026, 2, 2, 2, 0, tzinfo=dt.UTC)
DAYS = 17
VICTIM, OTHER, CENTRAL = "Northerly", "Southerly", "Headquarters"
STRANGER = 777_001
BOT_ID = 424242
MOST_ANSWERED = 6
BEGINNING = ("officer1", "officer2", "trainer")

MANY = """| settings | | | |
| | form_title | form_id | version |
| | A form that asks everything | everything_asked | 1 |

| survey | | | | |
| | type | name | label | required |
| | select_multiple way | ways | How do you come? | |
| | integer | years | How many years? | |
| | date | day | Which day? | |
| | select_one place | place | Which place? | |
| | text | words | Anything else? | |
| | image | sheet | A photo of the sheet? | |

| choices | | | |
| | list_name | name | label |
| | way | bus | By bus |
| | way | boat | By boat |
""" + "".join(f"| | place | p{number} | Place {number} |\n" for number in range(25))


@dataclass(slots=True)
class World:
    """A prepared database with what is needed to act in it; accounts by key."""

    settings: Settings
    database: Database
    clock: FixedClock
    regions: dict[str, Region] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    blob_id: int = 0
    spent_token: str = ""

    @property
    def desk(self) -> Desk:
        return Desk(BOT_ID, self.clock, self.settings)

    def close(self) -> None:
        self.database.close()


def make(folder: Path) -> World:
    """A world of its own in `folder`; takes a few seconds."""
    app.register_speaking()
    app.register_working()
    settings = Settings(
        _env_file=None,
        token=SecretStr(f"{BOT_ID}:NOT-A-SECRET"),
        database_url=f"sqlite:///{folder / 'rollcall.db'}",
        country="KH",
        timezone="Asia/Phnom_Penh",
        language="en",
    )
    world = World(
        settings, Database(settings.database_url, statement_seconds=None), FixedClock(BEGAN)
    )
    app.prepare(settings, world.database, world.clock)
    with world.database.transaction() as session:
        _settle(world, _system(world, session))
    _let_time_pass(world)
    with world.database.transaction() as session:
        for region in world.regions.values():
            course_id = _live(world, _system(world, session), region)
    _work(world)
    with world.database.transaction() as session:
        ctx = _system(world, session)
        messages.send_out(ctx)
        desk, colleague = (world.accounts[key] - 100_000 for key in ("desk", "colleague"))
        own_work(ctx, desk, colleague, course_id)
        plan_all(ctx, desk, colleague, world.regions[VICTIM].people["officer1"])
    return world


def _live(world: World, ctx: Ctx, region: Region) -> int:
    """What has come up in one region; the course its classes are of."""
    regions.happen(ctx, region)
    people, asked = region.people, region.classes["asked"]
    course_id = hold_to_the_end(ctx, people, asked)
    qualify(ctx, region.mark, people, course_id)
    follow_up(ctx, region.mark, people, asked)
    add_tests(ctx, course_id)
    take_tests(ctx, region.mark, people, asked)
    learn_on_the_job(ctx, region.mark, people, region.units["office"], asked)
    look_back(ctx, region.mark, people, region.classes, course_id)
    needed.need(ctx, region.mark, people, region.units)
    for state in (OutlineState.DRAFT, OutlineState.IN_REVIEW):
        outlined.write(ctx, region.mark, people, state)
    messages.write(ctx, region.mark, people, region.classes["planned"])
    _begin_forms(world, ctx, region)
    return course_id


def _system(world: World, session: object) -> Ctx:
    return Ctx(session, world.clock, SYSTEM, world.settings)  # type: ignore[arg-type]


def _settle(world: World, ctx: Ctx) -> None:
    courses = regions.add_courses(ctx)
    add_curricula(ctx, courses["anonymous"])
    name_behaviours(ctx, courses["anonymous"])
    for mark in (VICTIM, OTHER):
        world.regions[mark] = regions.settle(ctx, mark, courses)
    office = regions.add_unit(ctx, CENTRAL)
    for key, role in (("desk", Role.UNIT), ("colleague", Role.UNIT), ("records", Role.HR)):
        person = add_person(ctx, key, CENTRAL, office)
        assert person.id is not None
        grant(ctx, person.id, role)
        world.accounts[key] = add_account(ctx, person.id)
    _settle_outsiders(world, ctx)
    messages.add_audiences(ctx, world.accounts["desk"] - 100_000)
    invites.remember_bot_name(ctx.session, "rollcall_bot")
    link = invites.make(ctx, [world.regions[VICTIM].people["paper"]])[0].link
    world.spent_token = link.partition("=")[2]
    invites.spend(ctx, [world.regions[VICTIM].people["paper"]])
    imported = import_form(MANY.encode(), name="everything_asked.md")
    assert imported.definition is not None, imported.faults
    versions.publish(ctx, imported.definition.form_id, imported.definition)


def _settle_outsiders(world: World, ctx: Ctx) -> None:
    """Somebody who has left but still stands in the chat's row, and somebody new."""
    office = world.regions[OTHER].units["office"]
    for key, accepted in (("leaver", True), ("newcomer", False)):
        person = add_person(ctx, key, OTHER, office)
        assert person.id is not None
        grant(ctx, person.id, Role.UNIT)
        person.active = key != "leaver"
        world.accounts[key] = add_account(ctx, person.id, accepted=accepted)
    ctx.session.add(Chat(user_id=STRANGER))
    world.accounts["stranger"] = STRANGER


def _let_time_pass(world: World) -> None:
    """Every job at every hour of three weeks; the first class is answered and closes."""
    for _day in range(DAYS):
        for _part in range(4):
            world.clock.advance(hours=6)
            with world.database.transaction() as session:
                ctx = _system(world, session)
                for job in JOBS.values():
                    job.run(ctx)
                _answer(world, ctx)


def _begin_forms(world: World, ctx: Ctx, region: Region) -> None:
    """Forms left half-way: a question to the unit, a questionnaire, a correction."""
    for key, user_id in region.accounts.items():
        person_id = region.people[key]
        own = Ctx(ctx.session, world.clock, Actor(person_id, user_id, "en", "UTC"), world.settings)
        service.begin(own, "ask_unit")
        for card in assignments.tasks(own)[:1] if key in BEGINNING else []:
            opening = assignments.begin(own, card.assignment_id)
            service.begin(own, opening.form, opening.purpose, assignment_id=card.assignment_id)
        if key == "unit":
            service.begin(own, "edit_class", {"class_id": region.classes["asked"]})


def _answer(world: World, ctx: Ctx) -> None:
    for region in world.regions.values():
        rows = ctx.session.exec(
            select(Assignment).where(Assignment.class_id == region.classes["read"])
        ).all()
        for row in rows[:MOST_ANSWERED]:
            if row.state == "open" and row.anonymous:
                actor = Actor(row.person_id, 100_000 + row.person_id, "en", "UTC")
                answered = Ctx(ctx.session, world.clock, actor, world.settings)
                version = versions.current_version(ctx, row.form)
                purpose = assignments.opening(row).purpose
                given = {"overall": "4", "most_useful": f"Best of {region.mark}"}
                answering.take(answered, Submission(version, row.id, purpose, given))


def _work(world: World) -> None:
    """Headquarters sends a roster and a form; the roster is taken."""
    person_id = world.accounts["desk"] - 100_000
    table = f"staff_no,full_name,unit\n{CENTRAL}-new,New {CENTRAL},{VICTIM} Post\n"
    files = (("people.csv", table.encode()), ("everything_asked.md", MANY.encode()))
    with world.database.transaction() as session:
        ctx = Ctx(session, world.clock, Actor(person_id=person_id), world.settings)
        blobs = [
            Blob(name=name, content=content, made_at=ctx.now(), owner_id=person_id)
            for name, content in files
        ]
        session.add_all(blobs)
        session.flush()
        world.blob_id = blobs[0].id or 0
        for _time in range(2):
            params = {"blob": world.blob_id, "import_kind": "people"}
            queue.queue(ctx, "import_check", params)
        queue.queue(ctx, "form_check", {"blob": blobs[1].id})
        queue.queue(ctx, "import_apply", {"run": 1})
        session.get_one(Person, person_id).language = "en"
    workshop = Workshop(world.database, world.clock, world.settings)
    while run_next(workshop):
        pass
