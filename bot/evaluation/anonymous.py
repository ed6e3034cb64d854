"""Anonymous answers: taken without a trace of who gave them, and kept in no order.

Nothing in here may write a person, a time, a language or a number that counts up, in
any table, audit or log.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from bot.context import Ctx
from bot.evaluation import footprints
from bot.evaluation.wiping import scrub
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import AnonymousResponse, Draft, ShuffleDue
from bot.models.people import Person

__all__ = ["ask_for_wipe", "scrub", "shuffle", "submit"]

TELLING_TYPES = frozenset(
    {"start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit"}
)
KEY_BYTES = 16


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
    ctx.session.flush()


def ask_for_wipe(session: Session) -> None:
    """Have the files wiped at the next round, though no answer may have come in."""
    session.merge(ShuffleDue(id=1, waiting=True))


def shuffle(ctx: Ctx) -> bool:
    """Rewrite the answers of every class that one came in about, in random order.

    However long nobody did so. False if there is nothing to wipe; else `scrub` has to
    follow the commit.
    """
    classes = ctx.session.scalars(
        select(AnonymousResponse.class_id).where(AnonymousResponse.as_it_came).distinct()
    ).all()
    if classes:
        _rewrite(ctx, classes)
        footprints.forget(ctx, classes)
    return bool(classes) | _wipe_was_asked_for(ctx)


def _rewrite(ctx: Ctx, classes: Collection[int]) -> None:
    """Deletes and reads in one statement, so that what comes in meanwhile is not lost."""
    columns = AnonymousResponse.__table__.columns  # type: ignore[attr-defined]
    gone = ctx.session.execute(
        delete(AnonymousResponse)
        .where(AnonymousResponse.class_id.in_(classes))
        .returning(*columns)
        .execution_options(synchronize_session=False)
    )
    rows = [{**row, "as_it_came": False} for row in gone.mappings()]
    ctx.session.expunge_all()
    random.SystemRandom().shuffle(rows)
    ctx.session.execute(insert(AnonymousResponse), rows)


def _wipe_was_asked_for(ctx: Ctx) -> bool:
    due = ctx.session.get(ShuffleDue, 1)
    if due is None or not due.waiting:
        return False
    due.waiting = False
    return True


def _without_traces(form: FormDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers to questions that were asked, whatever else the form recorded."""
    return {
        question.name: answers[question.name]
        for question in form.questions
        if question.name in answers and question.type not in TELLING_TYPES
    }
