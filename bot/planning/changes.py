"""What has become of each line since the plan of the year before: reckoned, never asked.

A line is the same as one of last year by its code, else by its course, else by its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Words, _
from bot.models.planning import Change, PlanLine
from bot.models.training import Course
from bot.planning.reading import Line


@dataclass(frozen=True, slots=True)
class Before:
    """A line of the year before, as far as it is compared."""

    id: int
    code: str
    course_id: int | None
    title: str
    cohorts: int
    trainees: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One line and what has become of it; `before` is None for a new one. `line_id` is None for
    one of last year that is not in the plan any more.
    """

    line_id: int | None
    code: str
    title: Words
    change: Change
    said: Words


class LastYear:
    """The lines of the year before, to be found again."""

    def __init__(self, lines: Iterable[Before]) -> None:
        self.lines = list(lines)
        self._by_code = {line.code: line for line in self.lines}
        self._by_course = {line.course_id: line for line in self.lines if line.course_id}
        self._by_title = {_plain(line.title): line for line in self.lines if line.title}

    @property
    def codes(self) -> frozenset[str]:
        """Codes that a new line cannot have, which would be taken for one of these."""
        return frozenset(self._by_code)

    def find(self, values: Mapping[str, Any]) -> Before | None:
        """The line of last year that this one goes on with."""
        return (
            self._by_code.get(values.get("code", ""))
            or self._by_course.get(values.get("course_id") or 0)
            or self._by_title.get(_plain(values.get("title", "")))
        )

    def change(self, values: Mapping[str, Any]) -> Change:
        """What has become of a line with these values; everything is new without a last year."""
        before = self.find(values)
        if before is None:
            return Change.NEW
        title = str(values.get("title") or before.title)
        if title and before.title and _plain(title) != _plain(before.title):
            return Change.RETITLED
        now = _size(values.get("cohorts") or 1, values.get("trainees"))
        then = _size(before.cohorts, before.trainees)
        if now == then:
            return Change.SAME
        return Change.EXPANDED if now > then else Change.REDUCED


def read(session: Session, plan_id: int | None) -> LastYear:
    """The lines of a plan that were held to, by id of the plan; none for None."""
    if plan_id is None:
        return LastYear(())
    query = (
        select(PlanLine, Course.title)
        .outerjoin(Course, Course.id == PlanLine.course_id)
        .where(
            PlanLine.plan_id == plan_id,
            PlanLine.dropped_for == "",
            PlanLine.change != Change.DISCONTINUED,
        )
        .order_by(PlanLine.number, PlanLine.id)
    )
    return LastYear(_before(row, title or "") for row, title in session.execute(query))


def _before(row: PlanLine, course: str) -> Before:
    assert row.id is not None
    title = row.title or course
    return Before(row.id, row.code, row.course_id, title, row.cohorts, row.trainees)


def compare(last: LastYear, lines: Sequence[Line]) -> list[Changed]:
    """Every line that is not as last year, by kind of change; what is gone comes last.

    A line's stored change counts, which may be another than the reckoned one.
    """
    found, seen = [], set()
    for row in lines:
        own = row.title if isinstance(row.title, str) else ""
        before = last.find({"code": row.code, "course_id": row.course_id, "title": own})
        if before is not None:
            seen.add(before.id)
        if row.change is not Change.SAME:
            said = _said(row, before)
            found.append(Changed(row.id, row.code, row.title, row.change, said))
    gone = [
        Changed(None, one.code, one.title, Change.DISCONTINUED, _size_words(one))
        for one in last.lines
        if one.id not in seen
    ]
    order = list(Change)
    return sorted([*found, *gone], key=lambda one: order.index(one.change))


def _said(row: Line, before: Before | None) -> Words:
    if before is None or row.change is Change.DISCONTINUED:
        return _size_words(row)
    if row.change is Change.RETITLED:
        return _("before: {title}", title=before.title)
    return _("{before} → {after}", before=_size_words(before), after=_size_words(row))


def _size_words(one: Before | Line) -> Words:
    if one.trainees is None:
        return _("{times} × all officials", times=one.cohorts)
    return _("{times} × {count}", times=one.cohorts, count=one.trainees)


def _size(cohorts: int, trainees: int | None) -> float:
    return float("inf") if trainees is None else cohorts * trainees


def _plain(title: object) -> str:
    return " ".join(str(title).casefold().split())
