"""What the evaluations of a course say: by section, item by item, and against the last time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.own_work import answers, matrices
from bot.evaluation.own_work.answers import Told
from bot.evaluation.own_work.matrices import subject_of, year_of
from bot.evaluation.results import ClassResults, Count
from bot.evaluation.stages import COURSE_MATRIX
from bot.i18n import Texts, _
from bot.models.evaluation import Assignment, AssignmentState

WEAK = 2.5
"""Items below this average, of 1 to 4, are named as what to mend first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its average, that of the last time, and how many reviewers it concerned."""

    name: str
    label: Texts
    mean: float
    count: int
    before: float | None

    @property
    def weak(self) -> bool:
        return self.mean < WEAK


@dataclass(frozen=True, slots=True)
class Section:
    """One section: how often each step of the scale was chosen, lowest first, and its items."""

    name: str
    label: Texts
    steps: tuple[Texts, ...]
    counts: tuple[int, ...]
    items: tuple[Item, ...]
    before: float | None

    @property
    def mean(self) -> float:
        """The average over all answers that are no “does not apply”, 1 to 4."""
        total = sum(item.mean * item.count for item in self.items)
        return total / sum(item.count for item in self.items)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A course in one year; `earlier` is the year it is compared with, None the first time."""

    code: str
    title: Texts
    year: int
    earlier: int | None
    found: ClassResults
    sections: tuple[Section, ...]

    @property
    def weak(self) -> list[Item]:
        """What to mend first, the worst on top."""
        items = [item for section in self.sections for item in section.items if item.weak]
        return sorted(items, key=lambda item: item.mean)


def years(ctx: Ctx, course_id: int) -> list[int]:
    """The years in which somebody evaluated the course, the latest first."""
    rows = ctx.session.scalars(
        select(Assignment.subject)
        .where(
            Assignment.stage == COURSE_MATRIX.name,
            Assignment.state == AssignmentState.ANSWERED,
            Assignment.subject.startswith(f"course:{course_id}:year:"),
        )
        .distinct()
    )
    return sorted((year_of(subject) for subject in rows), reverse=True)


def read(ctx: Ctx, course_id: int) -> Matrix:
    """The latest evaluation against the one before; refuses a course that has none."""
    line = matrices.course(ctx, course_id)
    found = years(ctx, course_id)
    if not found:
        raise Refusal(_("Nobody has evaluated this course yet."))
    told = answers.read(ctx, COURSE_MATRIX, subject_of(course_id, found[0]))
    earlier = found[1] if len(found) > 1 else None
    before = answers.read(ctx, COURSE_MATRIX, subject_of(course_id, earlier)) if earlier else None
    sections = (_section(told, before, group.name, group.label) for group in told.form.groups)
    kept = tuple(section for section in sections if section is not None)
    return Matrix(line.code, line.title, found[0], earlier, told.found, kept)


def _section(told: Told, before: Told | None, name: str, label: Texts) -> Section | None:
    """A section with what was answered in it; None where nothing of it applies."""
    asked = told.of_group(name)
    items = tuple(
        Item(
            one.name,
            one.label,
            one.figures.mean or 0.0,
            sum(step.count for step in _steps(one.figures.counts)),
            before.mean(one.name) if before is not None else None,
        )
        for one in asked
    )
    if not items:
        return None
    steps = [_steps(one.figures.counts) for one in asked]
    return Section(
        name=name,
        label=label,
        steps=tuple(step.label for step in steps[0]),
        counts=tuple(sum(column) for column in zip(*_counts(steps), strict=True)),
        items=items,
        before=_mean_of(before, name) if before is not None else None,
    )


def _steps(counts: tuple[Count, ...]) -> list[Count]:
    return [step for step in counts if step.code.isdecimal()]


def _counts(steps: list[list[Count]]) -> list[list[int]]:
    return [[step.count for step in one] for one in steps]


def _mean_of(told: Told, group: str) -> float | None:
    """The average of a section over all its answers."""
    found = [
        (one.figures.mean or 0.0, sum(step.count for step in _steps(one.figures.counts)))
        for one in told.of_group(group)
    ]
    total = sum(count for _mean, count in found)
    return sum(mean * count for mean, count in found) / total if total else None
