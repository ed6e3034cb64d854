"""What an import of enrolments means for seats, for the order of waiting, and for the history."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _n
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.imports.plan import Inserts, Plan, Row, table_of, temporary_id
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training.membership import TRAINEE_STATES
from bot.training.states import HELD

Key: TypeAlias = tuple[int, int]
Known: TypeAlias = Mapping[Key, tuple[EnrolmentState, dt.datetime | None]]
Fields: TypeAlias = Mapping[str, Sequence[Any]]

ACT = "import"
RULE = "a file of the training unit"
APPROVED = HELD | {EnrolmentState.APPROVED}
HISTORY = ("enrolment_id", "at", "actor_id", "act", "old", "new", "rule", "reason", "details")


def known(session: Session, class_ids: set[int]) -> Known:
    """State and time of approval of everybody on the lists of these classes."""
    query = select(Enrolment.class_id, Enrolment.person_id, Enrolment.state, Enrolment.approved_at)
    return {
        (class_id, person_id): (state, at)
        for class_id, person_id, state, at in session.execute(query)
        if class_id in class_ids
    }


def check_seats(
    session: Session, records: Records, fields: Fields, before: Known, found: Findings
) -> None:
    """Refuse each row that would put somebody in a class that has no seat left for them."""
    rows = list(zip(records.rows, _keys(fields), _states(fields, before), strict=True))
    seated = _seated(before, [(key, state) for _row, key, state in rows])
    seats = dict(session.execute(select(TrainingClass.id, TrainingClass.seats)).all())
    heading = records.heading("status" if "status" in records else "class_code")
    for place, (row, (class_id, person_id), state) in enumerate(rows):
        if state not in TRAINEE_STATES or person_id in seated[class_id]:
            continue
        if class_id not in seats or not person_id:
            continue  # refused already
        if len(seated[class_id]) >= seats[class_id]:
            code = records.values["class_code"][place]
            found.refuse("class-full", _full(code, seats[class_id]), row, heading)
        else:
            seated[class_id].add(person_id)


def _seated(before: Known, rows: Sequence[tuple[Key, EnrolmentState]]) -> dict[int, set[int]]:
    """Who has a place in each class once everybody whom the file takes off a list has left."""
    seated: dict[int, set[int]] = defaultdict(set)
    for (class_id, person_id), (state, _at) in before.items():
        if state in TRAINEE_STATES:
            seated[class_id].add(person_id)
    for (class_id, person_id), state in rows:
        if state not in TRAINEE_STATES:
            seated[class_id].discard(person_id)
    return seated


def approved_at(fields: Fields, before: Known, now: dt.datetime) -> list[dt.datetime | None]:
    """When the right to a seat began: now for who gets it by this file, else as it was."""
    found: list[dt.datetime | None] = []
    for key, state in zip(_keys(fields), _states(fields, before), strict=True):
        old, at = before.get(key, (None, None))
        begins = state in APPROVED and state != old and at is None
        found.append(now if begins else at)
    return found


def history(plan: Plan, now: dt.datetime) -> Inserts:
    """One step for each enrolment that the file begins, or gives another state."""
    made = Inserts(table_of(EnrolmentChange), HISTORY)
    inserts = plan.inserts[0]
    state = inserts.columns.index("state")
    for place, row in enumerate(inserts.rows):
        made.rows.append(_step(temporary_id(place), now, "", row[state]))
    for updates in plan.updates:
        if "state" not in updates.columns:
            continue
        state = updates.columns.index("state")
        for row_id, old, new in updates.rows:
            made.rows.append(_step(row_id, now, old[state], new[state]))
    return made


def _step(enrolment_id: int, now: dt.datetime, old: object, new: object) -> Row:
    return [enrolment_id, now, None, ACT, str(old), str(new), RULE, "", {}]


def _keys(fields: Fields) -> list[Key]:
    return list(zip(fields["class_id"], fields["person_id"], strict=True))


def _states(fields: Fields, before: Known) -> list[EnrolmentState]:
    """The state of each row of the file: the one given, else the one that is known."""
    if "state" in fields:
        return list(fields["state"])
    return [before.get(key, (EnrolmentState.ENROLLED, None))[0] for key in _keys(fields)]


def _full(code: str, seats: int) -> Text:
    return _n(
        "Class {code} has {count} seat, and it is taken. Give the class more seats first, or "
        "write “approved” for who waits for one.",
        "Class {code} has {count} seats, and they are taken. Give the class more seats first, or "
        "write “approved” for who waits for one.",
        seats,
        code=code,
    )
