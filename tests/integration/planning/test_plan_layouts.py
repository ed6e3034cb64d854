"""Plans printed in C ch.3: taken as files, and out again in a workbook with the same heads."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import select

from bot import policy
from bot.config import Settings
from bot.db import Database
from bot.models.planning import (
    AnnualPlan,
    Category,
    Change,
    PlanLine,
)
from tests.integration.planning import printed
from tests.integration.planning.desk import Desk
from tests.integration.planning.printed import cells, workbook

LAST = dt.date(2024, 1, 1)


@pytest.fixture
def desk(database: Database, settings: Settings) -> Desk:
    return Desk(database, settings)


def test_monthly_plan__as_printed__comes_out_with_the_same_heads_and_rows(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    stored = {line.title: line for line in desk.lines().values() if line.title != "H.S"}
    again = cells(desk.book(LAST), "Monthly plan")
    assert again[0] == printed.MONTHLY[0]
    assert by_month(again) == by_month(printed.MONTHLY)
    assert stored["MACCS accessing Training"].trainees is None
    assert stored["Legal Knowledge"].months == [2, 5, 7]
    assert stored["Knowledge of RKC"].days == 3
    assert (stored["HS"].starts_at, stored["HS"].ends_at) == (dt.time(8), dt.time(11, 45))
    assert stored["HS"].hours == 18.75


def by_month(rows: printed.Rows) -> dict[str, list[tuple[object, ...]]]:
    """The courses of each month, whatever their order within it."""
    found: dict[str, list[tuple[object, ...]]] = {}
    month = ""
    for row in rows[1:]:
        month = str(row[0])[:3] or month
        found.setdefault(month, []).append(tuple(row[1:]))
    return {name: sorted(courses, key=str) for name, courses in found.items()}


def test_monthly_plan__year_from_april__begins_with_april(desk: Desk) -> None:
    with desk.database.transaction() as session:
        policy.change(desk.ctx(session), "plan_year_starts", "04-01")
    desk.take(workbook(("Plan", printed.MONTHLY)))
    again = cells(desk.book(dt.date(2024, 4, 1)), "Monthly plan")
    assert again[0][0] == "2024/25"
    months = [row[0] for row in again[1:] if row[0]]
    assert months == ["April", "May", "June", "July", "January", "February", "March"]
    assert by_month(again) == by_month(printed.MONTHLY)
    before = desk.everything()
    rows = workbook(("Monthly plan", again))
    desk.take(rows)
    assert desk.everything() == before


def test_monthly_plan__merged_blank_and_summed_up__nothing_is_lost_or_made_up(desk: Desk) -> None:
    rows = (
        printed.MONTHLY[0],
        ("January", "Seals", 20, "School", "2 days", ""),
        ("", "", 30, "School", "3 days", "the same, longer"),
        ("", "", 40, "Port", "1 day", "whose title is missing"),
        ("Total", "", 90, "", "", ""),
    )
    report = desk.check(merged(rows, "B2:B3"))
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (4, "Name of the Courses", "value-missing")
    ]
    desk.take(merged((*rows[:3], rows[4]), "B2:B3"))
    assert {(line.title, line.trainees) for line in desk.lines().values()} == {
        ("Seals", 20),
        ("Seals", 30),
    }


@pytest.mark.parametrize(
    ("content", "heading", "extra"),
    [(printed.MONTHLY, 0, 6), (printed.PROCUREMENT, 2, 18), (printed.CLASSIFIED, 2, 7)],
)
def test_layout__column_more__is_told_and_not_read(
    desk: Desk, content: printed.Rows, heading: int, extra: int
) -> None:
    rows = [list(row) for row in content]
    rows[heading] += [""] * (extra - len(rows[heading])) + ["Sponsor"]
    found = [
        (fault.row, fault.column)
        for fault in desk.check(workbook(("Plan", rows))).faults
        if fault.code == "column-unknown"
    ]
    assert found == [(heading + 1, "Sponsor")]


def merged(rows: printed.Rows, span: str) -> bytes:
    """A workbook of these rows in which a span of cells is merged."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Plan", rows))))
    book.active.merge_cells(span)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_procurement_plan__months_quantity_and_total__come_out_as_they_went_in(desk: Desk) -> None:
    rows = (
        *printed.PROCUREMENT[:4],
        ("", "Language course", "Online", 1, "2 lots", 100, *printed._x(*range(1, 13))),
        ("", "TOTAL", "", "", "", 100),
    )
    report = desk.check(workbook(("PPMP", rows)))
    assert [(fault.row, fault.column) for fault in report.faults] == [(5, "QUANTITY")]
    desk.take(workbook(("PPMP", rows)))
    again = cells(desk.book(LAST), "PPMP")
    assert [row[1] for row in again[4:]] == ["Language course"]
    assert again[4][6:] == ("X",) * 12


def test_monthly_plan__of_the_next_year_in_another_order__keeps_codes(desk: Desk) -> None:
    desk.take(workbook(("Plan", (printed.MONTHLY[0], ("May", "A", 9), ("", "B", 9)))))
    head = ("2025", *printed.MONTHLY[0][1:])
    desk.take(workbook(("Plan", (head, ("May", "C", 9), ("", "B", 9), ("", "A", 12)))))
    with desk.database.transaction(readonly=True) as session:
        rows = session.scalars(select(PlanLine).where(PlanLine.plan_id == 2)).all()
        found = {row.title: (row.code, row.change) for row in rows}
    assert found == {
        "A": ("L01", Change.EXPANDED),
        "B": ("L02", Change.SAME),
        "C": ("L03", Change.NEW),
    }


def test_procurement_plan__as_printed__comes_out_with_the_same_columns(desk: Desk) -> None:
    desk.take(workbook(("PPMP", printed.PROCUREMENT)))
    stored = {line.title: line for line in desk.lines().values()}
    budgeting = stored["IOC Budget Planning for 2025"]
    assert (budgeting.section, budgeting.days, budgeting.trainees, budgeting.cohorts) == (
        "Annual Organizational Activities", 3, 20, 1,
    )  # fmt: skip
    assert stored["Team Building Activities of Posts and Groups"].months == [4, 5, 6, 7]
    again = cells(desk.book(LAST), "PPMP")
    assert again[1:3] == list(printed.PROCUREMENT[2:4])
    wanted = [purchase(row) for row in printed.PROCUREMENT[4:]]
    assert [purchase(row) for row in again[3:]] == wanted


def purchase(row: object) -> tuple[object, ...]:
    """A row as it is compared: without codes, which are given, and with amounts as numbers."""
    assert isinstance(row, tuple)
    if len(row) < 3:
        return (row[-1],)
    padded = (*row, *[""] * (18 - len(row)))
    budget = float(str(padded[5]).replace(",", "") or 0)
    size = str(padded[4]).replace("pm", "pax")
    return (*padded[1:4], size, budget, *padded[6:])


def test_classification__as_printed__comes_out_by_kind_with_totals(desk: Desk) -> None:
    report = desk.check(workbook(("Courses", printed.CLASSIFIED)))
    assert [(fault.row, fault.column) for fault in report.faults] == [(22, "Duration (Days)")]
    desk.take(workbook(("Courses", printed.CLASSIFIED)))
    stored = {line.title: line for line in desk.lines().values()}
    assert stored["Basics of Practical Trade Operations"].required
    seminar = stored["WCO RTC-RDTC Seminars, etc."]
    assert (seminar.category, seminar.section) == (
        Category.INTERNATIONAL, "International Customs Officials",
    )  # fmt: skip
    again = cells(desk.book(), "Course classification")
    told = [row for row in printed.CLASSIFIED[1:] if row[0] not in ("Total",)]
    written = [row for row in again if row and row[0] not in ("Total",)][1:]
    assert [tuple(map(str, strip(row))) for row in written] == [
        tuple(map(str, strip(row))) for row in told
    ]
    totals = [row[1] for row in again if row and row[0] == "Total"]
    assert totals == [row[1] for row in printed.CLASSIFIED if row[0] == "Total"]


def strip(row: tuple[object, ...] | object) -> list[object]:
    """Without blanks at the end, without what stands for a number that is not known; a section
    by its own name.
    """
    assert isinstance(row, tuple)
    values = ["" if cell == "x" else cell for cell in row]
    while values and values[-1] == "":
        values.pop()
    if len(values) == 1:
        values = [str(values[0]).rpartition("- ")[2]]
    return values


def test_education_plan__lines_of_every_kind__is_summed_up_by_category(desk: Desk) -> None:
    desk.take(workbook(("Courses", printed.CLASSIFIED)))
    again = cells(desk.book(), "Education plan")
    assert again[0] == ("", "Category", "", "Plans for 2027")
    assert again[1][3:] == ("No. of Courses", "Times", "No. of Trainees")
    by_name = {next(str(cell) for cell in reversed(row[:3]) if cell): row[3:] for row in again[2:]}
    assert by_name["Grand Total"] == (9, 26, 1035)
    assert by_name["In-Person Learning"] == (0, 0, 0)
    sections = [row[2] for row in again[2:] if len(row) > 2 and row[2]]
    assert sections[:4] == ["Onboarding", "Leadership", "Other", "Subtotal"]


def test_modification__against_last_year__names_what_is_new_larger_and_gone(desk: Desk) -> None:
    with desk.database.transaction() as session:
        before = AnnualPlan(
            plan_year=dt.date(2026, 1, 1), made_at=desk.clock.now(), changed_at=desk.clock.now()
        )
        session.add(before)
        session.flush()
        for code, title, cohorts in (
            ("A", "Accredited Customs Experts Selection", 1),
            ("B", "X-ray Image Interpretation Training", 3),
            ("C", "Tariff of 2017", 1),
        ):
            session.add(
                PlanLine(plan_id=before.id, code=code, title=title, cohorts=cohorts,
                         trainees=60 if code == "A" else 20)
            )  # fmt: skip
    desk.take(workbook(("Courses", printed.CLASSIFIED)))
    stored = {line.title: line.change for line in desk.lines().values() if line.plan_id != 1}
    assert stored["Accredited Customs Experts Selection"] is Change.SAME
    assert stored["X-ray Image Interpretation Training"] is Change.REDUCED
    again = cells(desk.book(), "Course modification")
    assert again[0] == ("", "Course", "Key Modification")
    reduced = next(row for row in again if row[0] == "Course reduction")
    assert reduced[1:] == ("X-ray Image Interpretation Training", "3 × 20 → 1 × 20")
    assert next(row for row in again if row[0] == "Discontinued course")[1] == "Tariff of 2017"
    assert sum(row[0] == "New Course" for row in again) == 1


def test_monthly_courses_and_details__as_case_5_has_them(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    with desk.database.transaction() as session:
        row = session.get_one(PlanLine, 4)
        row.mode, row.target, row.required = "Online", "CI and DCI", True
        row.details = {**row.details, "objectives": "Polish the skills", "timetable": "Screens"}
    monthly = cells(desk.book(LAST), "Monthly courses")
    heads = ("Course", "Target Officials", "Date", "No. of Trainees", "Remarks")
    assert monthly[1] == heads
    place = monthly.index(("February: Remoted Learning",))
    assert monthly[place + 2] == (
        "MACCS Polish training", "CI and DCI", "One week 8 am to 9.30 am", 50,
        "Required; Priority",
    )  # fmt: skip
    details = cells(desk.book(LAST), "Course details")
    place = details.index(("Course Title", "MACCS Polish training"))
    assert details[place + 1 : place + 7] == [
        ("Course Objectives :", "Polish the skills"),
        ("Target Officials :", "CI and DCI"),
        ("Number of Participants :", 100),
        ("Dates and Times :", "February, May; One week 8 am to 9.30 am"),
        ("Schedule", "Content", "Duration (Hours)"),
        ("Day 1", "Screens", 1.5),
    ]


def test_book__every_sheet__opens_in_another_library(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    book = openpyxl.load_workbook(io.BytesIO(desk.book(LAST)))
    assert book.sheetnames == [
        "annual_plan",
        "Monthly plan",
        "PPMP",
        "Education plan",
        "Course modification",
        "Course classification",
        "Monthly courses",
        "Course details",
    ]
