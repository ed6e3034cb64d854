"""A plan as it is written into workbooks: read once, put into the reader's language later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import render
from bot.models.planning import PlanLine
from bot.needs import years
from bot.people import access
from bot.people.access_table import Action
from bot.planning import changes, lines, reading
from bot.planning.changes import Changed
from bot.planning.imports.written import cells_of
from bot.planning.layouts.rows import Modification, WrittenLine, WrittenPlan
from bot.planning.reading import Line


@dataclass(frozen=True, slots=True)
class PlanBook:
    """A plan with everything that its workbook says; `cells` are the rows of its own table."""

    first: dt.date
    label: str
    cells: tuple[tuple[object, ...], ...]
    lines: tuple[tuple[Line, Mapping[str, str]], ...]
    changed: tuple[Changed, ...]

    def written(self, language: str) -> WrittenPlan:
        """The plan for the layouts, its titles in a language."""
        return WrittenPlan(
            self.first,
            self.label,
            tuple(_line(line, details, language) for line, details in self.lines),
            tuple(
                Modification(one.change, render(one.title, language), render(one.said, language))
                for one in self.changed
            ),
        )


def read(ctx: Ctx, plan_id: int) -> PlanBook:
    """A plan without its dropped lines; refuses who may not edit plans."""
    access.require(ctx, Action.EDIT_PLAN)
    plan = reading.require(ctx, plan_id)
    held = reading.held(reading.lines(ctx.session, plan_id))
    query = select(PlanLine.id, PlanLine.details).where(PlanLine.plan_id == plan_id)
    details = dict(ctx.session.execute(query).all())
    return PlanBook(
        first=plan.plan_year,
        label=years.label(plan.plan_year),
        cells=tuple(cells_of(ctx.session, plan)),
        lines=tuple((line, details[line.id]) for line in held),
        changed=tuple(changes.compare(lines.last_year(ctx, plan), held)),
    )


def _line(line: Line, details: Mapping[str, str], language: str) -> WrittenLine:
    return WrittenLine(
        code=line.code,
        title=render(line.title, language),
        category=line.category,
        section=line.section,
        change=line.change,
        target=line.target,
        cohorts=line.cohorts,
        trainees=line.trainees,
        mode=line.mode,
        place=line.place,
        months=line.months,
        days=line.days,
        hours=line.hours,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        required=line.required,
        remark=line.remark,
        details=details,
        cost=line.cost,
    )
