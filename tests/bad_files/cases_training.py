"""Files of courses, classes and enrolments, refused and taken."""

from __future__ import annotations

import datetime as dt

from bot.imports import Verdict
from tests.bad_files.building import Build, book, text
from tests.bad_files.case import Case, Place

COURSE = "code,title"
CLASS = "class_code,course_code,seats"
NEW_CLASS = "HS-26B,HS-1,20"
ENROLMENT = "class_code,staff_no,status"


def refused(kind: str, name: str, build: Build, *faults: Place) -> Case:
    return Case(name, kind, build, Verdict.REFUSED, faults)


def taken(kind: str, name: str, build: Build, *faults: Place, after: dict) -> Case:  # type: ignore[type-arg]
    return Case(name, kind, build, Verdict.READY, faults, after)


def class_blank(name: str, columns: str, values: str, *faults: Place, **blank: object) -> Case:
    """A new class with bad values, which become blank; all else is taken."""
    after = {("HS-26B", "course_code"): "HS-1", ("HS-26B", "seats"): 20}
    after |= {("HS-26B", column): value for column, value in blank.items()}
    build = text(f"{CLASS},{columns}", f"{NEW_CLASS},{values}")
    return taken("classes", name, build, *faults, after=after)


COURSES = (
    refused(
        "courses", "course without a title", text(COURSE, "ORI-1,"), (2, "title", "value-missing")
    ),
    refused(
        "courses",
        "course code twice",
        text(COURSE, "ORI-1,Origin", "ORI-1,Origin II"),
        (3, "code", "key-doubled"),
    ),
    refused(
        "courses",
        "people sent as courses",
        text("staff_no,full_name", "00101,Officer"),
        (None, None, "no-header"),
    ),
    taken(
        "courses",
        "hours in words",
        text(COURSE + ",hours", "ORI-1,Origin,two days"),
        (2, "hours", "bad-number"),
        after={("ORI-1", "hours"): None},
    ),
    taken(
        "courses",
        "more seats needed than there are",
        text(COURSE + ",min_seats,max_seats", "ORI-1,Origin,30,20"),
        (2, "min_seats", "seats-crossed"),
        after={("ORI-1", "min_seats"): None, ("ORI-1", "max_seats"): 20},
    ),
    taken(
        "courses",
        "no seats and half a seat",
        text(COURSE + ",min_seats,max_seats", "ORI-1,Origin,0,12.5"),
        (2, "min_seats", "bad-number"),
        (2, "max_seats", "bad-number"),
        after={("ORI-1", "min_seats"): None, ("ORI-1", "max_seats"): None},
    ),
    taken(
        "courses",
        "title in Khmer with hours by comma",
        text("code;title;title::Khmer (km);hours", "ORI-1;Origin;ដើមកំណើត;1,5"),
        after={("ORI-1", "hours"): 1.5},
    ),
)

CLASSES = (
    refused(
        "classes",
        "class of a course nobody knows",
        text(CLASS, "HS-26B,HS1,20"),
        (2, "course_code", "key-unknown"),
    ),
    refused(
        "classes", "seats in words", text(CLASS, "HS-26B,HS-1,many"), (2, "seats", "bad-number")
    ),
    refused(
        "classes", "seats missing", text(CLASS, "HS-26B,HS-1,"), (2, "seats", "value-missing")
    ),
    refused(
        "classes",
        "class code twice",
        text(CLASS, NEW_CLASS, NEW_CLASS),
        (3, "class_code", "key-doubled"),
    ),
    refused(
        "classes",
        "class code made a date",
        book(CLASS.split(","), (dt.date(2026, 4, 26), "HS-1", 20)),
        (2, "class_code", "key-is-date"),
    ),
    class_blank(
        "first day without a last",
        "starts_on,ends_on",
        "2026-04-01,",
        (2, "starts_on", "date-alone"),
        starts_on=None,
        ends_on=None,
    ),
    class_blank(
        "last day mistyped",
        "starts_on,ends_on",
        "2026-04-01,2026-04-31",
        (2, "ends_on", "bad-date"),
        (2, "starts_on", "date-alone"),
        starts_on=None,
    ),
    class_blank(
        "last day before the first",
        "starts_on,ends_on",
        "2026-04-08,2026-04-06",
        (2, "ends_on", "dates-crossed"),
        starts_on=None,
        ends_on=None,
    ),
    class_blank(
        "only one column of dates",
        "ends_on",
        "2026-04-06",
        (None, "ends_on", "date-column-alone"),
        ends_on=None,
    ),
    class_blank(
        "enrolling after the start",
        "starts_on,ends_on,enrol_by",
        "2026-04-06,2026-04-10,2026-04-07",
        (2, "enrol_by", "enrol-late"),
        enrol_by=None,
        starts_on=dt.date(2026, 4, 6),
    ),
    class_blank(
        "time in words",
        "start_time,end_time",
        "half past eight,25:00",
        (2, "start_time", "bad-time"),
        (2, "end_time", "bad-time"),
        start_time=None,
    ),
    class_blank(
        "evening before morning",
        "start_time,end_time",
        "17:00,08:00",
        (2, "end_time", "times-crossed"),
        start_time=dt.time(17),
        end_time=None,
    ),
    class_blank(
        "weekdays nobody has",
        "weekdays",
        "Mon-Fryday",
        (2, "weekdays", "bad-weekdays"),
        weekdays="",
    ),
    class_blank(
        "trainers and coordinator nobody knows",
        "trainer,backup_trainer,coordinator_staff_no",
        "T-9,103,99999",
        (2, "trainer", "name-unknown"),
        (2, "backup_trainer", "name-unknown"),
        (2, "coordinator_staff_no", "name-unknown"),
        trainer="",
        backup_trainer="",
        coordinator_staff_no="",
    ),
    class_blank(
        "entry by another word", "entry", "by letter", (2, "entry", "bad-choice"), entry="open"
    ),
    taken(
        "classes",
        "dates and times of the spreadsheet",
        book(
            (
                *CLASS.split(","),
                "starts_on",
                "ends_on",
                "start_time",
                "end_time",
                "weekdays",
                "trainer",
            ),
            (
                "HS-26B",
                "HS-1",
                20,
                dt.date(2026, 4, 6),
                dt.datetime(2026, 4, 10),
                dt.time(8, 30),
                dt.time(17),
                "monday - Fri",
                "00104",
            ),
        ),
        after={
            ("HS-26B", "starts_on"): dt.date(2026, 4, 6),
            ("HS-26B", "ends_on"): dt.date(2026, 4, 10),
            ("HS-26B", "start_time"): dt.time(8, 30),
            ("HS-26B", "weekdays"): "Mon-Fri",
            ("HS-26B", "trainer"): "00104",
        },
    ),
)

ENROLMENTS = (
    refused(
        "enrolments",
        "enrolment in no class",
        text(ENROLMENT, "HS-27A,00111,"),
        (2, "class_code", "key-unknown"),
    ),
    refused(
        "enrolments",
        "enrolment of nobody",
        text(ENROLMENT, "HS-26A,111,", "HS-26A,xyz,"),
        (2, "staff_no", "key-unknown"),
        (3, "staff_no", "key-unknown"),
    ),
    refused(
        "enrolments",
        "enrolled twice",
        text(ENROLMENT, "HS-26A,00113,", "VAL-26A,00113,", "HS-26A,00113,completed"),
        (4, "staff_no", "key-doubled"),
    ),
    taken(
        "enrolments",
        "status by another word",
        text(ENROLMENT, "HS-26A,00113,present"),
        (2, "status", "bad-choice"),
        after={("HS-26A 00113", "status"): "enrolled"},
    ),
    taken(
        "enrolments",
        "states in their words",
        text(ENROLMENT, "HS-26A,00111,Partly attended", "HS-26A,00112,NO-SHOW"),
        after={
            ("HS-26A 00111", "status"): "partly attended",
            ("HS-26A 00112", "status"): "no-show",
        },
    ),
)

CASES = (*COURSES, *CLASSES, *ENROLMENTS)
