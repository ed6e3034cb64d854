"""A plan as it is read: its lines by page or by month, what fits one's own post; for who checks or
approves it also comments and versions. Who may read which plan is decided by `planning.reading`.
"""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.planning import AnnualPlan, PlanState
from bot.needs import years
from bot.people import access, heads
from bot.people.access_table import Action
from bot.planning import cohorts, comments, cover, life_forms, reading, versions
from bot.planning.reading import Line
from bot.planning.versions import BECAME_WORDS, LineChange, difference_words
from bot.reports.months import month_name
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.plan_comments import comment_lines, comments_button, comments_screen
from handlers.common.plan_screens import (
    PER_PAGE,
    facts,
    line_facts,
    line_rows,
    plan_title,
)
from handlers.common.routes import press

PLANS = _("Training plan")
BACK_WORDS = _("« Back to the plan")
NO_LINE = _("This line is not in the plan any more.")

menu_entry("planread", PLANS, "planread", Action.READ_PLAN, 19, Part.PLAN)


@closing.offer(44)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to the plan once a form about it is taken."""
    action = life_forms.way_back(ctx)
    return Button(BACK_WORDS, action) if action is not None else None


@press("planread", Action.READ_PLAN)
def show_plans(ctx: Ctx, event: Event) -> Reply:
    """The plans that the actor may read: `planread:page`; the only one is opened at once."""
    found = reading.readable(ctx)
    if len(found) == 1:
        return Reply(screen=_plan(ctx, found[0]))
    page = page_of(found, number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(plan_title(plan), f"planr:{plan.id}"),) for plan in page.shown]
    rows += page.rows(lambda turned: f"planread:{turned}")
    body = _("Choose a year.") if found else _("No training plan has been published yet.")
    return Reply(screen=Screen(title=PLANS, body=(body,), rows=with_menu(rows)))


@press("planr", Action.READ_PLAN)
def show_plan(ctx: Ctx, event: Event) -> Reply:
    """One plan: `planr:plan`."""
    return Reply(screen=_plan(ctx, reading.require(ctx, number_in(event, 1))))


@press("planls", Action.READ_PLAN)
def show_lines(ctx: Ctx, event: Event) -> Reply:
    """All lines of a plan: `planls:plan:page`."""
    plan = reading.require(ctx, number_in(event, 1))
    found = reading.lines(ctx.session, plan.id)
    return Reply(screen=_lines(plan, found, number_after(event.text, 2) or 0, "planls"))


@press("planfit", Action.READ_PLAN)
def show_fitting(ctx: Ctx, event: Event) -> Reply:
    """The lines that are meant for the actor: `planfit:plan:page`."""
    plan = reading.require(ctx, number_in(event, 1))
    mine = cover.fits(ctx, plan)
    found = [line for line in reading.lines(ctx.session, plan.id) if line.id in mine]
    return Reply(screen=_lines(plan, found, number_after(event.text, 2) or 0, "planfit"))


@press("planm", Action.READ_PLAN)
def show_month(ctx: Ctx, event: Event) -> Reply:
    """What is held in a month of the year: `planm:plan:month`."""
    plan = reading.require(ctx, number_in(event, 1))
    month = number_in(event, 2)
    if not 1 <= month <= cohorts.MONTHS_OF_A_YEAR:
        raise Refusal(_("There is no such month."))
    found = [
        line
        for line in reading.held(reading.lines(ctx.session, plan.id))
        if cohorts.cohorts_by_month(line.months, line.cohorts)[month]
    ]
    body = [_in_month(line, month) for line in found]
    rows = line_rows(found, number_after(event.text, 3) or 0, "planl", f"planm:{plan.id}:{month}")
    rows.append((Button(BACK_WORDS, f"planr:{plan.id}"),))
    first = cohorts.month_of_year(plan.plan_year, month)
    title = _("{month} {year}", month=month_name(month), year=str(first.year))
    shown = page_of_lines(body, 0).shown if body else (_("Nothing is planned in this month."),)
    return Reply(screen=Screen(title=title, body=shown, rows=tuple(rows)))


@press("planl", Action.READ_PLAN)
def show_line(ctx: Ctx, event: Event) -> Reply:
    """One line with what was said of it: `planl:line:page`."""
    row = reading.require_line(ctx, number_in(event, 1))
    plan = ctx.session.get_one(AnnualPlan, row.plan_id)
    line, sees = reading.line_of(ctx.session, row), reading.sees_all(ctx, plan)
    body = line_facts(plan, line, money=sees)
    if found := comments.of_plan(ctx, row.plan_id, line.id):
        body += ["", _("Comments:"), *comment_lines(found)]
    page = page_of_lines(body, number_after(event.text, 2) or 0)
    rows: Rows = page.rows(lambda turned: f"planl:{line.id}:{turned}")
    if sees and comments.may_comment(ctx, plan):
        rows.append((Button(_("Comment on this line"), f"plancom:{plan.id}:{line.id}"),))
    if access.may(ctx, Action.EDIT_PLAN):
        rows.append((Button(_("Cohorts and classes"), f"plancoh:{line.id}"),))
    rows.append((Button(_("« Lines"), f"planls:{plan.id}"),))
    title = _("{code} {title}", code=line.code, title=line.title)
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows)))


@press("plancom", Action.READ_PLAN)
def begin_comment(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be said of a plan or of a line: `plancom:plan:line`."""
    plan = reading.require(ctx, number_in(event, 1))
    if not reading.sees_all(ctx, plan):
        raise access.OutOfReach(Action.REVIEW_PLAN, plan.id, "plan", reading.NOT_YOURS)
    if not comments.may_comment(ctx, plan):
        raise Refusal(_("The plan cannot be commented on now."))
    line = number_after(event.text, 2)
    back = f"planl:{line}" if line else f"planr:{plan.id}"
    service.begin(ctx, "plan_comment", {"plan": plan.id, "line": line, "back": back})
    return ask_form.show(ctx)


@press("plancs", Action.READ_PLAN)
def show_comments(ctx: Ctx, event: Event) -> Reply:
    """What was said of a plan and its lines: `plancs:plan:page`."""
    plan = _whole(ctx, number_in(event, 1))
    return Reply(screen=comments_screen(ctx, plan, number_after(event.text, 2) or 0))


@press("planvs", Action.READ_PLAN)
def show_versions(ctx: Ctx, event: Event) -> Reply:
    """The versions of a plan, each to be compared with the one after it: `planvs:plan:page`."""
    plan = _whole(ctx, number_in(event, 1))
    found = versions.numbers(ctx, plan.id or 0)
    page = page_of(found, number_after(event.text, 2) or 0, PER_PAGE)
    rows: Rows = []
    for row in page.shown:
        after = row.number + 1 if row.number < plan.version else 0
        label = _("From {first} to {second}", first=_numbered(row.number), second=_numbered(after))
        rows.append((Button(label, f"planvc:{plan.id}:{row.number}:{after}"),))
    rows += page.rows(lambda turned: f"planvs:{plan.id}:{turned}")
    rows.append((Button(BACK_WORDS, f"planr:{plan.id}"),))
    body = (
        _("What changed between two versions?")
        if found
        else _("The plan has not been submitted yet.")
    )
    return Reply(screen=Screen(title=_("Versions"), body=(body,), rows=tuple(rows)))


@press("planvc", Action.READ_PLAN)
def show_changes(ctx: Ctx, event: Event) -> Reply:
    """What changed between two versions, line by line: `planvc:plan:first:second:page`."""
    plan_id, first, second = (number_in(event, place) for place in (1, 2, 3))
    found = versions.compare(ctx, plan_id, first, second)
    lines = [words for one in found for words in _changed(one)]
    page = page_of_lines(lines or [_("Nothing has changed.")], number_after(event.text, 4) or 0)
    rows = page.rows(lambda turned: f"planvc:{plan_id}:{first}:{second}:{turned}")
    rows.append((Button(_("« Versions"), f"planvs:{plan_id}"),))
    title = _("From {first} to {second}", first=_numbered(first), second=_numbered(second))
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows)))


def _plan(ctx: Ctx, plan: AnnualPlan) -> Screen:
    """The plan with its months, and what else its reader may see of it."""
    sees = reading.sees_all(ctx, plan)
    rows: Rows = [(Button(_("For me"), f"planfit:{plan.id}", style=Style.PRIMARY),
                   Button(_("All lines"), f"planls:{plan.id}"))]  # fmt: skip
    months = [month.month for month in cohorts.months_from(plan.plan_year)]
    for first in range(0, len(months), 3):
        rows.append(
            tuple(
                Button(month_name(month), f"planm:{plan.id}:{month}")
                for month in months[first : first + 3]
            )
        )
    if sees:
        rows.append((comments_button(ctx, plan),
                     Button(_("Versions"), f"planvs:{plan.id}")))  # fmt: skip
    rows.append((Button(_("Papers and pictures"), f"planpapers:{plan.id}"),))
    is_head = heads.part_of(ctx.session, ctx.actor.person_id) is not None
    if is_head and plan.state is PlanState.PUBLISHED:
        rows.append((Button(_("Cover for my office"), f"plancover:{plan.id}"),))
    if sees and comments.may_comment(ctx, plan):
        rows.append((Button(_("Comment on the whole plan"), f"plancom:{plan.id}"),))
    first_day, last_day = years.span(plan.plan_year)
    body = [_("From {first} to {last}", first=first_day, last=last_day)]
    return Screen(
        title=plan_title(plan),
        body=(*body, *facts(ctx, plan, money=sees)),
        rows=with_menu(rows),
    )


def _lines(plan: AnnualPlan, found: list[Line], number: int, prefix: str) -> Screen:
    rows = line_rows(found, number, "planl", f"{prefix}:{plan.id}")
    rows.append((Button(BACK_WORDS, f"planr:{plan.id}"),))
    body: tuple[Words, ...] = (_("Choose a line."),)
    if not found and prefix == "planfit":
        body = (
            _("No line of the plan is meant for your post or for what you said you need."),
            _("You can tell what you need at any time."),
        )
    elif not found:
        body = (_("The plan has no line yet."),)
    return Screen(title=plan_title(plan), body=body, rows=tuple(rows))


def _in_month(line: Line, month: int) -> Words:
    held = cohorts.cohorts_by_month(line.months, line.cohorts)[month]
    if line.trainees is None:
        return _n(
            "{title}: {count} class for all officials",
            "{title}: {count} classes for all officials",
            held,
            title=line.title,
        )
    return _n(
        "{title}: {count} class of {trainees}",
        "{title}: {count} classes of {trainees}",
        held,
        title=line.title,
        trainees=line.trainees,
    )


def _whole(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """The plan, for who may read comments and versions too."""
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise access.OutOfReach(Action.REVIEW_PLAN, plan_id, "plan", reading.NOT_YOURS)
    return plan


def _numbered(number: int) -> Text:
    return _("version {number}", number=number) if number else _("the plan now")


def _changed(one: LineChange) -> list[Words]:
    became = BECAME_WORDS[one.became]
    head = _("{code} {title}: {became}", code=one.code, title=one.title, became=became)
    return [head, *(_("• {line}", line=difference_words(each)) for each in one.differences)]
