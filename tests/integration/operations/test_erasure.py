"""After an erasure nothing in any table, or in the file, says who the person was."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, Text, cast, insert, select, update
from sqlmodel import Session, SQLModel

from bot.clock import FixedClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.models.forms import FormVersion, Response
from bot.models.people import Person
from bot.models.system import AuditEntry
from bot.models.training import Enrolment, Trainer, TrainingClass
from bot.operations import erasure
from bot.operations.backups import restoring
from bot.operations.backups.format import Kind, kind_of
from bot.operations.sweep import KEPT, texts_of
from bot.people import editing
from tests.integration.operations.places import KINDS, START, Places, odd_row, settings_for

pytestmark = pytest.mark.postgres
ACCOUNT = 6_123_456_789
TYPED = "Zzyzx & the <cranes> ត្រូវ"
OTHER_SCRIPT = "សុខ វិចិត្រ ជួន"
REMARK = "Remarkable in every way"
ANOTHER: dict[str, dict[str, Any]] = {
    "needs_round": {"plan_year": dt.date(2031, 1, 1)},
    "annual_plan": {"plan_year": dt.date(2031, 1, 1)},
    "course_outline": {"version": 78},
}
"""What there is once only, and is there already."""


class Case:
    """One officer of the demo administration, and everything about them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.database = Database(address, statement_seconds=None)
        with self.transaction() as ctx:
            person = self._somebody(ctx.session)
            assert person.id is not None
            self.id, self.staff_no = person.id, person.staff_no
            person.phone = "+85599887766"
            person.names = {"km": OTHER_SCRIPT}
            ctx.session.flush()
            self.name, self.phone = person.full_name, person.phone
            editing.deactivate(ctx, person.id, editing.Leaving.RETIRED)

    def _somebody(self, session: Session) -> Person:
        """Leads nobody, trains nobody, and has a name of their own."""
        names = [row.full_name for row in session.scalars(select(Person))]
        leads = select(Person.supervisor_id).where(Person.supervisor_id.is_not(None))
        trains = select(Trainer.person_id).where(Trainer.person_id.is_not(None))
        return next(
            person
            for person in session.scalars(
                select(Person)
                .where(Person.id.not_in(leads), Person.id.not_in(trains), Person.active)
                .order_by(Person.id)
            )
            if names.count(person.full_name) == 1 and "'" not in person.full_name
        )

    def transaction(self) -> Any:
        return _transaction(self.database, self.address)

    def erase(self) -> None:
        with self.transaction() as ctx:
            erasure.erase(ctx, erasure.look(ctx, self.staff_no))
        erasure.wipe(self.database)

    @property
    def markers(self) -> tuple[str, ...]:
        return (self.name, self.phone, OTHER_SCRIPT, str(ACCOUNT), TYPED, REMARK)


class _transaction:  # noqa: N801  (reads as a function)
    def __init__(self, database: Database, address: str) -> None:
        self._opened = database.transaction()
        self._settings = settings_for(address)

    def __enter__(self) -> Ctx:
        return Ctx(self._opened.__enter__(), FixedClock(START), SYSTEM, self._settings)

    def __exit__(self, *error: Any) -> None:
        self._opened.__exit__(*error)


@pytest.fixture(params=KINDS)
def case(
    request: pytest.FixtureRequest, backups: dict[str, Path], key_file: Path, places: Places
) -> Iterator[Case]:
    address = places.empty(request.param)
    restoring.restore(address, backups["sqlite"], key_file)
    made = Case(address)
    yield made
    made.database.close()


def _write_everywhere(case: Case) -> None:
    """A row in every table that says, in every text of it, who it is about."""
    with case.database.engine.begin() as connection:
        connection.execute(
            insert(AuditEntry).values(
                at=START,
                action="link.made",
                object_kind="person",
                object_id=case.id,
                details={"user_id": ACCOUNT},
            )
        )
        for table in SQLModel.metadata.sorted_tables:
            if table.name in {*KEPT, "response", "instance"} or not texts_of(table):
                continue
            row = odd_row(connection, table) | _marked(table, case)
            if table.name == "chat":
                row |= {"person_id": None, "user_id": ACCOUNT + 1}
            if table.name == "message":
                row |= {"user_id": ACCOUNT + 1}
            row |= ANOTHER.get(table.name, {})
            if table.name == "test_attempt":  # its answers are read by a form that can be read
                of_form = select(FormVersion.id).where(FormVersion.form == "reaction_trainer")
                row |= {"version_id": connection.scalar(of_form)}
            if table.name == "follow_up_reply":  # one for each response, which is not doubled
                connection.execute(update(table).values(row))
                continue
            connection.execute(insert(table), row)
        connection.execute(
            insert(SQLModel.metadata.tables["chat"]),
            odd_row(connection, SQLModel.metadata.tables["chat"])
            | {"user_id": ACCOUNT, "person_id": None, "screen": {"text": TYPED}},
        )


def _marked(table: Table, case: Case) -> dict[str, Any]:
    said = f"{case.name}, {case.phone}, {OTHER_SCRIPT}: {TYPED} ({ACCOUNT})"
    row: dict[str, Any] = {}
    for column in texts_of(table):
        row[column.name] = (
            {"who": [case.name, {OTHER_SCRIPT: case.phone}], "id": ACCOUNT, "said": said}
            if kind_of(column) is Kind.JSON
            else said
        )
    for column in table.c:
        if column.primary_key and kind_of(column) is Kind.TEXT:
            row[column.name] = f"marked:{table.name}"
        elif column.primary_key and column.name == "id":
            row.pop("id", None)
    if "person_id" in table.c:
        row["person_id"] = case.id
    if "user_id" in table.c:
        row["user_id"] = ACCOUNT
    return row


def _answer(case: Case) -> None:
    """The person's own form, and a trainer's with a remark about them."""
    with case.transaction() as ctx:
        reaction = _version(ctx.session, "reaction_trainer")
        own = Response(
            version_id=reaction, person_id=case.id, answers={"trainee_remark": TYPED},
            submitted_at=START,
        )  # fmt: skip
        other = ctx.session.scalars(select(Person.id).where(Person.id != case.id)).first()
        about = Response(
            version_id=reaction,
            person_id=other,
            answers={"trainee": case.staff_no, "trainee_remark": REMARK},
            submitted_at=START,
        )
        ctx.session.add_all([own, about])


def _version(session: Session, form: str) -> int:
    found = session.scalars(select(FormVersion.id).where(FormVersion.form == form)).first()
    assert found is not None
    return found


def _cells(case: Case) -> Iterator[tuple[str, str]]:
    """Every text of every table, but the names of others, of offices, and in questionnaires."""
    with case.database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            columns = [column for column in table.c if kind_of(column) is not Kind.BYTES]
            query = select(*(cast(column, Text) for column in columns))
            if table.name == "person":
                query = query.where(table.c.id == case.id)
            elif table.name in KEPT:
                continue
            for row in connection.execute(query):
                yield from ((table.name, cell) for cell in row if cell)


def _spellings(case: Case) -> set[str]:
    escaped = {json.dumps(marker)[1:-1] for marker in case.markers}
    return {*case.markers, *escaped, TYPED.split(" &", maxsplit=1)[0]}


def test_erasure__of_what_stands_in_every_table__leaves_no_word_of_it(case: Case) -> None:
    _write_everywhere(case)
    _answer(case)
    before = {table for table, cell in _cells(case) for one in case.markers if one in cell}
    texts = {table.name for table in SQLModel.metadata.sorted_tables if texts_of(table)}
    unmarked = {"unit", "course", "form_version", "instance", "policy_value"}
    assert before >= texts - unmarked
    case.erase()
    after = [
        (table, cell[:200]) for table, cell in _cells(case) for one in _spellings(case)
        if one in cell
    ]  # fmt: skip
    assert after == []


def test_erasure__on_sqlite__leaves_nothing_in_the_file_either(case: Case) -> None:
    if not case.database.is_sqlite:
        pytest.skip("looks into the file")
    _write_everywhere(case)
    _answer(case)
    case.erase()
    case.database.close()
    file = Path(case.address.removeprefix("sqlite:///"))
    for path in file.parent.iterdir():
        content = path.read_bytes()
        assert [one for one in _spellings(case) if one.encode() in content] == []


def test_erasure__keeps_the_record_under_the_staff_number(case: Case) -> None:
    with case.transaction() as ctx:
        enrolments = ctx.session.scalars(
            select(Enrolment.state).where(Enrolment.person_id == case.id)
        ).all()
        others = ctx.session.scalars(select(Person.full_name).where(Person.id != case.id)).all()
    _answer(case)
    case.erase()
    with case.transaction() as ctx:
        person = ctx.session.get_one(Person, case.id)
        assert (person.staff_no, person.full_name) == (case.staff_no, case.staff_no)
        assert (person.names, person.phone, person.gender) == ({}, "", "")
        kept = select(Enrolment.state).where(Enrolment.person_id == case.id)
        assert ctx.session.scalars(kept).all() == enrolments
        names = ctx.session.scalars(select(Person.full_name).where(Person.id != case.id)).all()
        assert sorted(names) == sorted(others)
        about = [
            answers
            for answers in ctx.session.scalars(select(Response.answers))
            if answers.get("trainee") == case.staff_no
        ]
        assert about == [{"trainee": case.staff_no}]
        last = ctx.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.action, last.object_id) == ("person.erased", case.id)


def test_erasure__of_somebody_still_needed__refused(case: Case) -> None:
    with case.transaction() as ctx:
        with pytest.raises(Refusal, match="Nobody has the staff number"):
            erasure.look(ctx, "no such number")
        person = ctx.session.get_one(Person, case.id)
        person.active = True
        ctx.session.flush()
        with pytest.raises(Refusal, match="on the roster"):
            erasure.look(ctx, case.staff_no)
        person.active = False
        led = ctx.session.scalars(select(Person).where(Person.active)).first()
        before, led.supervisor_id = led.supervisor_id, case.id
        ctx.session.flush()
        with pytest.raises(Refusal, match="their supervisor"):
            erasure.look(ctx, case.staff_no)
        led.supervisor_id = before
        _let_train(ctx.session, case.id)
        with pytest.raises(Refusal, match="class to come"):
            erasure.look(ctx, case.staff_no)


def _let_train(session: Session, person_id: int) -> None:
    trainer = Trainer(code="T-X", person_id=person_id)
    session.add(trainer)
    session.flush()
    course = session.scalars(select(TrainingClass.course_id)).first()
    day = START.date() + dt.timedelta(days=3)
    session.add(
        TrainingClass(
            code="X", course_id=course, starts_on=day, ends_on=day, trainer_id=trainer.id
        )
    )
    session.flush()
