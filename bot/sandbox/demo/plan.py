"""The plan of this year as one administration of the region prints it (C ch.3 case 1), with
goals, places and what it costs; and the goals of the year to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.needs import Competency, Topic
from bot.models.planning import PlanState
from bot.needs import years
from bot.planning import facilities, goals, plans, versions
from bot.sandbox.demo.courses import COURSES

Row: TypeAlias = Mapping[str, object]
SCHOOL, PREVENTIVE = "Training School", "Preventive Division"
PLACES = (
    {"name": SCHOOL, "rooms": "3", "seats": "60", "beds": "80"},
    {"name": PREVENTIVE, "rooms": "1", "seats": "40", "beds": "0"},
)
LINES: Sequence[tuple[str, str, str, tuple[int, ...], int | str, int, str, bool]] = (
    ("MOU", "MoU issues", "MOU", (1,), 60, 5, SCHOOL, True),
    ("HS", "Harmonized System", "HS", (1, 3, 6, 7), 60, 5, SCHOOL, True),
    ("LAW", "Legal Knowledge", "LAW", (2, 5, 7), 60, 5, SCHOOL, True),
    ("MACCS", "MACCS Polish training", "MACCS", (2, 5), 50, 5, SCHOOL, True),
    ("CI", "Polishing training for CI and DCI", "", (2,), 40, 20, PREVENTIVE, True),
    ("VAL", "Customs Valuation Training", "VAL", (2, 7), 60, 5, SCHOOL, True),
    ("RKC", "Knowledge of RKC", "RKC", (2,), 60, 3, SCHOOL, False),
    ("DW", "Data Warehouse system applying", "DW", (2, 6), 50, 1, SCHOOL, True),
    ("CONCEPT", "Legal concept", "", (3,), 70, 5, SCHOOL, True),
    ("ANTI", "Anti-smuggling combating system", "ANTI", (3,), 60, 2, SCHOOL, False),
    ("AEC", "AEC", "AEC", (4,), 60, 3, SCHOOL, False),
    ("ACCESS", "MACCS accessing training", "", (7,), "all", 1, SCHOOL, False),
)
"""Code, title, course, months, trainees of each cohort, days, place, whether it has priority."""
SERVICES, GOODS = 1500, 300
"""What a cohort costs in teaching and in papers, in the money of the demonstration."""
MONEY = {"money": "USD", "budget": "60000", "whole_budget": "8500000"}
GOALS = (
    {"code": "G1", "title": "Fewer wrong declarations", "weight": "5",
     "title_km": "កំហុសក្នុងប្រតិវេទន៍តិចជាងមុន", "title_ur": "غلط ڈیکلریشنز میں کمی",
     "measure": "errors in 1,000 declarations", "before": "42", "target": "30"},
    {"code": "G2", "title": "More smuggling found", "weight": "4",
     "title_km": "រកឃើញការរត់ពន្ធច្រើនជាងមុន", "title_ur": "اسمگلنگ کی زیادہ گرفت",
     "measure": "seizures a year", "before": "180", "target": "220"},
    {"code": "G3", "title": "Every officer trained once a year", "weight": "3",
     "title_km": "មន្ត្រីគ្រប់រូបបានបណ្តុះបណ្តាលម្តងក្នុងមួយឆ្នាំ",
     "title_ur": "ہر افسر کی سال میں ایک تربیت",
     "measure": "percent of officers", "before": "61", "target": "100"},
)  # fmt: skip
SERVED_BY_TOPICS = {"HS": "G1", "VAL": "G1", "INVEST": "G2", "INSPECT": "G2", "DATA": "G2"}
"""By the competency that a topic is about; the others serve the last goal."""
SERVED = {"HS": "G1", "VAL": "G1", "ANTI": "G2", "CI": "G2", "DW": "G2"}


def prepare(ctx: Ctx) -> None:
    """Places, and goals of this plan year and the next."""
    for place in PLACES:
        facilities.save(ctx, None, place)
    for year in (years.plan_year(ctx), years.next_plan_year(ctx)):
        for goal in GOALS:
            goals.create(ctx, year, goal)


def lines(ctx: Ctx) -> list[Row]:
    """The rows of the workbook of this year's plan."""
    year = years.plan_year(ctx)
    known = {course.code: course for course in COURSES}
    return [
        {
            "plan_year": year,
            "code": code,
            "title": title,
            "course_code": course,
            "goal": SERVED.get(code, "G3"),
            "change": "same",
            "category": known[course].category if course else "technical",
            "cohorts": len(months),
            "trainees": trainees,
            "months": ", ".join(str(month) for month in months),
            "facility": place,
            "days": days,
            "hours": days * 1.5,
            "starts_at": dt.time(8),
            "ends_at": dt.time(9, 30),
            "required": "yes" if first else "no",
            "goods": GOODS * len(months),
            "services": SERVICES * len(months),
            "remark": "Priority" if first else "Plan",
        }
        for code, title, course, months, trainees, days, place, first in LINES
    ]


def link_topics(ctx: Ctx) -> None:
    """Each topic serves a goal of this plan year and of the next."""
    topics = ctx.session.execute(
        select(Topic.id, Competency.code).outerjoin(
            Competency, Competency.id == Topic.competency_id
        )
    ).all()
    for year in (years.plan_year(ctx), years.next_plan_year(ctx)):
        known = {goal.code: goal.id for goal in goals.of_year(ctx, year)}
        for topic_id, code in topics:
            goals.link(ctx, known[SERVED_BY_TOPICS.get(code, "G3")], topic_id, True)


def publish(ctx: Ctx) -> None:
    """This year's plan has its budget, and was approved and published before the year began."""
    year = years.plan_year(ctx)
    plan = plans.of_year(ctx, year)
    assert plan is not None, "its lines have been loaded"
    assert plan.id is not None
    plans.set_money(ctx, plan.id, MONEY)
    versions.keep(ctx, plan)
    noon = dt.time(12, tzinfo=dt.UTC)
    plan.submitted_at = dt.datetime.combine(year - 30 * DAY, noon)
    plan.decided_at = dt.datetime.combine(year - 20 * DAY, noon)
    plan.published_at = dt.datetime.combine(year - 15 * DAY, noon)
    plan.letter_no, plan.letter_on = "112/ATP", year - 20 * DAY
    plan.state = PlanState.PUBLISHED
    ctx.session.flush()
