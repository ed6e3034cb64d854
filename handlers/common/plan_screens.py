"""How a plan and its lines look in a chat, whoever looks: nothing here asks for a right."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.i18n import Joined, Text, Words, _, _n
from bot.models.planning import AnnualPlan
from bot.needs import years
from bot.planning import reading
from bot.planning.categories import CATEGORY_WORDS, CHANGE_WORDS
from bot.planning.reading import Line
from bot.planning.reviews import VERDICT_WORDS, Review
from bot.reports.months import month_name
from bot.screens import Button
from bot.shorten import cut
from handlers.common.paging import Rows, page_of

PER_PAGE = 8
LONGEST_REASON = 300


def plan_title(plan: AnnualPlan) -> Text:
    """“Training plan 2027”."""
    return _("Training plan {year}", year=years.label(plan.plan_year))


def facts(ctx: Ctx, plan: AnnualPlan, *, money: bool) -> list[Words]:
    """State, version, how much it is, and what it costs for who may read that."""
    found = reading.held(reading.lines(ctx.session, plan.id))
    lines: list[Words] = [reading.STATE_WORDS[plan.state]]
    if plan.version:
        lines.append(_("Version {number}", number=plan.version))
    cohorts = sum(line.cohorts for line in found)
    lines.append(
        _(
            "{lines}, {cohorts}, {seats}",
            lines=_n("{count} line", "{count} lines", len(found)),
            cohorts=_n("{count} cohort", "{count} cohorts", cohorts),
            seats=_n("{count} seat", "{count} seats", sum(line.seats or 0 for line in found)),
        )
    )
    if money:
        lines += _money(plan, found)
    if plan.letter_no and plan.letter_on is not None:
        lines.append(_("Letter {number} of {day}", number=plan.letter_no, day=plan.letter_on))
    return lines


def checked_lines(found: Sequence[Review]) -> list[Words]:
    """Who was asked to check a plan, and what they found; nothing where nobody was."""
    lines: list[Words] = ["", _("Checked by:")] if found else []
    for one in found:
        verdict = VERDICT_WORDS[one.verdict]
        lines.append(_("• {name}: {verdict}", name=one.name, verdict=verdict))
    return lines


def line_button(line: Line, action: str) -> Button:
    """A line in a list: its code and title, and that it is new to the plan or dropped."""
    label: Text = _("{code} {title}", code=line.code, title=line.title)
    if line.dropped_for:
        label = _("{code} {title}: dropped", code=line.code, title=line.title)
    elif line.unscheduled:
        label = _("{code} {title}: unscheduled", code=line.code, title=line.title)
    return Button(label, action)


def line_rows(found: Sequence[Line], number: int, of_line: str, of_page: str) -> Rows:
    """A page of lines as buttons `of_line:id`, and the turning row `of_page:page`."""
    page = page_of(found, number, PER_PAGE)
    rows: Rows = [(line_button(line, f"{of_line}:{line.id}"),) for line in page.shown]
    return [*rows, *page.rows(lambda turned: f"{of_page}:{turned}")]


def line_facts(plan: AnnualPlan, line: Line, *, money: bool) -> list[Words]:
    """Everything that is said of a line; blank facts are left out."""
    kind: Words = CATEGORY_WORDS[line.category]
    if line.section:
        kind = _("{category}, {section}", category=kind, section=line.section)
    body: list[Words] = [_("{kind} · {change}", kind=kind, change=CHANGE_WORDS[line.change])]
    given: list[tuple[object, Text]] = [
        (line.goal, _("Goal: {goal}", goal=line.goal)),
        (line.target, _("For: {target}", target=line.target)),
        (line.place, _("Place: {place}", place=line.place)),
        (line.mode, _("Mode: {mode}", mode=line.mode)),
        (line.trainers, _("Trainers: {names}", names=line.trainers)),
        (line.required, _("Required")),
        (line.remark, _("Remark: {words}", words=line.remark)),
    ]
    body += [_cohorts(line), *_times(line)]
    body += [words for value, words in given if value]
    if money and line.cost is not None:
        body.append(_("Cost: {cost} {money}", cost=line.cost, money=plan.money))
    return [*body, *_reasons(line)]


def short_facts(plan: AnnualPlan, line: Line) -> list[Words]:
    """The same in a few lines, for a screen that has others to show."""
    body = [_cohorts(line), *_times(line)[:1]]
    if line.cost is not None:
        body.append(_("Cost: {cost} {money}", cost=line.cost, money=plan.money))
    if line.dropped_for:
        body.append(_("Dropped: {reason}", reason=cut(line.dropped_for, LONGEST_REASON)))
    return body


def months_words(months: Sequence[int]) -> Words:
    """Calendar months by name, in the reader's language."""
    return Text("{months}", (("months", Joined(tuple(month_name(one) for one in months))),))


def _money(plan: AnnualPlan, found: Sequence[Line]) -> list[Words]:
    cost = sum(line.cost or 0 for line in found)
    lines: list[Words] = [_("Cost: {cost} {money}", cost=cost, money=plan.money)]
    if plan.budget is not None:
        lines.append(_("Budget: {budget} {money}", budget=plan.budget, money=plan.money))
    return lines


def _cohorts(line: Line) -> Text:
    if line.trainees is None:
        return _n("{count} cohort, all officials", "{count} cohorts, all officials", line.cohorts)
    return _n(
        "{count} cohort of {trainees}",
        "{count} cohorts of {trainees}",
        line.cohorts,
        trainees=line.trainees,
    )


def _times(line: Line) -> list[Words]:
    lines: list[Words] = []
    if line.months:
        lines.append(_("In {months}", months=months_words(line.months)))
    lengths: list[Words] = []
    if line.days:
        lengths.append(_("Days: {days}", days=line.days))
    if line.hours:
        lengths.append(_("Hours: {hours}", hours=line.hours))
    if line.starts_at is not None and line.ends_at is not None:
        lengths.append(_("{start} to {end}", start=line.starts_at, end=line.ends_at))
    return [*lines, *lengths]


def _reasons(line: Line) -> list[Words]:
    """Why it was added after the approval, and why it was dropped."""
    lines: list[Words] = []
    if line.unscheduled:
        lines.append(_("Unscheduled: {reason}", reason=line.added_for))
    if line.dropped_for:
        lines.append(_("Dropped: {reason}", reason=line.dropped_for))
    return lines
