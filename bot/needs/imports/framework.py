"""The import of training frameworks: which courses belong to a post, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.needs import FrameworkCourse
from bot.models.qualifications import RequirementKind
from bot.models.training import Course
from bot.needs.frameworks import MOST
from bot.needs.imports import posts
from bot.training.imports import references

NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
DEFAULTS: Values = {"kind": RequirementKind.CORE, "place": 0}
COLUMNS = (
    Column("position", cells.name, starred=True),
    Column("course", cells.key, starred=True),
    Column(
        "kind",
        cells.one_of(RequirementKind),
        blank=RequirementKind.CORE,
        blank_means=_("core"),
    ),
    Column(
        "place",
        cells.whole_number(1, MOST),
        blank=None,
        blank_means=_("as it stands in the file"),
    ),
)


def plan_framework(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; courses that it does not name stay.

    Refuses courses that are not there.
    """
    session = world.session
    courses = references.course_ids(session)
    ids = references.starred_ids(records, "course", courses, NO_COURSE, found)
    positions = posts.spelled(session, FrameworkCourse, records, found)
    posts.refuse_doubles(records, positions, ids, "course", found)
    fields: dict[str, Sequence[Any]] = {
        "position": positions,
        "course_id": ids,
        "place": _places(records, positions),
    }
    if "kind" in records:
        fields["kind"] = records.values["kind"]
    return plan_rows(session, _rules(courses), fields)


def _places(records: Records, positions: Sequence[str]) -> list[int]:
    """The place in each row, else how many rows of the post come until there."""
    given = records.values.get("place", [None] * len(records))
    counted: Counter[str] = Counter()
    places = []
    for position, place in zip(positions, given, strict=True):
        counted[position] += 1
        places.append(place or counted[position])
    return places


def _rules(courses: dict[str, int]) -> RowRules:
    codes = {one: code for code, one in courses.items()}
    return RowRules(
        table=table_of(FrameworkCourse),
        key=("position", "course_id"),
        defaults=DEFAULTS,
        name=lambda row: f"{row['position']} {codes.get(row['course_id'], '')}",
    )


def export_framework(session: Session) -> Exported:
    """The framework of every post, by post and in its order."""
    query = (
        select(FrameworkCourse.position, Course.code, FrameworkCourse.kind, FrameworkCourse.place)
        .join(Course, Course.id == FrameworkCourse.course_id)
        .order_by(FrameworkCourse.position, FrameworkCourse.place, FrameworkCourse.id)
    )
    rows = (
        [position, code, kind.value, place]
        for position, code, kind, place in session.execute(query)
    )
    return Exported(tuple(column.name for column in COLUMNS), rows)


FRAMEWORK = register(
    Kind("framework", COLUMNS, ("position", "course"), plan_framework, export_framework)
)
