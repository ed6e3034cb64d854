"""A training season in the database: classes, who was in them, what they owe, what is queued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session

from bot.clock import SystemClock
from bot.db import Database
from bot.evaluation.class_end import REACTION_DUE, Outcome
from bot.evaluation.stages import REACTION_TRAINEE, class_subject
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.people import Person
from bot.models.system import PolicyValue
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass

IN_A_CLASS = 25
CHUNK = 5_000
NOON = 12
OPEN_DAYS = dt.timedelta(days=14)


def make(url: str, first: int, last: int) -> None:
    """Everybody numbered `first` to `last` was in a class that ended yesterday, and is asked."""
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    with database.transaction() as session:
        session.execute(update(Person).values(timezone=where_it_is_noon(now)))
        _classes(session, first, last, now.date() - dt.timedelta(days=1))
        for start in range(first, last + 1, CHUNK):
            people = range(start, min(start + CHUNK, last + 1))
            session.execute(insert(Enrolment), list(_enrolments(people, now)))
            session.execute(insert(Assignment), list(_assignments(people, now)))
            session.execute(insert(OutboxItem), list(_items(people, now)))
    database.close()


def where_it_is_noon(now: dt.datetime) -> str:
    """A zone in which nothing waits for the end of the night while this is measured."""
    behind = now.hour - NOON
    return f"Etc/GMT{behind:+}" if behind else "Etc/GMT"


def _classes(session: Session, first: int, last: int, ended: dt.date) -> None:
    course: dict[str, Any] = {"id": 1, "code": "PORT", "title": "Searching a ship", "titles": {}}
    session.execute(insert(Course), [course])
    held = range(_class_of(first), _class_of(last) + 1)
    session.execute(
        insert(TrainingClass),
        [
            {"id": number, "code": f"PORT-{number}", "course_id": 1, "ends_on": ended,
             "starts_on": ended - dt.timedelta(days=4), "timezone": "Etc/GMT"}
            for number in held
        ],
    )  # fmt: skip
    session.execute(
        insert(ClassClosure),
        [{"class_id": number, "occasion": ended, "outcome": Outcome.ASKED} for number in held],
    )


def _class_of(person: int) -> int:
    return 1 + person // IN_A_CLASS


def _enrolments(people: range, now: dt.datetime) -> Iterator[dict[str, Any]]:
    for person in people:
        yield {
            "class_id": _class_of(person),
            "person_id": person,
            "state": EnrolmentState.ATTENDED,
            "changed_at": now,
        }


def _assignments(people: range, now: dt.datetime) -> Iterator[dict[str, Any]]:
    for person in people:
        yield {
            "id": person,
            "person_id": person,
            "stage": REACTION_TRAINEE.name,
            "subject": class_subject(_class_of(person)),
            "occasion": now.date() - dt.timedelta(days=1),
            "form": REACTION_TRAINEE.form,
            "anonymous": True,
            "class_id": _class_of(person),
            "opens_at": now,
            "closes_at": now + OPEN_DAYS,
            "state": AssignmentState.OPEN,
        }


def _items(people: range, now: dt.datetime) -> Iterator[dict[str, Any]]:
    for person in people:
        yield {
            "unique_key": f"task:{person}:due",
            "person_id": person,
            "notice": REACTION_DUE.name,
            "params": {"assignment": person},
            "urgency": REACTION_DUE.urgency,
            "rank": list(Urgency).index(REACTION_DUE.urgency),
            "due_at": now,
            "merge": REACTION_DUE.merge,
            "state": ItemState.QUEUED,
            "made_at": now,
        }


NEW_CLASSES, NUDGED, OVER = (2, 3), (10, 11), (20, 21)
NUDGED_DAYS = 4


def make_due(url: str) -> None:
    """Two classes that nobody has been asked about, two to be reminded of, two that are over."""
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    with database.transaction() as session:
        session.execute(delete(OutboxItem).where(OutboxItem.person_id.in_(_people(NEW_CLASSES))))
        session.execute(delete(Assignment).where(Assignment.class_id.in_(NEW_CLASSES)))
        session.execute(delete(ClassClosure).where(ClassClosure.class_id.in_(NEW_CLASSES)))
        earlier = now - dt.timedelta(days=NUDGED_DAYS)
        session.execute(
            update(Assignment)
            .where(Assignment.class_id.in_(NUDGED))
            .values(occasion=earlier.date(), opens_at=earlier)
        )
        session.execute(
            update(Assignment)
            .where(Assignment.class_id.in_(OVER))
            .values(closes_at=now - dt.timedelta(hours=1))
        )
        began = (now - dt.timedelta(days=30)).date().isoformat()
        session.merge(PolicyValue(name="go_live", value=began))
    database.close()


def _people(classes: tuple[int, ...]) -> list[int]:
    return [(held - 1) * IN_A_CLASS + place for held in classes for place in range(IN_A_CLASS)]
