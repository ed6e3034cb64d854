"""The codes of lines: as a file gives them, found again by their titles in the plan or in that of
the year before, or the next free ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.models.planning import PlanLine
from bot.models.training import Course
from bot.planning.imports.years_meant import Plans
from bot.planning.lines import next_code
from bot.planning.plans import before as before_year

COLUMN = "code"
Titled: TypeAlias = Sequence[tuple[str, str]]
"""Titles of lines in a plain form, each with its code."""


def read(session: Session, records: Records, plans: Plans, found: Findings) -> list[str]:
    """The code of each row; of several lines with the same title the first comes first. A line
    that goes on with one of the year before has its code, and no other line has.

    Refuses a code that stands twice in the file.
    """
    given = list(records.values.get(COLUMN, [""] * len(records)))
    known = _known(session)
    before = {
        plan_id: known[earlier.id or 0]
        for year, plan_id in plans.by_year.items()
        if (earlier := before_year(session, year)) is not None
    }
    taken: dict[int, set[str]] = defaultdict(set)
    for plan_id, code in zip(plans.by_row, given, strict=True):
        if code:
            taken[plan_id].add(code)
    _refuse_doubles(records, plans, given, found)
    result = []
    for plan_id, code, title in zip(plans.by_row, given, records.values["title"], strict=True):
        last = before.get(plan_id, [])
        chosen = code or _next(known[plan_id], last, taken[plan_id], _plain(title))
        taken[plan_id].add(chosen)
        result.append(chosen)
    return result


def numbers(
    session: Session,
    fields: Mapping[str, Sequence[Any]],
    known: Mapping[tuple[int, str], PlanLine],
) -> list[int]:
    """The place of each line in its plan: those that are there keep theirs, new ones follow."""
    last: dict[int, int] = defaultdict(int)
    for line in known.values():
        last[line.plan_id] = max(last[line.plan_id], line.number)
    found = []
    for key in zip(fields["plan_id"], fields["code"], strict=True):
        if key in known:
            found.append(known[key].number)
            continue
        last[key[0]] += 1
        found.append(last[key[0]])
    return found


def warn_of_dropped(
    records: Records, keys: Sequence[tuple[int, str]], known: Mapping[tuple[int, str], PlanLine],
    found: Findings,
) -> None:  # fmt: skip
    """Say which lines of the file were dropped: a file does not take them up again."""
    for row, key in zip(records.rows, keys, strict=True):
        if key in known and known[key].dropped_for:
            found.warn(
                "line-dropped",
                _(
                    "Line {code} was dropped and stays so. Take it up again in the chat.",
                    code=key[1],
                ),
                row,
                records.heading(COLUMN),
            )


def _known(session: Session) -> dict[int, list[tuple[str, str]]]:
    """The lines of each plan, in order: title and code; a line without one has its course's, and
    a dropped one none by which it is found.
    """
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = session.execute(
        select(PlanLine.plan_id, PlanLine.code, PlanLine.title, Course.title, PlanLine.dropped_for)
        .outerjoin(Course, Course.id == PlanLine.course_id)
        .order_by(PlanLine.number, PlanLine.id)
    )
    for plan_id, code, title, course, dropped in rows:
        found[plan_id].append(("" if dropped else _plain(title or course or ""), code))
    return found


def _next(known: Titled, before: Titled, taken: set[str], title: str) -> str:
    of_plan = {code for _title, code in known}
    new = [(other, code) for other, code in before if code not in of_plan]
    for other, code in (*known, *new):
        if other == title and code not in taken:
            return code
    return next_code(taken | of_plan | {code for _title, code in before})


def _refuse_doubles(records: Records, plans: Plans, given: Sequence[str], found: Findings) -> None:
    first: dict[tuple[int, str], int] = {}
    for row, plan_id, code in zip(records.rows, plans.by_row, given, strict=True):
        there = first.setdefault((plan_id, code), row)
        if code and there != row:
            found.refuse(
                "key-doubled",
                _(
                    "{key} stands in row {row} already. Delete one of the two rows, or correct "
                    "the number.",
                    key=code,
                    row=str(there),
                ),
                row,
                records.heading(COLUMN),
            )


def _plain(title: object) -> str:
    return " ".join(str(title).casefold().split())
