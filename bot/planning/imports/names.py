"""What lines name: goals, courses, topics, places; a strange name is left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.models.needs import Topic
from bot.models.planning import Facility, Goal
from bot.planning.imports.years_meant import Plans
from bot.training.imports import references

NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
NO_GOAL = _("The plan year has no goal {code}. Name the goal in the chat first, or correct it.")
NO_TOPIC = _("There is no topic {code}. Correct it, or make the topic first.")
NO_PLACE = _("There is no place {code}. Enter the place in the chat first, or write it as place.")


def read(
    session: Session, records: Records, plans: Plans, found: Findings
) -> dict[str, list[Any]]:
    """The ids of what is named, by field; columns that the file lacks are left out."""
    courses = references.course_ids(session)
    topics = dict(session.execute(select(Topic.name, Topic.id)).all())
    places = dict(session.execute(select(Facility.name, Facility.id)).all())
    fields: dict[str, list[Any]] = {}
    for column, field, known, unknown in (
        ("course_code", "course_id", courses, NO_COURSE),
        ("topic", "topic_id", topics, NO_TOPIC),
        ("facility", "facility_id", places, NO_PLACE),
    ):
        if column in records:
            fields[field] = _ids(records, column, [known] * len(records), unknown, found)
    if "goal" in records:
        fields["goal_id"] = _ids(records, "goal", _goals(session, plans), NO_GOAL, found)
    if "place" in records and "facility" not in records:
        fields |= _own_places(records, places)
    return fields


def _own_places(records: Records, places: Mapping[str, int]) -> dict[str, list[Any]]:
    """A place that is one of the administration's own is known by it; its words stay."""
    by_plain = {" ".join(name.casefold().split()): place for name, place in places.items()}
    named = records.values["place"]
    found = [by_plain.get(" ".join(str(one).casefold().split())) for one in named]
    return {"facility_id": found} if any(found) else {}


def _goals(session: Session, plans: Plans) -> list[Mapping[str, int]]:
    """The goals of each row's plan year."""
    rows = session.execute(
        select(Goal.plan_year, Goal.code, Goal.id).where(Goal.plan_year.in_(plans.by_year))
    )
    of_plan: dict[int, dict[str, int]] = {plan_id: {} for plan_id in plans.by_year.values()}
    for year, code, goal_id in rows:
        of_plan[plans.by_year[year]][code] = goal_id
    return [of_plan.get(plan_id, {}) for plan_id in plans.by_row]


def _ids(
    records: Records,
    column: str,
    known: Sequence[Mapping[str, int]],
    unknown: Text,
    found: Findings,
) -> list[int | None]:
    codes = records.values[column]
    for row, code, names in zip(records.rows, codes, known, strict=True):
        if code and code not in names:
            sentence = Text(unknown.msgid, (("code", code),))
            found.blank("name-unknown", sentence, row, records.heading(column))
    return [names.get(code) for code, names in zip(codes, known, strict=True)]
