"""The database before the first kill: ten offices with their officers and a training desk each.

Everybody is linked and owes several questionnaires, which are told one after another.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session

from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery import outbox
from bot.evaluation import assignments
from bot.evaluation.class_end import REACTION_DUE
from bot.evaluation.stages import STAGES, class_subject
from bot.forms import versions
from bot.forms.importer import import_form
from bot.forms.library_sync import LIBRARY
from bot.migrate import migrate
from bot.models.chats import Chat
from bot.models.evaluation import Assignment, ClassClosure
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import privacy
from bot.sandbox.server import TOKEN
from scripts.killing import asked
from scripts.killing.people import Cast, account

SEND_RATE = 1000.0
WEBHOOK_SECRET = "a-secret-of-the-proof"
NOON = 12
FROM_LIBRARY = ("ask_unit", "answer_question")


def settings_for(
    url: str, api_url: str = "", webhook_url: str = "", listen: str = "off"
) -> Settings:
    """What every process of the proof reads; nothing of this machine's own settings."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=url,
        api_url=api_url,
        webhook_url=webhook_url,
        webhook_secret=SecretStr(WEBHOOK_SECRET if webhook_url else ""),
        listen=listen,
        send_rate=SEND_RATE,
    )


def make(url: str, clock: Clock, cast: Cast, forms_each: int, seconds: float) -> None:
    """Fill a new database; the notices of what is owed fall due over the next `seconds`."""
    settings = settings_for(url)
    database = Database(url, statement_seconds=None)
    migrate(database, clock, settings)
    with database.transaction() as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        _forms(ctx)
        _people(session, cast, clock)
        _owed(ctx, cast, forms_each, seconds)
    database.close()


def _forms(ctx: Ctx) -> None:
    """The two questionnaires, and of the library only what is filled in here."""
    for name in (asked.NAMED, asked.ANONYMOUS):
        versions.publish(ctx, name, asked.form(name))
    for name in FROM_LIBRARY:
        imported = import_form((LIBRARY / f"{name}.md").read_text("utf-8"), name=name)
        assert imported.definition is not None, imported.faults
        versions.publish(ctx, name, imported.definition, from_library=True)


def _people(session: Session, cast: Cast, clock: Clock) -> None:
    zone = _zone_at_noon(clock)
    for office in range(1, cast.desks + 1):
        session.add(Unit(id=office, name=f"Office {office}", path=f"Coast/Port/Office {office}"))
    session.flush()
    session.add_all(_person(cast, number, zone) for number in cast.people)
    session.flush()
    session.add_all(
        Chat(
            user_id=account(number),
            person_id=number,
            language="en",
            privacy_version=privacy.VERSION,
            linked_at=clock.now(),
        )
        for number in cast.people
    )
    session.add_all(
        Grant(
            person_id=number,
            role=Role.UNIT,
            scope_unit_id=cast.office(number),
            granted_at=clock.now(),
        )
        for number in cast.people
        if cast.is_desk(number)
    )
    session.flush()


def _person(cast: Cast, number: int, zone: str) -> Person:
    return Person(
        id=number,
        staff_no=f"K-{number:04}",
        full_name=f"Officer {number:04}",
        unit_id=cast.office(number),
        phone=f"+85510{number:06}",
        language="en",
        timezone=zone,
        gender="f" if number % 2 else "m",
        search=f"officer {number:04} k-{number:04}",
    )


def _zone_at_noon(clock: Clock) -> str:
    """A zone where it is noon, so that no notice waits for the end of the night."""
    east = (NOON - clock.now().hour) % 24
    east -= 24 if east > NOON else 0
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"


def _owed(ctx: Ctx, cast: Cast, forms_each: int, seconds: float) -> None:
    """Each officer owes a named and an anonymous questionnaire of every class, in turns."""
    ended = ctx.today() - dt.timedelta(days=1)
    ctx.session.add(Course(id=1, code="PROOF", title="Valuation", category="Customs"))
    ctx.session.flush()
    for number in range(1, forms_each + 1):
        row = TrainingClass(id=number, code=f"PROOF-{number}", course_id=1)
        row.starts_on = row.ends_on = ended
        ctx.session.add(row)
        ctx.session.flush()
        ctx.session.add(ClassClosure(class_id=number, occasion=ended, outcome="asked"))
        for person_id in range(1, cast.officers + 1):
            ctx.session.add(Enrolment(class_id=number, person_id=person_id, changed_at=ctx.now()))
            _give(ctx, person_id, number, ended, seconds * (number - 1) / forms_each)


def _give(ctx: Ctx, person_id: int, number: int, ended: dt.date, later: float) -> None:
    stage = STAGES[asked.ANONYMOUS if (person_id + number) % 2 else asked.NAMED]
    row = Assignment(
        person_id=person_id,
        stage=stage.name,
        subject=class_subject(number),
        occasion=ended,
        form=stage.form,
        anonymous=stage.name == asked.ANONYMOUS,
        class_id=number,
        opens_at=ctx.now(),
        closes_at=ctx.now() + dt.timedelta(days=7, seconds=number),
    )
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    params: dict[str, Any] = {"assignment": row.id}
    outbox.tell(
        ctx, REACTION_DUE, person_id, params,
        key=assignments.due_key(row.id), due_at=ctx.now() + dt.timedelta(seconds=later),
    )  # fmt: skip
