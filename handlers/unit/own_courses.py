"""How good a course is: the unit evaluates it, or asks a reviewer, and reads what came of it."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import assignments, prefilling
from bot.evaluation.own_work import matrices, matrix_results
from bot.evaluation.own_work.forms import FORM
from bot.evaluation.own_work.matrices import CourseLine, Reviewer
from bot.evaluation.own_work.matrix_results import Matrix
from bot.events import Event
from bot.forms import service
from bot.i18n import Moment, Text, Words, _
from bot.models.evaluation import AssignmentState
from bot.people import access
from bot.people.access_table import Action
from bot.reports.course_matrix import COURSE_MATRIX
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press, text

ASKS = "owncourses:find"
PAGE = 8
MOST_ASKED = 6
STATES = {
    AssignmentState.ANSWERED: _("evaluated"),
    AssignmentState.CLOSED: _("not answered"),
    AssignmentState.DECLINED: _("declined"),
}


@press("owncourses", Action.READ_REPORTS)
def show_courses(ctx: Ctx, event: Event) -> Reply:
    """Courses by code: `owncourses:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("owncourses", Action.READ_REPORTS)
def find_courses(ctx: Ctx, event: Event) -> Reply:
    """Courses by a part of their code or title."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("owncourse", Action.READ_REPORTS)
def show_course(ctx: Ctx, event: Event) -> Reply:
    """Who evaluates a course, and what its last evaluation says: `owncourse:course`."""
    return Reply(screen=_course(ctx, number_in(event, 1)))


@press("owncself", Action.SET_EVALUATION)
def evaluate_oneself(ctx: Ctx, event: Event) -> Reply:
    """Begin the matrix, or go on with it: `owncself:course`."""
    assignment_id = matrices.ask_self(ctx, number_in(event, 1))
    return _begun(ctx, assignment_id)


@press("owncask", Action.SET_EVALUATION)
def begin_asking(ctx: Ctx, event: Event) -> Reply:
    """Ask who is to evaluate the course: `owncask:course`."""
    line = matrices.course(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"course_id": line.id})
    return ask_form.show(ctx)


@press("owncback", Action.SET_EVALUATION)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """Somebody need not evaluate the course: `owncback:assignment`."""
    about = matrices.take_back(ctx, number_in(event, 1))
    return Reply(screen=_course(ctx, about), toast=_("It was taken back."))


@press("owncrep", Action.READ_REPORTS)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report on a course made: `owncrep:course`; refuses without an evaluation."""
    return ordered(ctx, COURSE_MATRIX, {"course": number_in(event, 1)})


def _begun(ctx: Ctx, assignment_id: int) -> Reply:
    prefilling.begin(ctx, assignments.begin(ctx, assignment_id))
    return ask_form.show(ctx)


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(matrices.courses(ctx, search), number, PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"owncourse:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"owncourses:{turned}:{kept}")
    body = _("Choose a course, or type a part of its code or title.")
    if not page.shown:
        body = _("No course was found.") if search else _("No course has been evaluated yet.")
    return Screen(
        title=_("How good the courses are"),
        body=(body,),
        rows=(*rows, (Button(_("« The unit's own work"), "ownwork"),)),
        asks=ASKS,
    )


def _label(line: CourseLine) -> Text:
    if line.year is None:
        return _("{code} {course}", code=line.code, course=line.title)
    return _("{code} {course} ({year})", code=line.code, course=line.title, year=str(line.year))


def _course(ctx: Ctx, course_id: int) -> Screen:
    line = matrices.course(ctx, course_id)
    may_ask = access.may(ctx, Action.SET_EVALUATION)
    asked = matrices.reviewers(ctx, course_id)[:MOST_ASKED] if may_ask else []
    body: list[Words] = [_("Course {code}", code=line.code)]
    body += [_asked(ctx, one) for one in asked]
    rows: Rows = []
    if may_ask:
        rows += [
            (Button(_("Evaluate it now"), f"owncself:{course_id}", style=Style.PRIMARY),),
            (Button(_("Ask a reviewer"), f"owncask:{course_id}"),),
        ]
        rows += [(_back(one),) for one in asked if one.state is AssignmentState.OPEN]
    if line.year is not None:
        body += ["", *_last(matrix_results.read(ctx, course_id))]
        rows.append((Button(_("Make the report"), f"owncrep:{course_id}", guarded=True),))
    else:
        body.append(_("Nobody has evaluated this course yet."))
    rows.append((Button(_("« Courses"), "owncourses"),))
    return Screen(title=line.title, body=tuple(body), rows=tuple(rows))


def _asked(ctx: Ctx, one: Reviewer) -> Text:
    until = Moment(one.closes_at, ctx.actor.zone)
    state = STATES.get(one.state) or _("open until {moment}", moment=until)
    return _("{year}: {name}, {state}", year=str(one.year), name=one.name, state=state)


def _back(one: Reviewer) -> Button:
    label = _("Take back: {name}", name=one.name)
    return Button(label, f"owncback:{one.assignment_id}", guarded=True)


def _last(found: Matrix) -> list[Words]:
    """The sections of the last evaluation, the lowest first."""
    lines: list[Words] = [_("Averages of {year}, the lowest first:", year=str(found.year))]
    ordered = sorted(found.sections, key=lambda section: section.mean)
    return [
        *lines,
        *(_("• {section}: {mean}", section=one.label, mean=round(one.mean, 1)) for one in ordered),
    ]
