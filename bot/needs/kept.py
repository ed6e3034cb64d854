"""What is kept about the needs of a person, for /mydata: ratings, needs, figures, interviews."""

from __future__ import annotations

from sqlalchemy import or_, select

from bot.context import Ctx
from bot.i18n import Text, Words, _
from bot.models.needs import (
    Competency,
    CompetencyRating,
    JobInterview,
    Need,
    NeedsRound,
    PerformanceFigure,
    RatedBy,
)
from bot.needs import competencies, years
from bot.needs.performance import KIND_WORDS
from bot.people.mydata import Fact, section

BY: dict[RatedBy, Text] = {
    RatedBy.SELF: _("by yourself"),
    RatedBy.SUPERVISOR: _("by your supervisor"),
}


@section("needs", _("What I need to learn"), 64)
def about_needs(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """How the person was rated, what they or others said they need, what was counted, and what
    they said of their job.
    """
    facts = (
        *_ratings(ctx, person_id),
        *_needs(ctx, person_id),
        *_figures(ctx, person_id),
        *_interviews(ctx, person_id),
    )
    return facts, _("What others said of an office is not kept under names.")


def _ratings(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.execute(
        select(CompetencyRating, Competency, NeedsRound.plan_year)
        .join(Competency, Competency.id == CompetencyRating.competency_id)
        .join(NeedsRound, NeedsRound.id == CompetencyRating.round_id)
        .where(CompetencyRating.person_id == person_id)
        .order_by(NeedsRound.plan_year.desc(), Competency.code, CompetencyRating.source)
    )
    return [
        Fact(
            competencies.name_of(named),
            _(
                "level {level}, {who}, for {year}",
                level=row.level,
                who=BY[row.source],
                year=years.label(year),
            ),
        )
        for row, named, year in rows
    ]


def _needs(ctx: Ctx, person_id: int) -> list[Fact]:
    mine = or_(Need.person_id == person_id, Need.told_by == person_id)
    rows = ctx.session.scalars(select(Need).where(mine).order_by(Need.id.desc()))
    return [
        Fact(
            row.words,
            _("told by you, {day}", day=row.told_at.date())
            if row.told_by == person_id
            else _("told about you, {day}", day=row.told_at.date()),
        )
        for row in rows
    ]


def _interviews(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.scalars(
        select(JobInterview)
        .where(JobInterview.person_id == person_id)
        .order_by(JobInterview.held_on.desc(), JobInterview.id.desc())
    )
    return [
        Fact(_("Interview of {day}", day=row.held_on), " / ".join(map(str, row.answers.values())))
        for row in rows
    ]


def _figures(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.execute(
        select(PerformanceFigure, Competency)
        .join(Competency, Competency.id == PerformanceFigure.competency_id)
        .where(PerformanceFigure.person_id == person_id)
        .order_by(PerformanceFigure.id.desc())
    )
    return [
        Fact(
            competencies.name_of(named),
            _("{kind}: {count}", kind=KIND_WORDS[row.kind], count=row.count),
        )
        for row, named in rows
    ]
