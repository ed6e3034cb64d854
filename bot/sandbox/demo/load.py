"""The invented administration put into a fresh database, through the same imports a clerk uses.

The workbooks also lie in the sandbox's folder, to be sent to the bot by hand.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from bot import app as root
from bot import imports
from bot.calendar import local_date
from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.imports import Verdict
from bot.people import grants
from bot.sandbox.demo import evaluation, needs, on_the_job, plan, qualifications
from bot.sandbox.demo.courses import COURSES, END, PLACE, START, DemoCourse, monday_of
from bot.sandbox.demo.people import Officer, roster

Row = Mapping[str, object]
CAST = (
    ("officer", "Officer"),
    ("officer_urdu", "Officer"),
    ("supervisor", "Supervisor"),
    ("trainer", "Trainer"),
    ("unit", "Training unit"),
    ("director", "Director-General"),
)
CLASS_SIZE = 14
TO_COME = (
    ("MOU", 3, 1, "open"),
    ("RKC", 4, 6, "nominated"),
    ("ANTI", 5, 12, "ordered"),
    ("BASIC", 6, 30, "ordered"),
)
"""Course, in how many weeks, seats, and how people come in; one seat soon makes a wait list."""


def load_demo(database: Database, clock: Clock, settings: Settings, cast_file: Path) -> None:
    """Fill the database and write the cast and the workbooks beside it."""
    root.prepare(settings, database, clock)
    officers = roster()
    today = local_date(clock.now(), settings.timezone)
    monday = monday_of(today if today.weekday() < 5 else today + dt.timedelta(days=7))
    loaded = _workbooks(officers, monday, 1)
    to_come = workbook(_to_come(officers, monday))
    later = _workbooks(officers, monday + dt.timedelta(days=7), 2)
    files = cast_file.parent / "files"
    files.mkdir(exist_ok=True)
    for kind in ("people", "courses", "classes", "enrolments"):
        _take(database, clock, settings, kind, loaded[kind])
    for kind, rows in (
        ("records", qualifications.records(officers, today)),
        ("curricula", qualifications.curricula()),
        ("requirements", qualifications.requirements()),
    ):
        loaded[kind] = workbook(rows)
        _take(database, clock, settings, kind, loaded[kind])
    _take(database, clock, settings, "classes", to_come)
    loaded |= _take_evaluation(database, clock, settings, officers)
    loaded |= _take_plan(database, clock, settings)
    for kind, content in (loaded | later).items():
        (files / f"{kind}.xlsx").write_bytes(content)
    with database.transaction() as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        by_key = {officer.key: officer for officer in officers if officer.key}
        grants.grant(ctx, "unit", by_key["unit"].staff_no)
        grants.grant(ctx, "executive", by_key["director"].staff_no)
    cast_file.write_text(
        json.dumps(_cast(officers, _first_class(officers)), ensure_ascii=False), encoding="utf-8"
    )


def _take_evaluation(
    database: Database, clock: Clock, settings: Settings, officers: Sequence[Officer]
) -> dict[str, bytes]:
    """The recruits of the basic course, and all that is asked and measured; the workbooks."""
    recruits = workbook(_recruits(officers))
    _take(database, clock, settings, "enrolments", recruits)
    with database.transaction() as session:
        evaluation.prepare(Ctx(session, clock, SYSTEM, settings))
    today = local_date(clock.now(), settings.timezone)
    taken = {
        "task_books": workbook(on_the_job.task_books()),
        "indicators": workbook(evaluation.figures(today)),
    }
    for kind, content in taken.items():
        _take(database, clock, settings, kind, content)
    return {"recruits": recruits, **taken}


def _take_plan(database: Database, clock: Clock, settings: Settings) -> dict[str, bytes]:
    """What posts require, last year's survey, this year's plan; the workbooks."""
    with database.transaction() as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        needs.take_over(ctx)
        plan.prepare(ctx)
        rows = {
            "position_levels": needs.position_levels(),
            "framework": needs.framework(),
            "topics": needs.topics(),
            "annual_plan": plan.lines(ctx),
        }
    taken = {kind: workbook(listed) for kind, listed in rows.items()}
    for kind, content in taken.items():
        _take(database, clock, settings, kind, content)
    with database.transaction() as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        needs.last_survey(ctx)
        plan.link_topics(ctx)
        plan.publish(ctx)
    return taken


def workbook(rows: Sequence[Row]) -> bytes:
    """Rows under a heading of their keys, as .xlsx."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _workbooks(officers: Sequence[Officer], monday: dt.date, number: int) -> dict[str, bytes]:
    trainer = next(officer for officer in officers if officer.key == "trainer")
    courses = COURSES[:3] if number == 1 else COURSES[3:6]
    return {
        "people": workbook([_person(officer) for officer in officers]),
        "courses": workbook([_course(course) for course in COURSES]),
        "classes": workbook([_class(c, monday, number, trainer) for c in courses]),
        "enrolments": workbook(_enrolments(officers, courses, number)),
    }


def _take(database: Database, clock: Clock, settings: Settings, kind: str, content: bytes) -> None:
    report = imports.check(database, clock, settings, kind, f"{kind}.xlsx", content)
    if report.verdict is Verdict.REFUSED or report.run_id is None:
        raise ValueError(f"the demonstration's {kind} were refused: {report.faults[:3]}")
    imports.apply(database, clock, settings, report.run_id, SYSTEM, yes=True)


def _person(officer: Officer) -> Row:
    in_khmer = officer.name.local if officer.language == "km" else ""
    in_urdu = officer.name.local if officer.language == "ur" else ""
    return {
        "staff_no": officer.staff_no,
        "full_name": officer.name.latin,
        "full_name::Khmer (km)": in_khmer,
        "full_name::Urdu (ur)": in_urdu,
        "rank": officer.rank,
        "unit": officer.unit,
        "directorate": officer.directorate,
        "cluster": officer.cluster,
        "position": officer.position,
        "in_post_since": officer.in_post_since,
        "supervisor_staff_no": officer.supervisor,
        "focal_for": officer.focal_for,
        "gender": officer.name.gender,
        "phone": officer.phone,
        "language": officer.language,
        "timezone": officer.timezone,
    }


def _course(course: DemoCourse) -> Row:
    return {
        "code": course.code,
        "title": course.title,
        "title::Khmer (km)": course.khmer,
        "title::Urdu (ur)": course.urdu,
        "category": course.category,
        "hours": course.hours,
        "mode": "in person",
        "min_seats": 10,
        "max_seats": course.seats,
    }


def _to_come(officers: Sequence[Officer], monday: dt.date) -> list[Row]:
    """Classes that one can ask for, nominate for, be ordered to, and be interested in."""
    by_key = {officer.key: officer for officer in officers if officer.key}
    by_code = {course.code: course for course in COURSES}
    rows: list[Row] = []
    for code, weeks, seats, entry in TO_COME:
        first = monday + dt.timedelta(weeks=weeks)
        rows.append(
            {
                **_class(by_code[code], first, 1, by_key["trainer"]),
                "seats": seats,
                "coordinator_staff_no": by_key["unit"].staff_no,
                "entry": entry,
                "enrol_by": first - dt.timedelta(days=3),
                "bring": "Your laptop and your charger",
            }
        )
    no_dates = dict.fromkeys(("starts_on", "ends_on", "start_time", "end_time", "enrol_by"))
    rows.append({**rows[0], **no_dates, "class_code": "DW-1", "course_code": "DW", "seats": 20})
    return rows


def _class(course: DemoCourse, monday: dt.date, number: int, trainer: Officer) -> Row:
    return {
        "class_code": f"{course.code}-{number}",
        "course_code": course.code,
        "starts_on": monday,
        "ends_on": course.ends_on(monday),
        "start_time": START,
        "end_time": max(course.end, END),
        "weekdays": "Mon-Fri",
        "place": PLACE,
        "seats": course.seats,
        "trainer": trainer.staff_no,
        "coordinator_staff_no": "",
        "entry": "open",
    }


def _enrolments(
    officers: Sequence[Officer], courses: Sequence[DemoCourse], number: int
) -> list[Row]:
    leads = [officer for officer in officers if officer.key.startswith("officer")]
    others = [
        officer
        for officer in officers
        if not officer.key
        and officer.position not in ("Instructor", "Training Officer")
        and "Director" not in officer.position
    ]
    rows: list[Row] = []
    for place, course in enumerate(courses):
        first = (number * 3 + place) * CLASS_SIZE
        trainees = others[first : first + CLASS_SIZE]
        if place == 0:
            trainees = [*leads, *trainees[len(leads) :]]
        rows += [
            {"class_code": f"{course.code}-{number}", "staff_no": officer.staff_no}
            for officer in trainees
        ]
    return rows


def _recruits(officers: Sequence[Officer]) -> list[Row]:
    """Who is in the basic course: the leads, and officers who are in no other class."""
    leads = [officer for officer in officers if officer.key.startswith("officer")]
    others = [officer for officer in officers if not officer.key and officer.rank == "Inspector"]
    trainees = [*leads, *others[-(CLASS_SIZE - len(leads)) :]]
    return [{"class_code": "BASIC-1", "staff_no": officer.staff_no} for officer in trainees]


def _first_class(officers: Sequence[Officer]) -> set[object]:
    """The trainees of the first class who are not in the cast, by staff number."""
    rows = _enrolments(officers, COURSES[:1], 1)
    leads = {officer.staff_no for officer in officers if officer.key}
    return {row["staff_no"] for row in rows} - leads


def _cast(officers: Sequence[Officer], crowd: set[object]) -> list[dict[str, object]]:
    order = {key: place for place, (key, _role) in enumerate(CAST)}
    roles = dict(CAST)
    ranked = sorted(officers, key=lambda officer: order.get(officer.key, len(order)))
    return [
        {
            "key": officer.key,
            "role": roles.get(officer.key, ""),
            "staff_no": officer.staff_no,
            "name": officer.name.latin,
            "name_local": officer.name.local or officer.name.latin,
            "language": officer.language,
            "phone_number": officer.phone,
            "unit": officer.unit,
            "position": officer.position,
            "crowd": officer.staff_no in crowd,
        }
        for officer in ranked
    ]
