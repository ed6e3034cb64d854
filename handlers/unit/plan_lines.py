"""Lines of a plan on a phone: listed, written by forms, dropped, taken up again."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.models.planning import PlanLine
from bot.people import access
from bot.people.access_table import Action
from bot.planning import details, line_values, lines, plans, reading
from bot.planning.plans import PlanCard
from bot.planning.reading import Line
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, plan_screens
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines
from handlers.common.routes import press
from handlers.unit import plan_asking
from handlers.unit.plan import back_to


@press("plines", Action.EDIT_PLAN)
def show_lines(ctx: Ctx, event: Event) -> Reply:
    """The lines of a plan: `plines:plan:page`."""
    plan_id, number = number_in(event, 1), number_after(event.text, 2) or 0
    card = plans.card(ctx, plan_id)
    access.require(ctx, Action.EDIT_PLAN)
    found = lines.of_plan(ctx, plan_id)
    rows = plan_screens.line_rows(found, number, "pline", f"plines:{plan_id}")
    if card.is_editable:
        rows.append((Button(_("New line"), f"plinenew:{plan_id}", style=Style.PRIMARY),))
    rows.append((back_to(plan_id),))
    body = _("Choose a line.") if found else _("The plan has no line yet.")
    title = _("Lines of {year}", year=card.label)
    return Reply(screen=Screen(title=title, body=(body,), rows=tuple(rows)))


@press("pline", Action.EDIT_PLAN)
def show_line(ctx: Ctx, event: Event) -> Reply:
    """One line with all that it says: `pline:id`."""
    return Reply(screen=line_screen(ctx, number_in(event, 1)))


@press("plinenew", Action.EDIT_PLAN)
def begin_line(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be taught: `plinenew:plan`; refuses a plan that is out of hand."""
    plan = plans.require_editable(ctx, number_in(event, 1))
    service.begin(ctx, "plan_line", {"plan_id": plan.id})
    return ask_form.show(ctx)


@press("plineedit", Action.EDIT_PLAN)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show what the line is about, to be changed: `plineedit:id`."""
    line, _plan = lines.editable(ctx, number_in(event, 1))
    typed = line_values.as_typed(ctx, line, lines.reckoned(ctx, line))
    return plan_asking.correct(ctx, "plan_line", {"line_id": line.id}, typed)


@press("plinewhere", Action.EDIT_PLAN)
def begin_placing(ctx: Ctx, event: Event) -> Reply:
    """Show how and where it is held, to be changed: `plinewhere:id`."""
    line, _plan = lines.editable(ctx, number_in(event, 1))
    typed = line_values.where_as_typed(ctx, line)
    return plan_asking.correct(ctx, "plan_line_place", {"line_id": line.id}, typed)


@press("plinesaid", Action.EDIT_PLAN)
def show_details(ctx: Ctx, event: Event) -> Reply:
    """The points of an operational plan, those that are open too: `plinesaid:id:page`."""
    line_id = number_in(event, 1)
    access.require(ctx, Action.EDIT_PLAN)
    row = lines.row(ctx, line_id)
    said: list[Words] = []
    for name, words in details.DETAIL_WORDS.items():
        found = row.details.get(name) or _("still open")
        said.append(_("{point}: {words}", point=words, words=found))
    page = page_of_lines(said, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"plinesaid:{line_id}:{turned}")
    if plans.card(ctx, row.plan_id).is_editable and not row.dropped_for:
        rows.append((Button(_("Write"), f"plinemore:{line_id}", style=Style.PRIMARY),))
    rows.append((Button(_("« The line"), f"pline:{line_id}"),))
    title = _("Details of {code}", code=row.code)
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows)))


@press("plinemore", Action.EDIT_PLAN)
def begin_detailing(ctx: Ctx, event: Event) -> Reply:
    """Show the points of an operational plan, to be changed: `plinemore:id`."""
    line, _plan = lines.editable(ctx, number_in(event, 1))
    typed = {
        name: str(line.details[name]) for name in details.DETAIL_WORDS if name in line.details
    }
    return plan_asking.correct(ctx, "plan_line_details", {"line_id": line.id}, typed)


@press("plinemv", Action.EDIT_PLAN)
def move_line(ctx: Ctx, event: Event) -> Reply:
    """Put a line at a place: `plinemv:id:place`."""
    line_id = number_in(event, 1)
    place = lines.move(ctx, line_id, number_in(event, 2))
    toast = _("It is number {place} now.", place=place)
    return Reply(screen=line_screen(ctx, line_id), toast=toast)


@press("plinedrop", Action.EDIT_PLAN)
def begin_dropping(ctx: Ctx, event: Event) -> Reply:
    """Ask why a line is dropped: `plinedrop:id`."""
    line, _plan = lines.editable(ctx, number_in(event, 1))
    service.begin(ctx, "drop_plan_line", {"line_id": line.id})
    return ask_form.show(ctx)


@press("plineback", Action.EDIT_PLAN)
def bring_back(ctx: Ctx, event: Event) -> Reply:
    """Take a dropped line up again: `plineback:id`."""
    line_id = number_in(event, 1)
    lines.bring_back(ctx, line_id)
    return Reply(screen=line_screen(ctx, line_id), toast=_("The line stands again."))


def line_screen(ctx: Ctx, line_id: int) -> Screen:
    """One line, and what may be done with it; refuses who may not edit plans."""
    access.require(ctx, Action.EDIT_PLAN)
    line = lines.card(ctx, line_id)
    row = lines.row(ctx, line_id)
    card = plans.card(ctx, row.plan_id)
    return Screen(
        title=_("{code} {title}", code=line.code, title=line.title),
        body=tuple(_facts(ctx, line, row)),
        rows=(*_choices(line, card), *_order(ctx, line, card), _back(row.plan_id)),
    )


def _facts(ctx: Ctx, line: Line, row: PlanLine) -> list[Words]:
    plan = reading.require(ctx, row.plan_id)
    said = plan_screens.line_facts(plan, line, money=True)
    if row.residential:
        said.append(_("Trainees stay overnight."))
    if not line.goal:
        said.append(_("It names no goal yet."))
    if line.cost is None:
        said.append(_("It has no cost yet."))
    left = len(details.lacking(row.details))
    if left:
        said.append(_n("{count} detail is still open.", "{count} details are still open.", left))
    return said


def _choices(line: Line, card: PlanCard) -> Rows:
    about, editable = line.id, card.is_editable
    rows: Rows = []
    if editable and line.dropped_for:
        rows.append((Button(_("Take it up again"), f"plineback:{about}", guarded=True),))
    elif editable:
        rows.append(
            (
                Button(_("Correct"), f"plineedit:{about}", style=Style.PRIMARY),
                Button(_("How and where"), f"plinewhere:{about}"),
            )
        )
    rows.append(
        (Button(_("Costs"), f"pcosts:{about}"), Button(_("Details"), f"plinesaid:{about}"))
    )
    if editable and not line.dropped_for:
        rows.append((Button(_("Drop it"), f"plinedrop:{about}", style=Style.DANGER),))
    if card.state in reading.APPROVED:
        rows.append((Button(_("Classes and spending"), f"plancoh:{about}"),))
    return rows


def _order(ctx: Ctx, line: Line, card: PlanCard) -> Rows:
    """One place earlier or later, while the plan is being written."""
    if not card.is_editable or line.dropped_for:
        return []
    ids = [one.id for one in lines.of_plan(ctx, card.id) if not one.dropped_for]
    place = ids.index(line.id) + 1
    earlier = Button(_("Earlier"), f"plinemv:{line.id}:{place - 1}")
    later = Button(_("Later"), f"plinemv:{line.id}:{place + 1}")
    row = ([earlier] if place > 1 else []) + ([later] if place < len(ids) else [])
    return [tuple(row)] if row else []


def _back(plan_id: int) -> tuple[Button, ...]:
    return (Button(_("« Lines"), f"plines:{plan_id}"),)
