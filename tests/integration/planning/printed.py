"""Plans as C ch.3 prints them, cell by cell, as workbooks; where the print has an x, a number."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import xlsxwriter

Rows = Sequence[Sequence[object]]
SCHOOL, PREVENTIVE, MORNING = "Training School", "Preventive Division", "8 am to 9.30 am"
WEEK, THREE, TWO, ONE = (
    f"One week {MORNING}",
    f"3 days {MORNING}",
    f"2 days {MORNING}",
    "1 day 8 am to 9.30",
)
PRIORITY, PLAN = "Priority", "Plan"
MONTHLY: Rows = (
    ("2024", "Name of the Courses", "No", "Place", "Period", "Remark"),
    ("January", "MoU issues", 60, SCHOOL, WEEK, PRIORITY),
    ("", "H.S", 60, SCHOOL, WEEK, PRIORITY),
    ("Feb", "Legal Knowledge", 60, SCHOOL, WEEK, PRIORITY),
    ("", "MACCS Polish training", 50, SCHOOL, WEEK, PRIORITY),
    ("", "Polishing training for CI and DCI of Preventive Division", 40, PREVENTIVE,
     "One Month 7 am to 9.am", PRIORITY),
    ("", "Customs Valuation Training", 60, SCHOOL, WEEK, PRIORITY),
    ("", "Knowledge of RKC", 60, SCHOOL, THREE, PLAN),
    ("", "Data Warehouse system applying", 50, SCHOOL, ONE, PRIORITY),
    ("March", "Legal concept", 70, SCHOOL, WEEK, PRIORITY),
    ("", "HS", 60, SCHOOL, "One week 8 am to 11.45 am", PRIORITY),
    ("", "Anti-smuggling combating system", 60, SCHOOL, TWO, PLAN),
    ("", "H.S", 60, SCHOOL, WEEK, PRIORITY),
    ("April", "AEC", 60, SCHOOL, THREE, PLAN),
    ("May", "MACCS Polish training", 50, SCHOOL, WEEK, PRIORITY),
    ("", "Legal Knowledge", 60, SCHOOL, WEEK, PRIORITY),
    ("June", "H.S", 60, SCHOOL, WEEK, PRIORITY),
    ("", "Data Warehouse system applying", 50, SCHOOL, ONE, PRIORITY),
    ("July", "Legal Knowledge", 60, SCHOOL, WEEK, PRIORITY),
    ("", "H.S", 60, SCHOOL, WEEK, PRIORITY),
    ("", "Customs Valuation Training", 60, SCHOOL, WEEK, PRIORITY),
    ("", "MACCS accessing Training", "All", SCHOOL, "One day 8 am to 11.45 am", PLAN),
)  # fmt: skip
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _x(*months: int) -> tuple[str, ...]:
    return tuple("X" if number in months else "" for number in range(1, 13))


PROCUREMENT: Rows = (
    ("PROJECT PROCUREMENT PLAN (PPMP) FY2024",),
    ("END USER UNIT: IN-HOUSE TRAINING AND DEVELOPMENT DIVISION",),
    ("CODE", "GENERAL DESCRIPTION", "MODE", "BATCHES", "QUANTITY", "ESTIMATED BUDGET",
     "SCHEDULE / MILESTONE OF ACTIVITIES"),
    ("", "", "", "", "", "", *MONTHS),
    ("Annual Organizational Activities",),
    ("", "IOC Strategic Planning Workshops for 2025", "F2F", 1, "3 days / 20 pm", 250000, *_x(9)),
    ("", "IOC Budget Planning for 2025", "F2F", 1, "3 days / 20 pm", "1,200.50", *_x(3)),
    ("", "Team Building Activities of Posts and Groups", "F2F", 24, "2 days", 0,
     *_x(4, 5, 6, 7)),
    ("Career Programs (Training Tracks)",),
    ("", "Comprehensive Orientation and Onboarding Course", "F2F", 7, "15 days / 7 pm", 350000,
     *_x(1, 2, 3, 4, 5, 6, 7)),
    ("Basic Courses for Specific Functional Area (ISC A-F)",),
    ("", "General Admin", "F2F", 6, "9 days / 20 pm", "", *_x()),
    ("", "Assessment", "F2F", 4, "9 days / 20 pm", "", *_x()),
    ("", "Operations", "F2F", 8, "6 days / 20 pm", "", *_x()),
    ("", "Intelligence", "F2F", 1, "5 days / 20 pm", "", *_x()),
    ("", "Enforcement", "F2F", 1, "7 days / 10 pm", "", *_x()),
    ("", "Revenue Collection", "F2F", 1, "3 days / 20 pm", "", *_x()),
)  # fmt: skip
HEADS: Rows = (
    ("Course Title", "Target Officials", "Duration (Days)", "Times", "No. of Trainees", "",
     "Remarks"),
    ("", "", "", "", "Each Cohort", "Total", ""),
)  # fmt: skip
CLASSIFIED: Rows = (
    ("4.3 Course Classification 2027",),
    ("I. Basic Training",),
    *HEADS,
    ("Onboarding (Customs officials)", "Grade 7 and 9", 20, 4, 30, 120, ""),
    ("Onboarding (New Deputy Directors)", "Grade 5", 5, 1, 25, 25, ""),
    ("Total", "2 courses, 5 times, 145 people"),
    ("II. Technical Training",),
    *HEADS,
    ("Basics of Practical Trade Operations", "All officials", 3, 10, 40, 400, "Required"),
    ("Export and Import Clearance Practice", "Officials with two years of it", 5, 2, 25, 50,
     "Required"),
    ("Total", "2 courses, 12 times, 450 people"),
    ("III. International Training - Internal Officials",),
    *HEADS,
    ("Accredited Customs Experts Selection", "All officials", 1, 1, 60, 60, ""),
    ("Introduction to Accredited Customs Experts", "All officials", 1, 2, 100, 200, "Required"),
    ("- International Customs Officials",),
    *HEADS,
    ("WCO RTC-RDTC Seminars, etc.", "International Customs Officials", "x", 3, 20, 60, ""),
    ("Total", "3 courses, 6 times, 320 people"),
    ("IV. Public Training",),
    *HEADS,
    ("Special Course for Customs Brokers (Training Course)", "Separate selection process", 10, 2,
     50, 100, ""),
    ("X-ray Image Interpretation Training", "X-ray interpreters of other organizations", 5, 1, 20,
     20, ""),
    ("Total", "2 courses, 3 times, 120 people"),
)  # fmt: skip


def workbook(*sheets: tuple[str, Rows]) -> bytes:
    """An .xlsx file of these sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return target.getvalue()


def cells(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet, as another library reads them; blank cells at the end are left out."""
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    rows: list[tuple[object, ...]] = []
    for row in page.iter_rows(values_only=True):
        values = ["" if cell is None else cell for cell in row]
        while values and values[-1] == "":
            values.pop()
        rows.append(tuple(values))
    return rows
