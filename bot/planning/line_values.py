"""The fields of a line as the forms give them: each read, or refused with a remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in, number_in, whole_in
from bot.i18n import _
from bot.models.needs import Topic
from bot.models.planning import AnnualPlan, Category, Change, Facility, Goal, PlanLine
from bot.models.training import Course
from bot.planning.details import DETAIL_WORDS, LONGEST

MOST_COHORTS, MOST_TRAINEES, MOST_DAYS, MOST_HOURS = 400, 200_000, 400, 10_000
TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
YES, NO = "yes", "no"
SHORT = 120


def what(ctx: Ctx, plan: AnnualPlan, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be taught, to whom, how often and for which goal.

    Refuses a line without a course and a title, and names that mean nothing.
    """
    course_id = _course(ctx, line_in(typed, "course"))
    title = line_in(typed, "title")
    if course_id is None and not title:
        raise Refusal(_("Choose a course, or give the line a title."))
    return {
        "course_id": course_id,
        "title": title,
        "goal_id": _goal(ctx, plan, line_in(typed, "goal")),
        "topic_id": _topic(ctx, line_in(typed, "topic")),
        "category": _category(typed),
        "section": line_in(typed, "section", SHORT),
        "target": line_in(typed, "target"),
        "cohorts": whole_in({"n": typed.get("cohorts") or 1}, "n", 1, MOST_COHORTS),
        "trainees": _trainees(typed),
        "months": _months(typed),
        "required": str(typed.get("required") or NO) == YES,
        "remark": line_in(typed, "remark"),
    }


def where(ctx: Ctx, typed: Mapping[str, Any]) -> dict[str, Any]:
    """How, where, how long and by whom; refuses an end before the beginning."""
    starts, ends = _time(typed, "starts_at"), _time(typed, "ends_at")
    if starts is not None and ends is not None and ends <= starts:
        raise Refusal(_("The hours end before they begin. Correct one of them."))
    return {
        "mode": line_in(typed, "mode", SHORT),
        "facility_id": _facility(ctx, line_in(typed, "facility")),
        "place": line_in(typed, "place"),
        "days": _between(typed, "days", MOST_DAYS),
        "hours": _between(typed, "hours", MOST_HOURS),
        "starts_at": starts,
        "ends_at": ends,
        "residential": str(typed.get("residential") or NO) == YES,
        "trainers": line_in(typed, "trainers"),
    }


def details(line: PlanLine, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The points of an operational plan; what else the line keeps there stays."""
    kept = {name: value for name, value in line.details.items() if name not in DETAIL_WORDS}
    said = {name: line_in(typed, name, LONGEST) for name in DETAIL_WORDS}
    return {**kept, **{name: words for name, words in said.items() if words}}


def change_in(typed: Mapping[str, Any]) -> Change | None:
    """The change that is set by hand; None where it is to be reckoned."""
    found = str(typed.get("change") or "")
    if not found:
        return None
    if found not in set(Change):
        raise Refusal(_("Choose one of the changes shown, or skip the question."))
    return Change(found)


def as_typed(ctx: Ctx, line: PlanLine, reckoned: Change) -> dict[str, str]:
    """A line to fill both forms beforehand; the change only where it was set by hand."""
    shown = {
        "course": _name(ctx, Course.code, line.course_id),
        "title": line.title,
        "goal": _name(ctx, Goal.code, line.goal_id),
        "topic": _name(ctx, Topic.name, line.topic_id),
        "category": line.category.value,
        "section": line.section,
        "target": line.target,
        "cohorts": str(line.cohorts),
        "trainees": "" if line.trainees is None else str(line.trainees),
        "months": " ".join(f"m{month}" for month in sorted(set(line.months))),
        "required": YES if line.required else NO,
        "change": line.change.value if line.change is not reckoned else "",
        "remark": line.remark,
    }
    return {name: value for name, value in shown.items() if value}


def where_as_typed(ctx: Ctx, line: PlanLine) -> dict[str, str]:
    """The same for how and where."""
    shown = {
        "mode": line.mode,
        "facility": _name(ctx, Facility.name, line.facility_id),
        "place": line.place,
        "days": f"{line.days:g}" if line.days is not None else "",
        "hours": f"{line.hours:g}" if line.hours is not None else "",
        "starts_at": f"{line.starts_at:%H:%M}" if line.starts_at else "",
        "ends_at": f"{line.ends_at:%H:%M}" if line.ends_at else "",
        "residential": YES if line.residential else "",
        "trainers": line.trainers,
    }
    return {name: value for name, value in shown.items() if value}


def _name(ctx: Ctx, column: Any, row_id: int | None) -> str:
    if row_id is None:
        return ""
    query = select(column).where(column.class_.id == row_id)
    return ctx.session.scalars(query).first() or ""


def _course(ctx: Ctx, code: str) -> int | None:
    if not code:
        return None
    found = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if found is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return found


def _goal(ctx: Ctx, plan: AnnualPlan, code: str) -> int | None:
    if not code:
        return None
    query = select(Goal.id).where(Goal.plan_year == plan.plan_year, Goal.code == code)
    found = ctx.session.scalars(query).first()
    if found is None:
        raise Refusal(_("The plan year has no goal {code}. Choose one from the list.", code=code))
    return found


def _topic(ctx: Ctx, name: str) -> int | None:
    if not name:
        return None
    found = ctx.session.scalars(select(Topic.id).where(Topic.name == name)).first()
    if found is None:
        raise Refusal(_("There is no topic {name}. Choose one from the list.", name=name))
    return found


def _facility(ctx: Ctx, name: str) -> int | None:
    if not name:
        return None
    found = ctx.session.scalars(select(Facility.id).where(Facility.name == name)).first()
    if found is None:
        raise Refusal(_("There is no place {name}. Choose one from the list.", name=name))
    return found


def _category(typed: Mapping[str, Any]) -> Category:
    found = str(typed.get("category") or Category.TECHNICAL)
    if found not in set(Category):
        raise Refusal(_("Choose one of the categories shown."))
    return Category(found)


def _trainees(typed: Mapping[str, Any]) -> int | None:
    text = str(typed.get("trainees") or "").strip()
    return whole_in(typed, "trainees", 1, MOST_TRAINEES) if text else None


def _months(typed: Mapping[str, Any]) -> list[int]:
    """Codes m1 to m12, as the form keeps them: a list, or words with spaces between."""
    found = typed.get("months") or []
    codes = found.split() if isinstance(found, str) else list(found)
    numbers = {int(code[1:]) for code in codes if re.fullmatch(r"m(1[0-2]|[1-9])", str(code))}
    if len(numbers) != len(set(codes)):
        raise Refusal(_("Choose months from the list."))
    return sorted(numbers)


def _between(typed: Mapping[str, Any], name: str, most: float) -> float | None:
    found = number_in(typed, name)
    if found is not None and not 0 < found <= most:
        raise Refusal(_("Give a number above 0 and up to {most}.", most=most))
    return found


def _time(typed: Mapping[str, Any], name: str) -> dt.time | None:
    text = str(typed.get(name) or "").strip()
    if not text:
        return None
    found = TIME.fullmatch(text)
    if found is None:
        raise Refusal(_("“{text}” is no time of day. Give one such as 08:30.", text=text))
    return dt.time(int(found[1]), int(found[2]))
