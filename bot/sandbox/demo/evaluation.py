"""What the invented administration asks about its courses, and what they are to bring about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from sqlmodel import select

from bot.calendar import add_months
from bot.context import Ctx
from bot.evaluation import behaviours, course_forms
from bot.evaluation.check_sheets import rounds, sheets
from bot.evaluation.impact import costs, indicators
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.forms.importer import import_form
from bot.forms.versions import publish
from bot.models.on_the_job import CareerStage
from bot.models.people import Unit
from bot.models.training import Course, TrainingClass

Row: TypeAlias = Mapping[str, object]
TEST = Path(__file__).with_name("hs_test.md")
TESTED = "HS"
PASS_MARK = 75
CHECKED_OFFICE = "Poipet"
FIRST_ROUND, ROUNDS, MONTHS_BETWEEN, DAYS_OPEN = dt.timedelta(days=28), 4, 3, 14
MONTHS_KNOWN = 12
BEHAVIOURS = {
    "BASIC": (
        ("Checks each declaration against its papers",
         "ពិនិត្យប្រតិវេទន៍នីមួយៗជាមួយឯកសារ", "ہر ڈیکلریشن کو کاغذات سے ملاتے ہیں"),
        ("Asks before guessing", "សួរមុនពេលទាយ", "اندازے سے پہلے پوچھتے ہیں"),
        ("Deals politely with travellers", "ទំនាក់ទំនងជាមួយអ្នកដំណើរដោយសុភាព",
         "مسافروں سے شائستگی سے پیش آتے ہیں"),
    ),
    "VAL": (
        ("Asks for the papers behind a declared price", "ស្នើសុំឯកសារបញ្ជាក់តម្លៃដែលបានប្រកាស",
         "ظاہر کردہ قیمت کے کاغذات طلب کرتے ہیں"),
        ("Writes down why a value was not accepted", "កត់ត្រាមូលហេតុដែលមិនទទួលយកតម្លៃ",
         "قیمت قبول نہ کرنے کی وجہ لکھتے ہیں"),
    ),
}  # fmt: skip
INDICATORS = (
    {"code": "ERRORS", "title": "Wrong headings found on review",
     "title_km": "ក្បាលខុសដែលរកឃើញពេលពិនិត្យឡើងវិញ", "title_ur": "جانچ میں ملنے والی غلط سرخیاں",
     "measure": "declarations", "better": "less", "worth": "150"},
    {"code": "RULINGS", "title": "Questions sent to headquarters",
     "title_km": "សំណួរដែលផ្ញើទៅទីស្នាក់ការកណ្តាល", "title_ur": "صدر دفتر کو بھیجے گئے سوالات",
     "measure": "questions", "better": "less", "worth": ""},
)  # fmt: skip
COSTS = {"trainers": "600", "participants": "2400", "place": "150", "materials": "120"}


def prepare(ctx: Ctx) -> None:
    """Behaviours, a test before and after, indicators, costs and a check sheet."""
    for code, named in BEHAVIOURS.items():
        for english, khmer, urdu in named:
            typed = {"behaviour": english, "behaviour_km": khmer, "behaviour_ur": urdu}
            behaviours.add(ctx, _course(ctx, code), typed)
    form = import_form(TEST.read_text(encoding="utf-8"), name=TEST.stem).definition
    assert form is not None, "the test beside this file has no faults"
    publish(ctx, form.form_id, form)
    course_id = _course(ctx, TESTED)
    for stage in (PRE_TEST, POST_TEST):
        course_forms.set_form(ctx, course_id, stage, form.form_id, pass_mark=PASS_MARK)
    for indicator in INDICATORS:
        indicators.create(ctx, course_id, indicator)
    held = ctx.session.exec(
        select(TrainingClass.id).where(TrainingClass.course_id == course_id)
    ).first()
    assert held is not None, "its class has been loaded"
    costs.note(ctx, held, COSTS)
    _check_sheet(ctx)


def figures(today: dt.date) -> list[Row]:
    """The rows of the workbook of figures: the months before this one, for the whole house."""
    return list(_figures(today.replace(day=1)))


def _figures(this_month: dt.date) -> Iterator[Row]:
    for indicator in INDICATORS:
        for back in range(MONTHS_KNOWN, 0, -1):
            yield {
                "course_code": TESTED,
                "indicator": indicator["code"],
                "month": f"{add_months(this_month, -back):%Y-%m}",
                "figure": 40 + (back * 7) % 9 if indicator["worth"] else 18 + (back * 5) % 7,
            }


def _check_sheet(ctx: Ctx) -> None:
    office = ctx.session.exec(select(Unit.id).where(Unit.name == CHECKED_OFFICE)).one()
    assert office is not None
    sheet = sheets.add(ctx, sheets.LIBRARY, office, CareerStage.AFTER_SECOND_YEAR)
    first = ctx.today() + FIRST_ROUND
    rounds.plan(ctx, sheet.id, rounds.Plan(first, ROUNDS, MONTHS_BETWEEN, DAYS_OPEN))


def _course(ctx: Ctx, code: str) -> int:
    found = ctx.session.exec(select(Course.id).where(Course.code == code)).one()
    assert found is not None
    return found
