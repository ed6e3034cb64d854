"""The annual plan as a paper to be signed: goals, lines by category, changes, costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.calendar import local_date
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Joined, Text, Texts, Words, _, _n
from bot.long_text import in_screens
from bot.models.planning import BudgetKind, Category, PlanState
from bot.needs import years
from bot.people import directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import changes, costs, goals, lines, reading
from bot.planning.categories import CATEGORY_WORDS, CHANGE_WORDS
from bot.planning.changes import Changed
from bot.planning.costs import KIND_WORDS, Totals, share_words
from bot.planning.goals import GoalCard
from bot.planning.reading import Line
from bot.reports import papers
from bot.reports.months import month_name
from bot.reports.papers import Block, Column, Paper
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen

TITLE = _("The annual plan, to be signed")
LINE_COLUMNS = (
    Column(_("Code")),
    Column(_("Course Title"), 5),
    Column(_("Goal")),
    Column(_("Target Officials"), 5),
    Column(_("Months"), 3),
    Column(_("Duration (Days)"), number=True),
    Column(_("Times"), number=True),
    Column(_("Each Cohort"), number=True),
    Column(_("Total"), number=True),
    Column(_("Cost"), number=True),
    Column(_("Remarks"), 3),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that stands in the paper; `local` is the administration's language."""

    label: str
    first: dt.date
    last: dt.date
    state: PlanState
    version: int
    money: str
    goals: tuple[GoalCard, ...]
    lines: tuple[Line, ...]
    dropped: tuple[Line, ...]
    changed: tuple[Changed, ...]
    totals: Totals
    decided_by: Texts | None
    decided_on: dt.date | None
    letter_no: str
    letter_on: dt.date | None
    local: str
    made_on: dt.date


def read(ctx: Ctx, params: Params) -> Plan:
    """The whole plan; refuses who may not read its money, and an empty one."""
    plan = reading.require(ctx, int(params["plan"]))
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.EDIT_PLAN, plan.id, "plan", reading.NOT_YOURS)
    found = reading.lines(ctx.session, plan.id)
    held = reading.held(found)
    if not held or plan.id is None:
        raise Refusal(_("The plan has no line yet."))
    first, last = years.span(plan.plan_year)
    by = plan.decided_by if plan.state in reading.DECIDABLE else None
    return Plan(
        label=years.label(plan.plan_year),
        first=first,
        last=last,
        state=plan.state,
        version=plan.version,
        money=plan.money,
        goals=tuple(goals.of_year(ctx, plan.plan_year)),
        lines=tuple(held),
        dropped=tuple(line for line in found if line.dropped_for),
        changed=tuple(changes.compare(lines.last_year(ctx, plan), held)),
        totals=costs.totals(ctx, plan.id),
        decided_by=directory.name_of(ctx.session, by) if by is not None else None,
        decided_on=local_date(plan.decided_at, ctx.settings.timezone) if plan.decided_at else None,
        letter_no=plan.letter_no,
        letter_on=plan.letter_on,
        local=ctx.settings.language,
        made_on=ctx.today(),
    )


def screens(data: Plan) -> tuple[Screen, ...]:
    """What the paper is about, in a few lines."""
    title = _("Annual training plan {year}", year=data.label)
    said: list[Words] = [*_facts(data), *_counted(data.lines), *_budget(data)]
    return in_screens(title, said)


def files(data: Plan, language: str) -> tuple[MadeFile, ...]:
    """The paper in landscape."""
    paper = Paper(
        title=_("Annual training plan {year}", year=data.label),
        facts=tuple(_facts(data)),
        blocks=tuple(_blocks(data)),
        signed=(_("Prepared by the training unit"), _("Approved by the Director-General")),
        landscape=True,
        languages=papers.languages_for(data.local, language),
    )
    name = f"annual-plan-{data.label.replace('/', '-')}.pdf"
    return (MadeFile(name, "application/pdf", papers.pdf(paper)),)


def _facts(data: Plan) -> list[Words]:
    facts: list[Words] = [
        _("From {first} to {last}", first=data.first, last=data.last),
        reading.STATE_WORDS[data.state],
    ]
    if data.version:
        facts.append(_("Version {number}", number=data.version))
    if data.letter_no and data.letter_on is not None:
        facts.append(_("Letter {number} of {day}", number=data.letter_no, day=data.letter_on))
    elif data.decided_by is not None and data.decided_on is not None:
        facts.append(_("Decided by {name} on {day}", name=data.decided_by, day=data.decided_on))
    return [*facts, _("Made on {day}", day=data.made_on)]


def _blocks(data: Plan) -> Iterator[Block]:
    if data.goals:
        yield _goals(data.goals)
    for category in Category:
        of_category = [line for line in data.lines if line.category is category]
        if of_category:
            yield _category(CATEGORY_WORDS[category], of_category)
    if data.changed:
        yield _changes(data.changed)
    if data.dropped:
        yield _dropped(data.dropped)
    yield _costs(data)


def _goals(found: Sequence[GoalCard]) -> Block:
    return Block(
        title=_("Goals"),
        columns=(
            Column(_("Code")),
            Column(_("Goal"), 5),
            Column(_("Measured by"), 4),
            Column(_("Before"), number=True),
            Column(_("Target"), number=True),
        ),
        rows=[(one.code, one.title, one.measure, one.before, one.target) for one in found],
    )


def _category(title: Words, found: Sequence[Line]) -> Block:
    return Block(
        title=title,
        columns=LINE_COLUMNS,
        rows=[_row(line) for line in found],
        notes=tuple(_counted(found)),
    )


def _row(line: Line) -> tuple[object, ...]:
    months = _("{months}", months=Joined(tuple(month_name(one) for one in line.months)))
    remarks: Words = line.remark
    if line.required:
        remarks = _("Required. {remark}", remark=line.remark) if line.remark else _("Required")
    if line.unscheduled:
        remarks = _("Unscheduled: {reason}", reason=line.added_for)
    every: object = _("All") if line.trainees is None else line.trainees
    return (
        line.code, line.title, line.goal, line.target, months if line.months else "",
        line.days, line.cohorts, every, line.seats, line.cost, remarks,
    )  # fmt: skip


def _counted(found: Sequence[Line]) -> list[Words]:
    """“x courses, x times, x people”."""
    return [
        _(
            "{courses}, {times}, {people}",
            courses=_n("{count} course", "{count} courses", len(found)),
            times=_n("{count} time", "{count} times", sum(line.cohorts for line in found)),
            people=_n("{count} person", "{count} people", sum(line.seats or 0 for line in found)),
        )
    ]


def _changes(found: Sequence[Changed]) -> Block:
    return Block(
        title=_("Changes against last year"),
        columns=(Column(_("Change")), Column(_("Course"), 4), Column(_("Key modification"), 4)),
        rows=[
            (CHANGE_WORDS[one.change], _("{code} {title}", code=one.code, title=one.title),
             one.said)
            for one in found
        ],
    )  # fmt: skip


def _dropped(found: Sequence[Line]) -> Block:
    return Block(
        title=_("Dropped"),
        columns=(Column(_("Course"), 4), Column(_("Reason"), 4)),
        rows=[
            (_("{code} {title}", code=line.code, title=line.title), line.dropped_for)
            for line in found
        ],
    )


def _costs(data: Plan) -> Block:
    rows: list[tuple[object, ...]] = [
        (KIND_WORDS[kind], data.totals.by_kind[kind])
        for kind in BudgetKind
        if kind in data.totals.by_kind
    ]
    rows.append((_("In all"), data.totals.total))
    if data.totals.budget is not None:
        rows.append((_("Budget"), data.totals.budget))
    head = _("Cost in {money}", money=data.money) if data.money else _("Cost")
    return Block(
        title=_("What it costs"),
        columns=(Column(_("Kind"), 3), Column(head, number=True), Column("", 4)),
        rows=[(*row, "") for row in rows],
        notes=tuple(_share(data.totals)),
    )


def _budget(data: Plan) -> list[Words]:
    cost: Text = _("Cost: {cost} {money}", cost=data.totals.total, money=data.money)
    return [cost, *_share(data.totals)]


def _share(totals: Totals) -> list[Words]:
    if totals.share is None:
        return []
    return [_("{share} of the administration's budget", share=share_words(totals.share))]


ANNUAL_PLAN = register(Report("annual_plan", TITLE, Action.READ_PLAN, read, screens, files))
