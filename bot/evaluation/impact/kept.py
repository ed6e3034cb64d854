"""What level 4 keeps about a person, for /mydata: draws they took part in, their own figures."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.context import Ctx
from bot.i18n import Moment, Texts, Words, _, _n
from bot.models.impact import Indicator, IndicatorValue, Lottery, LotteryEntry
from bot.models.training import TrainingClass
from bot.people.mydata import Fact, section


@section("impact", _("Draws of lots, and figures of your work"), 58)
def about_impact(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Each draw with the lot, each indicator with its newest figure."""
    facts = (*_draws(ctx, person_id), *_figures(ctx, person_id))
    return facts, _("Figures of your work are only shown together with those of others.")


def _draws(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.execute(
        select(TrainingClass.code, Lottery.drawn_at, LotteryEntry.place, LotteryEntry.won)
        .join(Lottery, Lottery.id == LotteryEntry.lottery_id)
        .join(TrainingClass, TrainingClass.id == Lottery.class_id)
        .where(LotteryEntry.person_id == person_id)
        .order_by(Lottery.drawn_at)
    )
    return [
        Fact(
            _("Class {code}, {moment}", code=code, moment=Moment(at, ctx.actor.zone)),
            _("lot {lot}, a place won", lot=place) if won else _("lot {lot}", lot=place),
        )
        for code, at, place, won in rows
    ]


def _figures(ctx: Ctx, person_id: int) -> list[Fact]:
    newest = (
        select(IndicatorValue.indicator_id, func.max(IndicatorValue.month).label("month"))
        .where(IndicatorValue.person_id == person_id)
        .group_by(IndicatorValue.indicator_id)
        .subquery()
    )
    rows = ctx.session.execute(
        select(Indicator, IndicatorValue.month, IndicatorValue.figure)
        .join(IndicatorValue, IndicatorValue.indicator_id == Indicator.id)
        .join(
            newest,
            (newest.c.indicator_id == IndicatorValue.indicator_id)
            & (newest.c.month == IndicatorValue.month),
        )
        .where(IndicatorValue.person_id == person_id)
        .order_by(Indicator.code)
    ).all()
    counts = dict(
        ctx.session.execute(
            select(IndicatorValue.indicator_id, func.count())
            .where(IndicatorValue.person_id == person_id)
            .group_by(IndicatorValue.indicator_id)
        ).all()
    )
    return [
        Fact(
            Texts.of({"en": row.title, **row.titles}),
            _n(
                "{figure} in {month}; {count} month is kept",
                "{figure} in {month}; {count} months are kept",
                counts[row.id],
                figure=figure,
                month=f"{month:%Y-%m}",
            ),
        )
        for row, month, figure in rows
    ]
