"""Anonymous answers: taken without a trace of who gave them, and kept in no order.

Nothing in here may write a person, a time, a language or a number that counts up, in
any table, audit or log.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from typing import Any

from sqlalchemy import Engine, Select, delete, insert, select

from bot.context import Ctx
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import AnonymousResponse, Draft, ShuffleDue
from bot.models.people import Person

TELLING_TYPES = frozenset(
    {"start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit"}
)
KEY_BYTES = 16
STILL_ARRIVING = dt.timedelta(days=2)


def submit(ctx: Ctx, assignment: Assignment, submission: Submission) -> None:
    """Keep the answers under a random key with class and gender only, and forget the draft."""
    form = versions.definition(ctx, submission.version_id)
    person = ctx.session.get_one(Person, assignment.person_id)
    assert assignment.class_id is not None, "only questionnaires about a class are anonymous"
    ctx.session.add(
        AnonymousResponse(
            key=secrets.token_hex(KEY_BYTES),
            version_id=submission.version_id,
            class_id=assignment.class_id,
            stage=assignment.stage,
            gender=person.gender,
            answers=_without_traces(form, submission.answers),
        )
    )
    assignment.state = AssignmentState.ANSWERED
    ctx.session.execute(delete(Draft).where(Draft.assignment_id == assignment.id))
    ctx.session.merge(ShuffleDue(id=1, waiting=True))
    ctx.session.flush()


def shuffle(ctx: Ctx) -> bool:
    """Rewrite the answers of classes still being asked about in random order.

    False if nothing came in since the last time. `scrub` has to follow the commit.
    """
    due = ctx.session.get(ShuffleDue, 1)
    if due is None or not due.waiting:
        return False
    due.waiting = False
    columns = list(AnonymousResponse.__table__.columns)  # type: ignore[attr-defined]
    arriving = AnonymousResponse.class_id.in_(_classes_being_asked(ctx))
    rows = [dict(row) for row in ctx.session.execute(select(*columns).where(arriving)).mappings()]
    ctx.session.expunge_all()
    random.SystemRandom().shuffle(rows)
    ctx.session.merge(due)
    ctx.session.execute(delete(AnonymousResponse).where(arriving))
    if rows:
        ctx.session.execute(insert(AnonymousResponse), rows)
    return True


def scrub(engine: Engine) -> None:
    """Wipe what deleted rows left behind in the file; outside any transaction."""
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            connection.cursor().execute("VACUUM")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.rollback()
            connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
            connection.cursor().execute("VACUUM FULL anonymous_response, draft")
            connection.dbapi_connection.autocommit = False  # type: ignore[union-attr]
    finally:
        connection.close()


def _classes_being_asked(ctx: Ctx) -> Select[Any]:
    return select(Assignment.class_id).where(
        Assignment.anonymous, Assignment.closes_at > ctx.now() - STILL_ARRIVING
    )


def _without_traces(form: FormDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers to questions that were asked, whatever else the form recorded."""
    return {
        question.name: answers[question.name]
        for question in form.questions
        if question.name in answers and question.type not in TELLING_TYPES
    }
