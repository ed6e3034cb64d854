"""Whom a message is for: how they can be reached and what they read, counted in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bot.campaigns.audiences import clauses, counting
from bot.campaigns.audiences.counting import Counted, Reached
from bot.campaigns.broadcasts import keeping
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.broadcasts import Broadcast
from bot.models.chats import Chat
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class Headcount:
    """The audience of a message within its maker's reach, by way and by language."""

    counted: Counted
    languages: Mapping[str, int] = field(default_factory=dict)


def of(ctx: Ctx, broadcast_id: int) -> Headcount | None:
    """For who keeps the message; None where its audience cannot be read."""
    return of_row(ctx, keeping.found(ctx, broadcast_id))


def of_row(ctx: Ctx, row: Broadcast) -> Headcount | None:
    """The same of a message that was looked up already."""
    maker = keeping.as_maker(ctx, row)
    try:
        who = clauses.audience(maker, clauses.read(row.rule))
    except Refusal:
        return None
    way, chosen = counting.reached(maker), func.nullif(Chat.language, "")
    reads = func.coalesce(chosen, func.nullif(Person.language, ""), ctx.settings.language)
    ways: Counter[Reached] = Counter()
    languages: Counter[str] = Counter()
    for name, language, number in ctx.session.execute(
        select(way, reads, func.count())
        .select_from(Person)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(who)
        .group_by(way, reads)
    ):
        ways[Reached(name)] += number
        languages[language] += number
    return Headcount(Counted(ways), dict(sorted(languages.items())))
