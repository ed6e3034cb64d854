"""The annual plan from the training unit's side: begun, drafted, its budgets, what has changed."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.needs import years
from bot.people import access
from bot.people.access_table import Action
from bot.planning import changes, costs, drafting, lines, plans, reading
from bot.planning.categories import CHANGE_WORDS
from bot.planning.plans import PlanCard
from bot.reports.plan_workbook import PLAN_WORKBOOK
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.unit import plan_asking, plan_words

PLANS = _("Annual plan")

menu_entry("plans", PLANS, "plans", Action.EDIT_PLAN, 48, Part.PLAN)


@press("plans", Action.EDIT_PLAN)
def show_plans(ctx: Ctx, _event: Event) -> Reply:
    """Every plan, and those that can be begun."""
    found = plans.listed(ctx)
    rows: Rows = [(Button(_label(one), f"plano:{one.id}"),) for one in found]
    for year in plans.may_begin(ctx):
        label = _("Begin the plan of {year}", year=years.label(year))
        rows.append((Button(label, f"plannew:{year}", guarded=True, style=Style.PRIMARY),))
    year = found[0].plan_year if found else years.next_plan_year(ctx)
    rows.append((Button(_("Goals"), f"goals:{year}"), Button(_("Places"), "facs")))
    body = _("Choose a plan.") if found else _("There is no plan yet.")
    return Reply(screen=Screen(title=PLANS, body=(body,), rows=with_menu(rows)))


@press("plannew", Action.EDIT_PLAN)
def begin_plan(ctx: Ctx, event: Event) -> Reply:
    """Begin the plan of a year: `plannew:2027-01-01`."""
    begun = plans.begin(ctx, year_in(event))
    return Reply(screen=plan_screen(ctx, begun.id), toast=_("The plan is begun."))


@press("plano", Action.EDIT_PLAN)
def show_plan(ctx: Ctx, event: Event) -> Reply:
    """One plan with its figures: `plano:id`."""
    return Reply(screen=plan_screen(ctx, number_in(event, 1)))


@press("planlast", Action.EDIT_PLAN)
def take_over(ctx: Ctx, event: Event) -> Reply:
    """Take over the lines of the year before: `planlast:id`."""
    plan_id = number_in(event, 1)
    count = drafting.from_last_year(ctx, plan_id)
    toast = _n("{count} line was taken over.", "{count} lines were taken over.", count)
    return Reply(screen=plan_screen(ctx, plan_id), toast=toast)


@press("planneeds", Action.EDIT_PLAN)
def take_needs(ctx: Ctx, event: Event) -> Reply:
    """Add a line for each decision of the survey: `planneeds:id`."""
    plan_id = number_in(event, 1)
    count = drafting.from_needs(ctx, plan_id)
    toast = _n("{count} line was added.", "{count} lines were added.", count)
    return Reply(screen=plan_screen(ctx, plan_id), toast=toast)


@press("planmoney", Action.EDIT_PLAN)
def begin_money(ctx: Ctx, event: Event) -> Reply:
    """Ask for the budgets: `planmoney:id`."""
    plan_id = number_in(event, 1)
    typed = plans.money_as_typed(ctx, plan_id)
    return plan_asking.correct(ctx, "plan_money", {"plan_id": plan_id}, typed)


@press("planchg", Action.EDIT_PLAN)
def show_changes(ctx: Ctx, event: Event) -> Reply:
    """What has changed against the year before: `planchg:id:page`."""
    plan_id = number_in(event, 1)
    plan = reading.require(ctx, plan_id)
    found = changes.compare(
        lines.last_year(ctx, plan), reading.held(reading.lines(ctx.session, plan_id))
    )
    said: list[Words] = []
    for one in found:
        words = CHANGE_WORDS[one.change]
        said.append(
            _("{change}: {code} {title}, {size}", change=words, code=one.code, title=one.title,
              size=one.said)
        )  # fmt: skip
    page = page_of_lines(
        said or [_("Nothing differs from last year.")], number_after(event.text, 2) or 0
    )
    rows = page.rows(lambda number: f"planchg:{plan_id}:{number}")
    rows.append((back_to(plan_id),))
    title = _("Changes against last year, {year}", year=years.label(plan.plan_year))
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows)))


@press("planbook", Action.EDIT_PLAN)
def make_workbook(ctx: Ctx, event: Event) -> Reply:
    """Have the workbook made, to be changed and sent back: `planbook:id`."""
    return ordered(ctx, PLAN_WORKBOOK, {"plan": number_in(event, 1)})


def year_in(event: Event) -> dt.date:
    """The plan year of a button: `prefix:2027-01-01`; refuses a button without one."""
    try:
        return dt.date.fromisoformat(event.text.split(":")[1])
    except (IndexError, ValueError):
        raise Refusal(_("This button no longer works. Please open the list again.")) from None


def back_to(plan_id: int) -> Button:
    """The way back to a plan."""
    return Button(_("« The plan"), f"plano:{plan_id}")


def plan_screen(ctx: Ctx, plan_id: int) -> Screen:
    """One plan: where it stands, what it costs, and what can be done; refuses all others."""
    access.require(ctx, Action.EDIT_PLAN)
    card = plans.card(ctx, plan_id)
    first, last = years.span(card.plan_year)
    body: list[Words] = [
        reading.STATE_WORDS[card.state],
        _("{first} to {last}", first=first, last=last),
        _n("{count} line", "{count} lines", card.lines),
        "",
        *plan_words.cost_lines(costs.totals(ctx, plan_id), card.money),
        *_lacking(ctx, plan_id),
    ]
    title = _("Annual plan {year}", year=card.label)
    return Screen(title=title, body=tuple(body), rows=(*_choices(card), _others()))


def _lacking(ctx: Ctx, plan_id: int) -> list[Words]:
    held = reading.held(reading.lines(ctx.session, plan_id))
    without = sum(not line.goal for line in held)
    if not without:
        return []
    return [
        "",
        _n(
            "{count} line names no goal yet.",
            "{count} lines name no goal yet.",
            without,
        ),
    ]


def _choices(card: PlanCard) -> Rows:
    about = card.id
    rows: Rows = [(Button(_("Lines"), f"plines:{about}", style=Style.PRIMARY),)]
    if card.is_editable:
        rows.append(
            (
                Button(_("Take over last year's lines"), f"planlast:{about}", guarded=True),
                Button(_("Add what was decided"), f"planneeds:{about}", guarded=True),
            )
        )
        rows.append((Button(_("Budgets"), f"planmoney:{about}"),))
    rows.append(
        (
            Button(_("Goals"), f"goals:{card.plan_year}"),
            Button(_("Changes"), f"planchg:{about}"),
        )
    )
    rows.append(
        (
            Button(_("If the budget is cut"), f"plancut:{about}"),
            Button(_("Rooms and beds"), f"planrooms:{about}"),
        )
    )
    rows.append(
        (
            Button(_("Trainers"), f"planload:{about}"),
            Button(_("Workbook"), f"planbook:{about}", guarded=True),
        )
    )
    way = Button(_("Checking, approval, classes"), f"planlife:{about}", style=Style.PRIMARY)
    return [*rows, (way,)]


def _others() -> tuple[Button, ...]:
    return (Button(_("« Plans"), "plans"),)


def _label(one: PlanCard) -> Words:
    return _("{year}: {state}", year=one.label, state=reading.STATE_WORDS[one.state])
