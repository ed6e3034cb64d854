"""How good a course is, by the matrix of C ch.8: once a year, by the unit itself or a reviewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation import asking, assignments, windows
from bot.evaluation.answering import take
from bot.evaluation.asking import Asked
from bot.evaluation.prefilling import fills
from bot.evaluation.stages import COURSE_MATRIX
from bot.evaluation.subjects import names
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, Words, _
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person
from bot.models.training import Course
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import catalogue
from bot.training import courses as all_courses

OWN_WORK_DUE = outbox.declare(
    NoticeKind("own_work_due", Urgency.ORDINARY, merge="tasks", repeats=True)
)
DAYS = 14
TAKEN_BACK = "taken back by the training unit"


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course in the list, with the year of its last evaluation."""

    id: int
    code: str
    title: Texts
    year: int | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One person asked about a course in a year."""

    assignment_id: int
    name: Words
    year: int
    state: AssignmentState
    closes_at: dt.datetime


def subject_of(course_id: int, year: int) -> str:
    """What an assignment about a course in a year keeps as its subject."""
    return f"course:{course_id}:year:{year}"


def courses(ctx: Ctx, search: str = "") -> list[CourseLine]:
    """Courses whose code or title holds every word, by code; for those who only read, the
    evaluated ones.
    """
    access.require(ctx, Action.READ_REPORTS)
    wanted, years = fold(search).split(), _last_years(ctx)
    may_ask = access.may(ctx, Action.SET_EVALUATION)
    return [
        CourseLine(row.id, row.code, catalogue.title_of(row), years.get(row.id))
        for row in ctx.session.scalars(select(Course).order_by(Course.code))
        if row.id is not None and (may_ask or row.id in years)
        if all(word in _words(row) for word in wanted)
    ]


def course(ctx: Ctx, course_id: int) -> CourseLine:
    """One course; refuses one that is not there, and readers who may not."""
    access.require(ctx, Action.READ_REPORTS)
    row = all_courses.row_of(ctx.session, course_id)
    return CourseLine(row.id, row.code, catalogue.title_of(row), _last_years(ctx).get(course_id))


def reviewers(ctx: Ctx, course_id: int, year: int | None = None) -> list[Reviewer]:
    """Who was asked about a course (in a year), the latest first; for the unit."""
    access.require(ctx, Action.SET_EVALUATION)
    start = f"course:{course_id}:year:"
    rows = ctx.session.scalars(
        select(Assignment)
        .where(
            Assignment.stage == COURSE_MATRIX.name,
            Assignment.subject.startswith(start) if year is None
            else Assignment.subject == subject_of(course_id, year),
            Assignment.state != AssignmentState.RECALLED,
        )
        .order_by(Assignment.occasion.desc(), Assignment.id.desc())
    )  # fmt: skip
    return [
        Reviewer(
            row.id,
            directory.name_of(ctx.session, row.person_id),
            year_of(row.subject),
            row.state,
            row.closes_at,
        )
        for row in rows
        if row.id is not None
    ]


def ask_self(ctx: Ctx, course_id: int) -> int:
    """Have the actor evaluate the course; the assignment, which may have been begun before.

    Refuses who has done so this year.
    """
    access.require(ctx, Action.SET_EVALUATION)
    assert ctx.actor.person_id is not None, "the system evaluates nothing"
    earlier = _row(ctx, course_id, ctx.actor.person_id)
    if earlier is not None and earlier.state is AssignmentState.OPEN:
        assert earlier.id is not None
        return earlier.id
    return _ask(ctx, course_id, ctx.actor.person_id, DAYS)


def ask_reviewer(ctx: Ctx, course_id: int, person_id: int, days: int) -> Words:
    """Have somebody evaluate the course, who is told; their name. Refuses who is or was asked
    this year, and who does not serve any more.
    """
    access.require(ctx, Action.SET_EVALUATION)
    assignment_id = _ask(ctx, course_id, person_id, days)
    row = ctx.session.get_one(Assignment, assignment_id)
    tell(ctx, [row])
    return directory.name_of(ctx.session, person_id)


def take_back(ctx: Ctx, assignment_id: int) -> int:
    """Ask no longer; the course. Refuses what has been answered or has closed."""
    access.require(ctx, Action.SET_EVALUATION)
    row = ctx.session.get(Assignment, assignment_id)
    if row is None or row.stage != COURSE_MATRIX.name or row.state is not AssignmentState.OPEN:
        raise Refusal(_("This evaluation is not open any more. Nothing was changed."))
    assignments.lift(ctx, [row], TAKEN_BACK)
    audit.record(ctx, "assignment.taken_back", "assignment", row.id)
    return int(row.subject.split(":")[1])


def tell(ctx: Ctx, given: Sequence[Assignment]) -> None:
    """Tell people what of the unit's own work they are asked about."""
    asking.tell(ctx, OWN_WORK_DUE, given)


@on_submit(COURSE_MATRIX.form)
def take_matrix(ctx: Ctx, submission: Submission) -> Text:
    """Take a reviewer's answers."""
    return take(ctx, submission)


@names("course")
def course_title(ctx: Ctx, course_id: int) -> Words:
    """The title of the course that an assignment is about."""
    return catalogue.title_of(ctx.session.get_one(Course, course_id))


@fills(COURSE_MATRIX)
def filled(ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """The title of the course, which the first question names."""
    row = ctx.session.get_one(Course, int(assignment.subject.split(":")[1]))
    return {"course": catalogue.title_of(row).best(ctx.language)}


def year_of(subject: str) -> int:
    """The year that a subject names at its end."""
    return int(subject.rpartition(":")[2])


def _ask(ctx: Ctx, course_id: int, person_id: int, days: int) -> int:
    found = course(ctx, course_id)
    person = ctx.session.get_one(Person, person_id)
    if not person.active or person.guest:
        raise Refusal(_("Only people who serve in the administration can be asked."))
    today = ctx.today()
    closes = windows.closes_at(today, days, directory.zone_of(person, ctx.settings), ctx.now())
    assert closes is not None, "the days begin today"
    wanted = Asked(person_id, subject_of(found.id, today.year), today, closes)
    given = asking.ask(ctx, COURSE_MATRIX, [wanted])
    if not given:
        raise Refusal(_already(ctx, found.id, person_id))
    assert given[0].id is not None
    audit.record(ctx, "course.evaluation_asked", "course", found.id, person=person_id)
    return given[0].id


def _already(ctx: Ctx, course_id: int, person_id: int) -> Text:
    row, name = _row(ctx, course_id, person_id), directory.name_of(ctx.session, person_id)
    if row is not None and row.state is AssignmentState.RECALLED:
        return _("This was taken back today. {name} can be asked again tomorrow.", name=name)
    if row is not None and row.state is AssignmentState.ANSWERED:
        return _("{name} has evaluated this course this year.", name=name)
    return _("{name} has been asked about this course this year.", name=name)


def _row(ctx: Ctx, course_id: int, person_id: int) -> Assignment | None:
    return ctx.session.scalars(
        select(Assignment)
        .where(
            Assignment.stage == COURSE_MATRIX.name,
            Assignment.person_id == person_id,
            Assignment.subject == subject_of(course_id, ctx.today().year),
        )
        .order_by(Assignment.id.desc())
        .limit(1)
    ).first()


def _last_years(ctx: Ctx) -> dict[int, int]:
    """By course, the last year in which somebody evaluated it."""
    found: dict[int, int] = {}
    for subject in ctx.session.scalars(
        select(Assignment.subject)
        .where(
            Assignment.stage == COURSE_MATRIX.name, Assignment.state == AssignmentState.ANSWERED
        )
        .distinct()
    ):
        about = int(subject.split(":")[1])
        found[about] = max(found.get(about, 0), year_of(subject))
    return found


def _words(row: Course) -> str:
    return fold(" ".join((row.code, row.title, *row.titles.values())))
