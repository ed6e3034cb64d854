"""Plans as files: the layouts printed in C ch.3 are taken and come out again; the plan's own
table is taken without loss, with all its faults at once, and taken back.
"""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from bot.config import Settings
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Verdict
from bot.models.planning import AnnualPlan, Category, Change, PlanCost, PlanLine, PlanState
from bot.planning import costs, lines, plans
from tests.integration.planning import printed
from tests.integration.planning.desk import YEAR, Desk
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


@pytest.mark.parametrize("content", [printed.MONTHLY, printed.PROCUREMENT, printed.CLASSIFIED])
def test_layout__taken_again__changes_nothing(desk: Desk, content: printed.Rows) -> None:
    desk.take(workbook(("Plan", content)))
    before = desk.everything()
    report = desk.check(workbook(("Plan", content)))
    assert (report.counts.new, report.counts.changed) == (0, 0)
    desk.take(workbook(("Plan", content)))
    assert desk.everything() == before


@pytest.mark.parametrize("content", [printed.MONTHLY, printed.PROCUREMENT, printed.CLASSIFIED])
def test_own_table__exported_and_taken__loses_nothing(desk: Desk, content: printed.Rows) -> None:
    desk.take(workbook(("Plan", content)))
    before = desk.everything()
    for file in (desk.export(), desk.book(LAST if content is not printed.CLASSIFIED else YEAR)):
        report = desk.check(file)
        assert (report.counts.new, report.counts.changed) == (0, 0), report.samples
        desk.take(file)
        assert desk.everything() == before


OWN = (
    ("plan_year", "code", "title", "goal", "category", "months", "cohorts", "goods", "ends_at",
     "objectives"),
    (2027, "A1", "Tariff", "G9", "magic", "3; 13", 0, 200, "9.30", "Classify goods"),
    (2027, "A1", "Origin", "", "basic", "Mar; Sept", 2, 10, "", ""),
    ("2027-02-03", "A3", "", "", "basic", 4, 1, -3, "", ""),
)  # fmt: skip


def test_own_table__full_of_faults__tells_them_all_with_row_and_column(desk: Desk) -> None:
    report = desk.check(workbook(("annual_plan", OWN)))
    assert report.verdict is Verdict.REFUSED
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (2, "category", "bad-choice"),
        (2, "cohorts", "bad-number"),
        (2, "months", "bad-month"),
        (2, "ends_at", "bad-time"),
        (2, "goal", "name-unknown"),
        (3, "code", "key-doubled"),
        (4, "title", "value-missing"),
        (4, "goods", "bad-number"),
        (4, "plan_year", "year-unknown"),
    ]


def test_file_of_a_year_without_a_plan__undone__leaves_nothing(desk: Desk) -> None:
    applied = desk.take(workbook(("Plan", printed.PROCUREMENT)))
    assert len(desk.everything()) > 10
    desk.undo(applied.run_id)
    assert desk.everything() == []


def test_undo__plan_submitted_since__is_refused(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    changed = [*printed.MONTHLY[:1], ("January", "Seals", 20, "School", "1 day", "")]
    applied = desk.take(workbook(("Plan", changed)))
    with desk.database.transaction() as session:
        plan = session.get_one(AnnualPlan, 1)
        plan.state = PlanState.SUBMITTED
    with pytest.raises(Refusal):
        desk.undo(applied.run_id)
    report = desk.check(workbook(("Plan", changed)))
    assert {fault.code for fault in report.faults} == {"plan-closed"}


def test_plan_changed_in_the_chat__then_undone__is_refused(desk: Desk) -> None:
    applied = desk.take(workbook(("Plan", printed.CLASSIFIED)))
    with desk.database.transaction() as session:
        ctx = desk.ctx(session)
        lines.edit(ctx, 1, {"title": "Onboarding", "category": "basic", "cohorts": "2"})
    with pytest.raises(Refusal):
        desk.undo(applied.run_id)


def test_costs__sum_of_several_items__is_left_alone_or_refused(desk: Desk) -> None:
    desk.take(workbook(("annual_plan", (("plan_year", "code", "title"), (2027, "A1", "Tariff")))))
    with desk.database.transaction() as session:
        for item, price in (("Paper", 100.0), ("Printer", 150.0)):
            session.add(PlanCost(line_id=1, kind="goods", item=item, quantity=2, price=price))
        session.add(PlanCost(line_id=1, kind="services", item="Trainer", price=80.0))

    def file(goods: object, services: object, built: object) -> bytes:
        heads = ("plan_year", "code", "title", "goods", "services", "infrastructure")
        return workbook(("annual_plan", (heads, (2027, "A1", "Tariff", goods, services, built))))

    refused = desk.check(file(400, 90, ""))
    assert [(fault.row, fault.column) for fault in refused.faults] == [(2, "goods")]
    assert "500" in render(refused.faults[0].sentence, "en")
    desk.take(file(500, 90, 1000))
    with desk.database.transaction(readonly=True) as session:
        items = costs.of_line(desk.ctx(session), 1)
    found = {(one.kind.value, one.item): one.cost for one in items}
    assert found == {
        ("goods", "Paper"): 200,
        ("goods", "Printer"): 300,
        ("services", "Trainer"): 90,
        ("infrastructure", "As planned"): 1000,
    }


def test_year_of_a_file__none_given__is_that_of_the_only_plan_being_written(desk: Desk) -> None:
    file = workbook(("annual_plan", (("code", "title"), ("A1", "Tariff"))))
    assert [fault.code for fault in desk.check(file).faults] == ["year-missing"]
    with desk.database.transaction() as session:
        plans.begin(desk.ctx(session), YEAR)
    desk.take(file)
    assert desk.lines()["A1"].plan_id == 1


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


def test_csv__monthly_plan__is_taken_too(desk: Desk) -> None:
    text = "\n".join(",".join(str(cell) for cell in row) for row in printed.MONTHLY)
    desk.take(text.encode(), "plan.csv")
    assert len(desk.lines()) == 13


def test_workbook__header_far_down__is_read_where_it_is(desk: Desk) -> None:
    rows = [("Ministry of Finance",), *[("",)] * 12, *printed.CLASSIFIED]
    desk.take(workbook(("Courses", rows)))
    assert len(desk.lines()) == 9


def test_book__every_sheet__opens_in_another_library(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    import io

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
