"""The import of an annual plan: lines by their code, and what they cost by kind of purchase.

A file without codes names its lines by their titles: a line of that title is changed, a new title
gets the next free code. Nothing is taken away: lines that the file does not name stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Exported, Kind, Records, World, register
from bot.imports.plan import Inserts, Plan, Updates, table_of, temporary_id
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.planning import AnnualPlan, PlanLine, PlanState
from bot.models.training import Course
from bot.needs.years import label
from bot.planning import changes, lines
from bot.planning.changes import LastYear
from bot.planning.details import DETAIL_WORDS, PERIOD
from bot.planning.imports import codes, costs, names, sheets, years_meant
from bot.planning.imports.columns import COLUMNS, PLAIN
from bot.planning.imports.written import cells_of
from bot.planning.plans import before as before_year

Known: TypeAlias = Mapping[tuple[int, str], PlanLine]
DEFAULTS: Values = {
    "goal_id": None,
    "topic_id": None,
    "course_id": None,
    "title": "",
    "category": "technical",
    "section": "",
    "target": "",
    "cohorts": 1,
    "trainees": None,
    "mode": "",
    "place": "",
    "facility_id": None,
    "months": [],
    "days": None,
    "hours": None,
    "starts_at": None,
    "ends_at": None,
    "residential": False,
    "trainers": "",
    "required": False,
    "remark": "",
    "details": {},
    "unscheduled": False,
    "added_for": "",
    "dropped_for": "",
}


def plan_lines(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change.

    Refuses a plan that is out of the training unit's hands, a code given twice, and sums of items
    that were entered one by one.
    """
    session = world.session
    years = years_meant.read(world, records, found)
    plans = years_meant.plans(session, years, records, found)
    given = codes.read(session, records, plans, found)
    known = _known(session)
    fields = _fields(session, records, plans, given, known, found)
    codes.warn_of_dropped(records, _keys(fields), known, found)
    fields["title"] = _titles(session, records, fields, known)
    fields["change"] = _changes(session, records, fields, plans, known)
    fields["number"] = codes.numbers(session, fields, known)
    planned = plan_rows(session, _rules(plans), fields)
    _guard(planned, plans)
    _make_plans(world, planned, plans)
    costs.plan(session, records, planned, fields, known, found)
    return planned


def _fields(
    session: Session,
    records: Records,
    plans: years_meant.Plans,
    given: Sequence[str],
    known: Known,
    found: Findings,
) -> dict[str, list[Any]]:
    plan_ids = plans.by_row
    fields: dict[str, list[Any]] = {"plan_id": list(plan_ids), "code": list(given)}
    fields |= {name: list(records.values[name]) for name in PLAIN if name in records}
    if "months" in records:
        fields["months"] = [sorted(months) for months in records.values["months"]]
    fields |= names.read(session, records, plans, found)
    if any(name in records for name in (PERIOD, *DETAIL_WORDS)):
        fields["details"] = [
            _details(records, place, known.get(key))
            for place, key in enumerate(zip(plan_ids, given, strict=True))
        ]
    return fields


def _details(records: Records, place: int, line: PlanLine | None) -> dict[str, Any]:
    """The points of the file over those that are known; a blank cell takes one away."""
    said = {
        name: records.values[name][place] for name in (PERIOD, *DETAIL_WORDS) if name in records
    }
    merged = {**(line.details if line is not None else {}), **said}
    return {name: words for name, words in merged.items() if words}


def _titles(
    session: Session, records: Records, fields: Mapping[str, Sequence[Any]], known: Known
) -> list[str]:
    """A title of its own only where it is not simply that of the course, which has languages."""
    courses = dict(session.execute(select(Course.id, Course.title)).all())
    given = fields.get("course_id", [None] * len(records))
    titles = []
    for key, title, course_id in zip(_keys(fields), records.values["title"], given, strict=True):
        line = known.get(key)
        is_said = "course_id" in fields
        of_course = courses.get(course_id if is_said or line is None else line.course_id)
        own = line is not None and line.title == title
        titles.append("" if title == of_course and not own else title)
    return titles


def _changes(
    session: Session,
    records: Records,
    fields: Mapping[str, Sequence[Any]],
    plans: years_meant.Plans,
    known: Known,
) -> list[str]:
    """What has become of each line since last year, where the file does not say it."""
    last: dict[int, LastYear] = {
        plan_id: changes.read(
            session, earlier.id if (earlier := before_year(session, year)) else None
        )
        for year, plan_id in plans.by_year.items()
    }
    said = records.values.get("change", [None] * len(records))
    found = []
    for place, (one, key) in enumerate(zip(said, _keys(fields), strict=True)):
        before = lines.compared(known[key]) if key in known else {}
        now = {**before, **{name: values[place] for name, values in fields.items()}}
        found.append(one or last.get(key[0], LastYear(())).change(now).value)
    return found


def _keys(fields: Mapping[str, Sequence[Any]]) -> list[tuple[int, str]]:
    return list(zip(fields["plan_id"], fields["code"], strict=True))


def _known(session: Session) -> dict[tuple[int, str], PlanLine]:
    return {(line.plan_id, line.code): line for line in session.scalars(select(PlanLine))}


def _rules(plans: years_meant.Plans) -> RowRules:
    meant = set(plans.by_year.values())
    return RowRules(
        table=table_of(PlanLine),
        key=("plan_id", "code"),
        defaults=DEFAULTS,
        name=lambda line: f"{line['code']} {line['title']}".strip(),
        expects=lambda line: line["plan_id"] in meant and not line["dropped_for"],
    )


def _guard(planned: Plan, plans: years_meant.Plans) -> None:
    """The file is taken, and taken back, only as long as the plan stands as it was found."""
    rows = [(one.id, [one.state], [one.state]) for one in plans.stored if one.id is not None]
    if rows:
        planned.updates.append(Updates(table_of(AnnualPlan), ("state",), list(rows)))


def _make_plans(world: World, planned: Plan, plans: years_meant.Plans) -> None:
    """The plans of years that have none yet; lines name them by the numbers they will have."""
    table = table_of(AnnualPlan)
    columns = ("plan_year", "state", "version", "money", "letter_no", "made_at", "changed_at")
    new = [year for year, plan_id in plans.by_year.items() if plan_id < 0]
    rows = [[year, PlanState.DRAFT, 0, "", "", world.now, world.now] for year in new]
    assert [plans.by_year[year] for year in new] == [temporary_id(n) for n in range(len(new))]
    planned.inserts.insert(0, Inserts(table, columns, list(rows)))
    for year in new:
        planned.samples.insert(0, _("New: the plan of {year}", year=label(year)))


def export_plans(session: Session) -> Exported:
    """Every line of every plan, by year."""
    plans = session.scalars(select(AnnualPlan).order_by(AnnualPlan.plan_year)).all()

    def rows() -> Iterator[Sequence[object]]:
        for plan in plans:
            yield from cells_of(session, plan)

    return Exported(tuple(column.name for column in COLUMNS), rows())


ANNUAL_PLAN: Kind


def _read_layout(content: bytes, found: Findings) -> Records | None:
    return sheets.read(content, ANNUAL_PLAN, found)


ANNUAL_PLAN = register(
    Kind("annual_plan", COLUMNS, (), plan_lines, export_plans, other=_read_layout)
)
