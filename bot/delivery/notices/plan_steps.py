"""The steps of an annual plan, to those whose turn it is or who wait for them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.models.planning import AnnualPlan, PlanReview, PlanState, Verdict
from bot.needs import years
from bot.people import directory
from bot.planning import reading, reviews
from bot.screens import Button, Screen, Style

NOT_NOW = Drop("the plan is in another state")


@notice("plan_review_asked")
def plan_review_asked(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """To a reviewer: which plan, and the way to it."""
    plan = _plan(ctx, items)
    row = ctx.session.get(PlanReview, (items[-1].params["plan"], reader.person_id))
    is_asked = row is not None and row.verdict is Verdict.ASKED
    if plan is None or plan.state is not PlanState.IN_REVIEW or not is_asked:
        return NOT_NOW
    body = (
        _size(ctx, plan),
        _("Read it, comment on its lines, then say whether you agree."),
    )
    return _screen(_("Please check the training plan {year}", year=_year(plan)), body,
                   Button(_("Check it"), f"plancheck:{plan.id}", style=Style.PRIMARY))  # fmt: skip


@notice("plan_reviewed")
def plan_reviewed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To who asked: what a reviewer found."""
    plan = _plan(ctx, items)
    if plan is None:
        return NOT_NOW
    params = items[-1].params
    verdict = reviews.VERDICT_WORDS[Verdict(params["verdict"])]
    name = directory.name_of(ctx.session, params["by"])
    body = (_("{name}: {verdict}", name=name, verdict=verdict),)
    return _screen(_("The training plan {year} was checked", year=_year(plan)), body,
                   Button(_("Show the plan"), f"planlife:{plan.id}"))  # fmt: skip


@notice("plan_submitted")
def plan_submitted(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To the executives: a plan waits for their decision."""
    plan = _plan(ctx, items)
    if plan is None or plan.state is not PlanState.SUBMITTED:
        return NOT_NOW
    body: list[Words] = [_size(ctx, plan), *_money(ctx, plan)]
    if plan.version > 1:
        body.append(_("It was returned before: this is version {number}.", number=plan.version))
    return _screen(
        _("The training plan {year} waits for your approval", year=_year(plan)),
        body,
        Button(_("Read and decide"), f"pland:{plan.id}", style=Style.PRIMARY),
    )


@notice("plan_decided")
def plan_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To the unit: approved, or returned with so many comments."""
    plan, state = _plan(ctx, items), items[-1].params["state"]
    if plan is None or plan.state.value != state:
        return NOT_NOW
    if plan.state is PlanState.APPROVED:
        title = _("The training plan {year} is approved", year=_year(plan))
        body: tuple[Words, ...] = (_("It can be published, and its lines can become classes."),)
        return _screen(title, body, Button(_("Show the plan"), f"planlife:{plan.id}"))
    title = _("The training plan {year} is returned", year=_year(plan))
    body = (_("Read the comments, change the plan, and submit it again."),)
    return _screen(title, body, Button(_("Read the comments"), f"plancs:{plan.id}"))


@notice("plan_published")
def plan_published(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To who approved it: everybody can read it now."""
    plan = _plan(ctx, items)
    if plan is None or plan.state is not PlanState.PUBLISHED:
        return NOT_NOW
    body = (_("Everybody can read it now. Heads of offices are told what cover they need."),)
    return _screen(_("The training plan {year} is published", year=_year(plan)), body,
                   Button(_("Show the plan"), f"planr:{plan.id}"))  # fmt: skip


def _plan(ctx: Ctx, items: Sequence[Item]) -> AnnualPlan | None:
    return ctx.session.get(AnnualPlan, items[-1].params["plan"])


def _year(plan: AnnualPlan) -> str:
    return years.label(plan.plan_year)


def _size(ctx: Ctx, plan: AnnualPlan) -> Text:
    found = reading.held(reading.lines(ctx.session, plan.id))
    return _(
        "{lines}, {cohorts}",
        lines=_n("{count} line", "{count} lines", len(found)),
        cohorts=_n("{count} cohort", "{count} cohorts", sum(line.cohorts for line in found)),
    )


def _money(ctx: Ctx, plan: AnnualPlan) -> tuple[Text, ...]:
    found = reading.held(reading.lines(ctx.session, plan.id))
    cost = sum(line.cost or 0 for line in found)
    if plan.budget is None:
        return (_("Cost: {cost} {money}", cost=cost, money=plan.money),)
    return (
        _("Cost: {cost} of {budget} {money}", cost=cost, budget=plan.budget, money=plan.money),
    )


def _screen(title: Text, body: Sequence[Words], button: Button) -> Screen:
    return Screen(title=title, body=tuple(body), rows=((button,),))
