"""The import of courses."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, plan_rows, translations
from bot.models.training import Course
from bot.training import prerequisites
from bot.training.course_fields import Mode
from bot.training.imports import references

PLAIN = (
    "category",
    "hours",
    "mode",
    "min_seats",
    "max_seats",
    "prerequisites",
    "objectives",
    "needs_approval",
    "has_charter",
    "has_certificate",
    "reaction_required",
    "least_attendance",
    "pass_mark",
)
YES, NO = _("yes"), _("no")
COLUMNS = (
    Column("code", cells.key, starred=True),
    Column("title", cells.text, starred=True, multilingual=True),
    Column("category", cells.text),
    Column("hours", cells.number(0, 10_000), blank=None),
    Column("mode", cells.one_of(mode.value for mode in Mode)),
    Column("min_seats", cells.whole_number(1, 10_000), blank=None),
    Column("max_seats", cells.whole_number(1, 10_000), blank=None),
    Column("prerequisites", cells.text),
    Column("objectives", cells.text),
    Column("needs_approval", cells.yes_no, blank=True, blank_means=YES),
    Column("has_charter", cells.yes_no, blank=True, blank_means=YES),
    Column("has_certificate", cells.yes_no, blank=True, blank_means=YES),
    Column("reaction_required", cells.yes_no, blank=False, blank_means=NO),
    Column("least_attendance", cells.whole_number(1, 100), blank=80, blank_means=_("80 %")),
    Column("pass_mark", cells.whole_number(1, 100), blank=None),
)
RULES = RowRules(
    table=table_of(Course),
    key=("code",),
    defaults={
        "titles": {},
        "category": "",
        "hours": None,
        "mode": "",
        "min_seats": None,
        "max_seats": None,
        "prerequisites": "",
        "objectives": "",
        "anonymous_reaction": True,
        "needs_approval": True,
        "has_charter": True,
        "has_certificate": True,
        "reaction_required": False,
        "least_attendance": 80,
        "pass_mark": None,
    },
    name=lambda course: f"{course['code']} {course['title']}",
)


def plan_courses(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change in the catalogue; courses it does not name stay."""
    _blank_impossible_seats(records, found)
    _warn_of_no_rules(world.session, records, found)
    names = ("code", "title", *PLAIN)
    fields = {name: records.values[name] for name in names if name in records}
    if "title" in records.languages:
        query = select(Course.code, Course.titles)
        known = dict(world.session.execute(query).all())
        columns = {
            language: records.values[name] for language, name in records.languages["title"].items()
        }
        before = [known.get(code, {}) for code in fields["code"]]
        fields["titles"] = translations(columns, len(records), before)
    return plan_rows(world.session, RULES, fields)


def _blank_impossible_seats(records: Records, found: Findings) -> None:
    """Fewest seats above most seats cannot be: the fewest are left open."""
    if "min_seats" not in records or "max_seats" not in records:
        return
    fewest, most = records.values["min_seats"], records.values["max_seats"]
    for place, row in enumerate(records.rows):
        if fewest[place] and most[place] and fewest[place] > most[place]:
            found.blank(
                "seats-crossed",
                _(
                    "min_seats is {fewest}, more than max_seats, which is {most}.",
                    fewest=fewest[place],
                    most=most[place],
                ),
                row,
                records.heading("min_seats"),
            )
            fewest[place] = None


def _warn_of_no_rules(session: Session, records: Records, found: Findings) -> None:
    """Prerequisites that are no rule are kept as words, which officers read and nobody checks."""
    if "prerequisites" not in records:
        return
    codes = {*references.course_ids(session), *records.values["code"]}
    for row, words in zip(records.rows, records.values["prerequisites"], strict=True):
        fault = prerequisites.fault_in(words, codes)
        if fault is not None:
            sentence = _("{problem} The words are kept and shown, and not checked.", problem=fault)
            found.warn("no-rule", sentence, row, records.heading("prerequisites"))


def export_courses(session: Session) -> Exported:
    """The whole catalogue."""
    courses = session.scalars(select(Course).order_by(Course.code)).all()
    languages = sorted({language for course in courses for language in course.titles})
    headings = ["code", "title", *PLAIN, *(f"title::{code} ({code})" for code in languages)]
    rows = (
        [
            course.code,
            course.title,
            *(getattr(course, name) for name in PLAIN),
            *(course.titles.get(language, "") for language in languages),
        ]
        for course in courses
    )
    return Exported(headings, rows)


COURSES = register(Kind("courses", COLUMNS, ("code",), plan_courses, export_courses))
