"""What a plan asks for: less money, rooms and beds, trainers. Shown only, nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Joined, Percent, Text, Words, _, _n
from bot.long_text import and_more
from bot.people.access_table import Action
from bot.planning import cuts, plans, trainer_load, utilisation
from bot.planning.cuts import Cut
from bot.planning.trainer_load import Load
from bot.planning.utilisation import MonthUse, PlaceUse, Rate, Use
from bot.reports.months import month_name
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after, number_of
from handlers.common.paging import Rows, page_of_lines
from handlers.common.routes import press, text
from handlers.unit import plan_words
from handlers.unit.plan import back_to

SHARES = (5, 10, 15, 20, 30)
FEW = 20
PRIORITY = _(
    "Priority is that of the topic in the survey of needs, up to 100; without a topic, 20 for "
    "each weight of the goal."
)
USE_WORDS: Mapping[Use, Text] = {
    Use.UNUSED: _("not used"),
    Use.LITTLE: _("little used"),
    Use.GOOD: _("well used"),
    Use.MUCH: _("hardly any reserve"),
    Use.OVER: _("more than there is"),
}


@press("plancut", Action.EDIT_PLAN)
def show_cut(ctx: Ctx, event: Event) -> Reply:
    """What falls if the budget is cut: `plancut:plan:percent:page`; without a share, asks."""
    plan_id, percent = number_in(event, 1), number_after(event.text, 2)
    if percent is None:
        return Reply(screen=_ask_share(ctx, plan_id))
    return Reply(screen=_cut(ctx, plan_id, percent, number_after(event.text, 3) or 0))


@text("plancut", Action.EDIT_PLAN)
def type_cut(ctx: Ctx, event: Event) -> Reply:
    """Any other share, typed as a number of percent; what is none is asked again."""
    plan_id = number_after(event.asks) or 0
    typed = event.text.strip().removesuffix("%").strip()
    percent = number_of(typed) or 0
    if not 1 <= percent < cuts.WHOLE:
        return Reply(screen=_ask_share(ctx, plan_id, cuts.NO_SHARE))
    return Reply(screen=_cut(ctx, plan_id, percent, 0))


@press("planrooms", Action.EDIT_PLAN)
def show_rooms(ctx: Ctx, event: Event) -> Reply:
    """How rooms and beds are used: `planrooms:plan:place`, of all places without one."""
    plan_id, place = number_in(event, 1), number_after(event.text, 2)
    found = utilisation.of_plan(ctx, plan_id)
    chosen = next((one for one in found.places if one.place.id == place), None)
    if chosen is not None:
        return Reply(screen=_place(plan_id, chosen))
    body: list[Words] = [_year(one) for one in found.places]
    if not found.places:
        body.append(_("No place has been entered yet."))
    body += ["", _("60 to 80 % of the working days is good use.")]
    if found.uncounted:
        body += ["", _uncounted(found.uncounted)]
    rows: Rows = [
        (Button(one.place.name, f"planrooms:{plan_id}:{one.place.id}"),) for one in found.places
    ]
    rows.append((Button(_("Places"), "facs"), back_to(plan_id)))
    return Reply(screen=Screen(title=_("Rooms and beds"), body=tuple(body), rows=tuple(rows)))


@press("planload", Action.EDIT_PLAN)
def show_trainers(ctx: Ctx, event: Event) -> Reply:
    """How many days each trainer is planned for: `planload:plan:page`."""
    plan_id = number_in(event, 1)
    found = trainer_load.of_plan(ctx, plan_id)
    body: list[Words] = [_load(one) for one in found.trainers]
    if not body:
        body.append(_("No line names a trainer yet."))
    if found.without:
        body += ["", _("Without a trainer: {codes}", codes=_few(found.without))]
    if found.idle:
        body += ["", _("In the pool, and in no line: {names}", names=_few(found.idle))]
    page = page_of_lines(body, number_after(event.text, 2) or 0)
    rows = page.rows(lambda number: f"planload:{plan_id}:{number}")
    rows.append((back_to(plan_id),))
    return Reply(screen=Screen(title=_("Trainers of the plan"), body=page.shown, rows=tuple(rows)))


def _ask_share(ctx: Ctx, plan_id: int, problem: Words = "") -> Screen:
    plans.card(ctx, plan_id)
    buttons = tuple(
        Button(_("{percent} %", percent=one), f"plancut:{plan_id}:{one}") for one in SHARES
    )
    return Screen(
        above=problem,
        title=_("If the budget is cut"),
        body=(
            _("By how much? Choose, or type a number of percent."),
            _("Nothing is changed: it is only shown what would fall."),
        ),
        rows=(buttons, (back_to(plan_id),)),
        asks=f"plancut:{plan_id}",
    )


def _cut(ctx: Ctx, plan_id: int, percent: int, number: int) -> Screen:
    money = plans.card(ctx, plan_id).money
    found = cuts.what_if(ctx, plan_id, percent)
    page = page_of_lines(_falls(found, money), number)
    rows = page.rows(lambda turned: f"plancut:{plan_id}:{percent}:{turned}")
    rows.append((Button(_("Another share"), f"plancut:{plan_id}"), back_to(plan_id)))
    title = _("If the budget is cut by {percent} %", percent=percent)
    return Screen(title=title, body=page.shown, rows=tuple(rows))


def _falls(found: Cut, money: str) -> list[Words]:
    most = plan_words.amount(found.most, money)
    said: list[Words] = [
        _("The plan costs {before}.", before=plan_words.amount(found.before, money)),
        _("There would be {most}.", most=most),
    ]
    if not found.falls:
        return [*said, "", _("Nothing would have to fall.")]
    said += ["", _("This would fall, in this order, the lowest priority first:")]
    said += [
        _("{place}. {line}", place=place, line=_fallen(one, money))
        for place, one in enumerate(found.falls, 1)
    ]
    said += [
        "",
        PRIORITY,
        "",
        _("The rest would cost {total}.", total=plan_words.amount(found.total, money)),
    ]
    if found.required_falls:
        said.append(
            _n(
                "{count} of them is required training.",
                "{count} of them are required training.",
                found.required_falls,
            )
        )
    return said


def _fallen(one: cuts.Priced, money: str) -> Words:
    cost = plan_words.amount(one.cost, money)
    points = round(one.points)
    if one.required:
        return _(
            "{code} {title}: {cost}, priority {points}, required",
            code=one.code, title=one.title, cost=cost, points=points,
        )  # fmt: skip
    return _(
        "{code} {title}: {cost}, priority {points}",
        code=one.code, title=one.title, cost=cost, points=points,
    )  # fmt: skip


def _year(one: PlaceUse) -> Words:
    if one.place.beds:
        return _(
            "{place}: rooms {rooms}; beds {beds}",
            place=one.place.name,
            rooms=_rate(one.year),
            beds=_rate(one.year_beds),
        )
    return _("{place}: rooms {rooms}", place=one.place.name, rooms=_rate(one.year))


def _place(plan_id: int, one: PlaceUse) -> Screen:
    body: list[Words] = [_year(one), ""]
    body += [_month(month, one) for month in one.months]
    if one.crowded:
        body += [
            "",
            _("More trainees than there is room for: {codes}", codes=_few(one.crowded)),
        ]
    rows = ((Button(_("« Rooms and beds"), f"planrooms:{plan_id}"),),)
    return Screen(title=one.place.name, body=tuple(body), rows=rows)


def _month(one: MonthUse, place: PlaceUse) -> Words:
    name = _("{month} {year}", month=month_name(one.month.month), year=str(one.month.year))
    if place.place.beds:
        return _(
            "{month}: rooms {rooms}; beds {beds}",
            month=name,
            rooms=_rate(one.rooms),
            beds=_rate(one.beds),
        )
    return _("{month}: rooms {rooms}", month=name, rooms=_rate(one.rooms))


def _rate(one: Rate) -> Words:
    words = USE_WORDS[one.use]
    if one.share is None or not one.used:
        return words
    return _("{share}, {words}", share=Percent(one.share), words=words)


def _load(one: Load) -> Words:
    cohorts = _n("{count} cohort", "{count} cohorts", one.cohorts)
    said: Words = _(
        "{name}: {days} days, {cohorts}", name=one.name, days=round(one.total, 1), cohorts=cohorts
    )
    if not one.in_pool:
        said = _("{line}; not in the pool", line=said)
    if one.over:
        named = Joined(tuple(month_name(first.month) for first in one.over))
        said = _("{line}; too much in {months}", line=said, months=named)
    return said


def _uncounted(codes: tuple[str, ...]) -> Words:
    return _("Not counted, for want of a place, a month or days: {codes}", codes=_few(codes))


def _few(codes: tuple[str, ...]) -> Words:
    shown = ", ".join(codes[:FEW])
    more = and_more(len(codes) - FEW)
    return _("{shown} {more}", shown=shown, more=more[0]) if more else shown
