"""Versions of a plan as they were submitted and published, and what changed between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Words, _, render
from bot.models.planning import AnnualPlan, PlanVersion
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import reading
from bot.planning.reading import Line

Snapshot = Mapping[str, Any]
ALL_OFFICIALS = "all"
FIELDS: dict[str, Words] = {
    "title": _("Title"),
    "goal": _("Goal"),
    "category": _("Category"),
    "section": _("Section"),
    "target": _("Target officials"),
    "cohorts": _("Cohorts"),
    "trainees": _("Trainees of each cohort"),
    "mode": _("Mode"),
    "place": _("Place"),
    "months": _("Months"),
    "days": _("Days"),
    "hours": _("Hours"),
    "trainers": _("Trainers"),
    "required": _("Required"),
    "remark": _("Remark"),
    "cost": _("Cost"),
    "dropped_for": _("Dropped"),
}


class Became(StrEnum):
    ADDED = "added"
    LEFT_OUT = "left out"
    CHANGED = "changed"


BECAME_WORDS: Mapping[Became, Words] = {
    Became.ADDED: _("added"),
    Became.LEFT_OUT: _("left out"),
    Became.CHANGED: _("changed"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a line before and after, as words; "" where there was nothing."""

    field: str
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of a line between two versions."""

    code: str
    title: str
    became: Became
    differences: tuple[Difference, ...] = ()


def keep(ctx: Ctx, plan: AnnualPlan) -> PlanVersion:
    """Keep the plan as it stands now under the next number."""
    assert plan.id is not None
    plan.version += 1
    row = PlanVersion(
        plan_id=plan.id,
        number=plan.version,
        made_at=ctx.now(),
        made_by=ctx.actor.person_id,
        lines=as_it_stands(ctx.session, plan.id),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def as_it_stands(session: Session, plan_id: int) -> list[dict[str, Any]]:
    """The lines of the plan as a version keeps them."""
    return [_kept(line) for line in reading.lines(session, plan_id)]


def numbers(ctx: Ctx, plan_id: int) -> list[PlanVersion]:
    """The versions there are, the latest first; refuses who may not read the plan."""
    reading.require(ctx, plan_id)
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id)
    return list(ctx.session.scalars(query.order_by(PlanVersion.number.desc())))


def compare(ctx: Ctx, plan_id: int, first: int, second: int = 0) -> list[LineChange]:
    """What changed from version `first` to version `second`, 0 for the plan as it stands now,
    line by line in the order of the later one; lines that were left out come last.

    Refuses who may not read the whole plan, and a version that is not there.
    """
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.EDIT_PLAN, plan_id, "plan", reading.NOT_YOURS)
    before = {line["code"]: line for line in _lines(ctx.session, plan_id, first)}
    after = {line["code"]: line for line in _lines(ctx.session, plan_id, second)}
    found = [_change(before.get(code), line) for code, line in after.items()]
    found += [_left_out(line) for code, line in before.items() if code not in after]
    return [one for one in found if one is not None]


def has_changed(session: Session, plan: AnnualPlan) -> bool:
    """Whether the plan is another than its latest version."""
    row = session.get(PlanVersion, (plan.id, plan.version))
    assert plan.id is not None
    return row is None or row.lines != as_it_stands(session, plan.id)


def difference_words(one: Difference) -> Text:
    """A field before and after in one line."""
    field = FIELDS[one.field]
    if not one.before:
        return _("{field}: {after}", field=field, after=one.after)
    if not one.after:
        return _("{field}: {before}, now nothing", field=field, before=one.before)
    return _("{field}: {before} → {after}", field=field, before=one.before, after=one.after)


def _kept(line: Line) -> dict[str, Any]:
    kept = {name: getattr(line, name) for name in FIELDS}
    kept["trainees"] = ALL_OFFICIALS if line.trainees is None else line.trainees
    title = render(line.title, "en")
    category = line.category.value
    return {"code": line.code, **kept, "title": title, "category": category,
            "months": list(line.months)}  # fmt: skip


def _lines(session: Session, plan_id: int, number: int) -> list[dict[str, Any]]:
    if number == 0:
        return as_it_stands(session, plan_id)
    row = session.get(PlanVersion, (plan_id, number))
    if row is None:
        raise Refusal(_("There is no version {number} of this plan.", number=number))
    return row.lines


def _change(before: Snapshot | None, after: Snapshot) -> LineChange | None:
    code, title = str(after["code"]), str(after["title"])
    if before is None:
        return LineChange(code, title, Became.ADDED)
    found = tuple(
        Difference(name, _shown(before.get(name)), _shown(after.get(name)))
        for name in FIELDS
        if before.get(name) != after.get(name)
    )
    return LineChange(code, title, Became.CHANGED, found) if found else None


def _left_out(line: Snapshot) -> LineChange:
    return LineChange(str(line["code"]), str(line["title"]), Became.LEFT_OUT)


def _shown(value: Any) -> Words:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value == ALL_OFFICIALS:
        return _("all officials")
    return f"{value:.15g}" if isinstance(value, float) else str(value)
