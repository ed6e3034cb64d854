"""Forgetting somebody who has left: who they were, their account, and what they wrote.

What the administration has to keep stays under the staff number: posts, classes, completions,
and coded answers, which are part of figures. Anonymous answers are nobody's and stay.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, exists, func, or_, select, update
from sqlmodel import Session, SQLModel

from bot import audit
from bot.calendar import local_date
from bot.context import Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.evaluation import on_the_job
from bot.forms import answer_files, versions
from bot.i18n import _
from bot.models.chats import Chat, LinkRequest, RequestState
from bot.models.delivery import Message, OutboxItem
from bot.models.forms import Response
from bot.models.imports import ImportChunk, Part
from bot.models.inbound import SetAside
from bot.models.on_the_job import TaskSignature
from bot.models.people import Person, Question
from bot.models.system import AuditEntry, Blob
from bot.models.tests import TestAttempt
from bot.models.training import Enrolment, Trainer, TrainingClass
from bot.needs import donor_surveys
from bot.needs import forgetting as needs_forgetting
from bot.operations.coded_answers import coded, remarks
from bot.operations.sweep import Words, sweep
from bot.people import directory, search
from bot.planning import forgetting as planning_forgetting
from bot.planning import letters
from bot.training import forgetting

NAMING = ("full_name", "name_latin", "phone")
SHORTEST_QUOTE = 4
OF_THE_ACCOUNT = ("invite", "link_request", "focal_point", "role_grant")
WORDS_OF_THEIR_OWN = {
    "question": ("text", "answer"),
    "enrolment": ("reason",),
    "assignment": ("reason",),
    "trainer": ("name",),
    "follow_up_reply": ("reply",),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom it is about, and how much there is."""

    person_id: int
    staff_no: str
    accounts: frozenset[int]
    answers: int
    questions: int
    enrolments: int

    def lines(self) -> Iterator[str]:
        """What will happen, for the operator."""
        yield f"Staff number {self.staff_no}: {len(self.accounts)} chat account(s)."
        yield "Goes: name in every spelling, telephone number, gender, language, account,"
        yield f"messages, drafts, roles, and all words of {self.answers} answered form(s)"
        yield f"and {self.questions} question(s). All files in the database go too, but for"
        yield "those that others sent as answers of their own."
        yield f"Stays under the number: posts, {self.enrolments} enrolment(s), coded answers."


def look(ctx: Ctx, staff_no: str) -> Plan:
    """What there is about somebody.

    Refuses whoever is on the roster still, leads somebody, or is the trainer of a class to come.
    """
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        raise Refusal(_("Nobody has the staff number {number}.", number=staff_no))
    person = ctx.session.get_one(Person, person_id)
    _refuse_needed(ctx, person)
    return Plan(
        person_id,
        person.staff_no,
        _accounts(ctx.session, person_id),
        _count(ctx, Response.person_id == person_id),
        _count(ctx, Question.person_id == person_id),
        _count(ctx, Enrolment.person_id == person_id),
    )


def erase(ctx: Ctx, plan: Plan) -> None:
    """Do it, in this transaction; `wipe` has to follow the commit."""
    person = ctx.session.get_one(Person, plan.person_id)
    names, quotes = _names(ctx.session, person), _quotes(ctx, plan.person_id)
    _strip_answers(ctx, plan)
    _delete_account(ctx.session, plan)
    _forget_words(ctx.session, plan.person_id)
    _delete_files(ctx.session, plan.person_id)
    _forget_person(person)
    ctx.session.flush()
    _silence_messages(ctx.session, Words(names, plan.accounts))
    sweep(ctx.session, Words([*names, *quotes], plan.accounts))
    ctx.session.expire_all()
    audit.record(ctx, "person.erased", "person", plan.person_id)


def wipe(database: Database) -> None:
    """Write the whole database anew, so that no free page holds what was erased."""
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("VACUUM" if database.is_sqlite else "VACUUM FULL")
        if database.is_sqlite:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_needed(ctx: Ctx, person: Person) -> None:
    if person.active:
        raise Refusal(_("This person is on the roster. Take them off first, then erase them."))
    led = or_(Person.supervisor_id == person.id, Person.acting_supervisor_id == person.id)
    if ctx.session.execute(select(Person.id).where(led, Person.active).limit(1)).first():
        raise Refusal(_("People still have this person as their supervisor. Change that first."))
    today = local_date(ctx.now(), ctx.settings.timezone)
    if _trains_later(ctx.session, person.id, today):
        raise Refusal(
            _("This person is the trainer of a class to come. Name another trainer first.")
        )


def _trains_later(session: Session, person_id: int | None, today: dt.date) -> bool:
    own = select(Trainer.id).where(Trainer.person_id == person_id)
    trains = or_(TrainingClass.trainer_id.in_(own), TrainingClass.backup_trainer_id.in_(own))
    later = or_(TrainingClass.ends_on.is_(None), TrainingClass.ends_on >= today)
    found = exists().where(trains, later, TrainingClass.cancelled_at.is_(None))
    return bool(session.execute(select(found)).scalar())


def _accounts(session: Session, person_id: int) -> frozenset[int]:
    """Accounts that ever spoke for them and speak for nobody else now."""
    linked = session.scalars(
        select(AuditEntry.details).where(
            AuditEntry.action.like("link.%"),
            AuditEntry.object_kind == "person",
            AuditEntry.object_id == person_id,
        )
    )
    found = {details["user_id"] for details in linked if details.get("user_id")}
    found |= set(session.scalars(select(Chat.user_id).where(Chat.person_id == person_id)))
    found |= set(
        session.scalars(
            select(LinkRequest.user_id).where(
                LinkRequest.person_id == person_id, LinkRequest.state == RequestState.CONFIRMED
            )
        )
    )
    others = select(Chat.user_id).where(
        Chat.user_id.in_(found), Chat.person_id.is_not(None), Chat.person_id != person_id
    )
    return frozenset(found - set(session.scalars(others)))


def _names(session: Session, person: Person) -> list[str]:
    """Every spelling, those of earlier rosters too, and as searching has them."""
    found = {person.full_name, person.name_latin, person.phone, *person.names.values()}
    for columns, values in _staged(session, person):
        row = dict(zip(columns, values, strict=True))
        found |= {row[name] for name in NAMING if row.get(name)}
        found |= set((row.get("names") or {}).values())
    plain = {name for name in found if name and name != person.staff_no}
    return [*plain, *(search.fold(name) for name in plain)]


def _staged(session: Session, person: Person) -> Iterator[tuple[list[str], list[Any]]]:
    """What files that were imported said of the person: columns and values."""
    chunks = select(ImportChunk.part, ImportChunk.columns, ImportChunk.rows).where(
        ImportChunk.target == "person",
        or_(
            ImportChunk.rows.contains(f"[{person.id},[", autoescape=True),
            ImportChunk.rows.contains(json.dumps(person.staff_no), autoescape=True),
        ),
    )
    for part, columns, rows in session.execute(chunks):
        for row in json.loads(rows):
            if part == Part.UPDATE and row[0] == person.id:
                yield columns, row[1]
                yield columns, row[2]
            elif part != Part.UPDATE and person.staff_no in row:
                yield columns, row


def _quotes(ctx: Ctx, person_id: int) -> set[str]:
    """What they wrote, which others may have been shown."""
    rows = ctx.session.execute(
        select(Response.version_id, Response.answers).where(Response.person_id == person_id)
    ).all()
    found = {
        value
        for version_id, answers in rows
        for name, value in answers.items()
        if isinstance(value, str) and name not in coded(ctx, version_id)
    }
    found |= set(ctx.session.scalars(select(Question.text).where(Question.person_id == person_id)))
    return {words for words in found if len(words) >= SHORTEST_QUOTE}


def _strip_answers(ctx: Ctx, plan: Plan) -> None:
    """Words go from what they answered and from what others answered about them."""
    own = or_(Response.person_id == plan.person_id, Response.about_id == plan.person_id)
    named = cast(Response.answers, Text).contains(f'"{plan.staff_no}"', autoescape=True)
    for response in ctx.session.scalars(select(Response).where(or_(own, named))):
        form = versions.definition(ctx, response.version_id)
        if plan.person_id in (response.person_id, response.about_id):
            gone = response.answers.keys() - coded(ctx, response.version_id)
        else:
            gone = remarks(form, response.answers, plan.staff_no)
        response.answers = {
            name: value for name, value in response.answers.items() if name not in gone
        }
        answer_files.forget(ctx, form, response)
    for attempt in ctx.session.scalars(
        select(TestAttempt).where(TestAttempt.person_id == plan.person_id)
    ):
        kept = coded(ctx, attempt.version_id)
        attempt.answers = {name: said for name, said in attempt.answers.items() if name in kept}
    ctx.session.flush()


def _delete_files(session: Session, person_id: int) -> None:
    """Any file may name them; but what others sent as an answer of their own stays, what shows
    that they have done a task, letters of donors, and those by which plans were decided.
    """
    shown = Blob.id.in_(select(TaskSignature.blob_id).where(TaskSignature.blob_id.is_not(None)))
    kept = or_(shown, letters.kept_files(), donor_surveys.kept_files())
    answer = or_(Blob.draft_id.is_not(None), Blob.response_id.is_not(None), kept)
    others = answer & or_(Blob.owner_id.is_(None), Blob.owner_id != person_id)
    session.execute(delete(Blob).where(~others))


def _delete_account(session: Session, plan: Plan) -> None:
    """Everything under their accounts, and everything that was to be told to them."""
    messages = select(Message.id).where(Message.user_id.in_(plan.accounts))
    session.execute(
        delete(OutboxItem).where(
            or_(
                OutboxItem.person_id == plan.person_id,
                OutboxItem.user_id.in_(plan.accounts),
                OutboxItem.message_id.in_(messages),
            )
        )
    )
    for number in plan.accounts:
        payload = cast(SetAside.payload, Text).contains(str(number))
        session.execute(delete(SetAside).where(payload))
    session.execute(update(Chat).where(Chat.person_id == plan.person_id).values(draft_id=None))
    for name in OF_THE_ACCOUNT:
        table = SQLModel.metadata.tables[name]
        session.execute(delete(table).where(table.c.person_id == plan.person_id))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "user_id" in table.c:
            session.execute(delete(table).where(table.c.user_id.in_(plan.accounts)))


def _forget_words(session: Session, person_id: int) -> None:
    """Reasons and questions, and the name under which they stood among the trainers."""
    for name, columns in WORDS_OF_THEIR_OWN.items():
        table = SQLModel.metadata.tables[name]
        own = table.c.person_id == person_id
        session.execute(update(table).where(own).values(dict.fromkeys(columns, "")))
    session.execute(update(AuditEntry).where(AuditEntry.actor_id == person_id).values(reason=""))
    forgetting.forget_words(session, person_id)
    on_the_job.forget_words(session, person_id)
    needs_forgetting.forget_words(session, person_id)
    planning_forgetting.forget_words(session, person_id)


def _forget_person(person: Person) -> None:
    """The staff number stands for the name from now on."""
    person.full_name, person.search = person.staff_no, search.fold(person.staff_no)
    person.names, person.name_latin, person.address_as = {}, "", ""
    person.phone = person.gender = person.language = person.timezone = person.grade = ""
    person.supervisor_id = person.acting_supervisor_id = None
    person.acting_until = person.away_until = person.hired_on = person.retires_on = None


def _silence_messages(session: Session, words: Words) -> None:
    """A message to somebody else that names them says more about them: all of it goes."""
    if words.texts or words.numbers:
        column = Message.__table__.c.text  # type: ignore[attr-defined]  # SQLModel sets it
        session.execute(update(Message).where(words.likely([column])).values(text=""))


def _count(ctx: Ctx, condition: ColumnElement[bool]) -> int:
    return int(ctx.session.execute(select(func.count()).where(condition)).scalar_one())
