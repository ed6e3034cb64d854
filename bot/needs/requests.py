"""What a partner or a donor is asked for: the topics of a round that name them, with figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.needs import Need
from bot.needs import analysis, decisions, priority
from bot.needs.analysis import RoundCard
from bot.needs.decisions import WITH_A_NAME, Decision
from bot.needs.priority import Ranked
from bot.people import access
from bot.people.access_table import Action


@dataclass(frozen=True, slots=True)
class Asked:
    """One topic of a request: its place among all topics, its figures, and why it is asked."""

    ranked: Ranked
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one partner or donor; `told` is how many said what they need, `local` the
    administration's language.
    """

    round: RoundCard
    partner: str
    day: dt.date
    topics: tuple[Asked, ...]
    told: int
    local: str


def partners(ctx: Ctx, round_id: int) -> list[str]:
    """Those who are asked in a round, by name."""
    return list(dict.fromkeys(name for name, _way, _n in decisions.partners(ctx, round_id)))


def read(ctx: Ctx, round_id: int, place: int, *, live: bool = False) -> Request:
    """The request to the partner at a place of `partners`, from 0; `live` is that of `ranking`.

    Refuses who does not run the survey, and a place where nobody stands any more.
    """
    access.require(ctx, Action.RUN_NEEDS)
    names = partners(ctx, round_id)
    if place >= len(names):
        raise Refusal(_("Nothing is asked of anybody there any more. Open the list again."))
    decided = decisions.of_round(ctx, round_id)
    topics = tuple(
        Asked(one, decided[one.topic.id].reason)
        for one in priority.ranking(ctx, round_id, live=live)
        if _is_asked(decided.get(one.topic.id), names[place])
    )
    if not topics:
        raise Refusal(_("Nobody wishes these topics any more, and no gap was measured."))
    card = analysis.round_card(ctx, round_id)
    told, local = _told(ctx, round_id), ctx.settings.language
    return Request(card, names[place], ctx.today(), topics, told, local)


def _is_asked(decided: Decision | None, partner: str) -> bool:
    return decided is not None and decided.way in WITH_A_NAME and decided.partner == partner


def _told(ctx: Ctx, round_id: int) -> int:
    query = select(func.count(distinct(Need.told_by))).where(Need.round_id == round_id)
    return int(ctx.session.execute(query).scalar_one())
