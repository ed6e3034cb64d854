"""The plan in its year: cohorts become classes, lines come and go, money is spent."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.planning import AnnualPlan
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import from_plan, reading, spending, unscheduled
from bot.planning.from_plan import Cohort
from bot.reports.months import month_words
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.plan_screens import PER_PAGE, line_rows, plan_title, short_facts
from handlers.common.routes import press


@press("plancohs", Action.EDIT_PLAN)
def show_lines(ctx: Ctx, event: Event) -> Reply:
    """The lines of a plan, to make classes of: `plancohs:plan:page`."""
    plan = reading.require(ctx, number_in(event, 1))
    found = reading.lines(ctx.session, plan.id)
    rows = line_rows(found, number_after(event.text, 2) or 0, "plancoh", f"plancohs:{plan.id}")
    rows.append((Button(_("Add unscheduled training"), f"planuns:{plan.id}"),))
    rows.append((Button(_("« The way of the plan"), f"planlife:{plan.id}"),))
    body = (_("Choose a line to make classes of it, or to enter what was spent."),)
    return Reply(screen=Screen(title=plan_title(plan), body=body, rows=tuple(rows)))


@press("plancoh", Action.EDIT_PLAN)
def show_line(ctx: Ctx, event: Event) -> Reply:
    """The cohorts of a line and their classes: `plancoh:line:page`."""
    return Reply(screen=_screen(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("plancls", Action.EDIT_PLAN)
def make_class(ctx: Ctx, event: Event) -> Reply:
    """Make a class of a cohort: `plancls:line:cohort`."""
    line, cohort = number_in(event, 1), number_in(event, 2)
    done = from_plan.make_class(ctx, line, cohort)
    toast = _("Class {code} was made.", code=done.card.code)
    page = (cohort - 1) // PER_PAGE
    return Reply(screen=_screen(ctx, line, page), toast=toast)


@press("planuns", Action.EDIT_PLAN)
def begin_unscheduled(ctx: Ctx, event: Event) -> Reply:
    """Ask what is added to an approved plan: `planuns:plan`."""
    plan = unscheduled.require(ctx, number_in(event, 1))
    service.begin(ctx, "plan_unscheduled", {"plan": plan.id})
    return ask_form.show(ctx)


@press("plandrop", Action.EDIT_PLAN)
def begin_dropping(ctx: Ctx, event: Event) -> Reply:
    """Ask why a line is dropped: `plandrop:line`."""
    line = reading.require_line(ctx, number_in(event, 1))
    unscheduled.require(ctx, line.plan_id)
    service.begin(ctx, "plan_drop", {"line": line.id})
    return ask_form.show(ctx)


@press("plankeep", Action.EDIT_PLAN)
def take_up(ctx: Ctx, event: Event) -> Reply:
    """Hold a dropped line after all: `plankeep:line`."""
    line = unscheduled.take_up(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, line.id or 0, 0), toast=_("The line is in the plan again."))


@press("planspent", Action.EDIT_PLAN)
def show_spending(ctx: Ctx, event: Event) -> Reply:
    """What was spent on a line: `planspent:line:page`."""
    return Reply(screen=_spending(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("planspend", Action.EDIT_PLAN)
def begin_spending(ctx: Ctx, event: Event) -> Reply:
    """Ask what was spent: `planspend:line`."""
    line = reading.require_line(ctx, number_in(event, 1))
    unscheduled.require(ctx, line.plan_id)
    service.begin(ctx, "plan_spending", {"line": line.id})
    return ask_form.show(ctx)


@press("planunspend", Action.EDIT_PLAN)
def strike(ctx: Ctx, event: Event) -> Reply:
    """Take out what was entered by mistake: `planunspend:spending`."""
    line = spending.strike(ctx, number_in(event, 1))
    return Reply(screen=_spending(ctx, line, 0), toast=_("The amount is taken out."))


def _screen(ctx: Ctx, line_id: int, number: int) -> Screen:
    plan, line = _line(ctx, line_id)
    page = page_of(from_plan.of_line(ctx, line_id), number, PER_PAGE)
    body: list[Words] = [*short_facts(plan, line), ""]
    body += [_said(one) for one in page.shown]
    can_make = plan.state in reading.APPROVED and not line.dropped_for
    rows: Rows = [(_button(one, line_id),) for one in page.shown if one.class_id or can_make]
    rows += page.rows(lambda turned: f"plancoh:{line_id}:{turned}")
    if plan.state in reading.APPROVED:
        spent = Button(_("What was spent"), f"planspent:{line_id}")
        drop = Button(_("Drop this line"), f"plandrop:{line_id}")
        if line.dropped_for:
            drop = Button(_("Hold it after all"), f"plankeep:{line_id}", guarded=True)
        rows.append((spent, drop))
    rows.append((Button(_("All of this line"), f"planl:{line_id}"),))
    rows.append((Button(_("« Lines"), f"plancohs:{plan.id}"),))
    title = _("{code} {title}", code=line.code, title=line.title)
    return Screen(title=title, body=tuple(body), rows=tuple(rows))


def _spending(ctx: Ctx, line_id: int, number: int) -> Screen:
    plan, line = _line(ctx, line_id)
    found = spending.of_line(ctx, line_id)
    page = page_of(found, number, PER_PAGE)
    total = sum(one.amount for one in found)
    body: list[Words] = [
        _("Planned: {cost} {money}", cost=line.cost or 0, money=plan.money),
        _("Spent: {amount} {money}", amount=total, money=plan.money),
        "",
        *(_("{day}: {amount} {item}", day=one.spent_on, amount=one.amount, item=one.item)
          for one in page.shown),
    ]  # fmt: skip
    rows: Rows = [(Button(_("Enter an amount"), f"planspend:{line_id}", style=Style.PRIMARY),)]
    rows += [
        (Button(_("Take out: {amount} of {day}", amount=one.amount, day=one.spent_on),
                f"planunspend:{one.id}", guarded=True),)
        for one in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"planspent:{line_id}:{turned}")
    rows.append((Button(_("« The line"), f"plancoh:{line_id}"),))
    title = _("{code} {title}", code=line.code, title=line.title)
    return Screen(title=title, body=tuple(body), rows=tuple(rows))


def _line(ctx: Ctx, line_id: int) -> tuple[AnnualPlan, reading.Line]:
    row = reading.require_line(ctx, line_id)
    plan = ctx.session.get_one(AnnualPlan, row.plan_id)
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.EDIT_PLAN, line_id, "plan line", reading.NOT_YOURS)
    return plan, reading.line_of(ctx.session, row)


def _said(one: Cohort) -> Text:
    """A cohort in a line: its month, or the class that it became."""
    if one.class_id is not None:
        people = _n("{count} person", "{count} people", one.people)
        if one.starts_on is None:
            return _("Cohort {number}: class {code}, no dates yet, {people}",
                     number=one.number, code=one.code, people=people)  # fmt: skip
        return _("Cohort {number}: class {code}, from {day}, {people}",
                 number=one.number, code=one.code, day=one.starts_on, people=people)  # fmt: skip
    if one.month is None:
        return _("Cohort {number}: no month yet", number=one.number)
    return _("Cohort {number}: {month}", number=one.number, month=month_words(one.month))


def _button(one: Cohort, line_id: int) -> Button:
    if one.class_id is not None:
        return Button(_("Class {code}", code=one.code), f"class:{one.class_id}")
    label = _("Make cohort {number} a class", number=one.number)
    return Button(label, f"plancls:{line_id}:{one.number}", guarded=True)
