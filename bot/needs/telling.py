"""Needs told at any time of the year: they wait, and are gathered into the next round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.needs import Channel, Need
from bot.models.people import Person, Role
from bot.needs import rounds, years
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.directory import PersonCard

LONGEST, MOST_PEOPLE, MOST_IMPORTANT = 500, 100_000, 5
MOST_WAITING = 30
"""So many needs of one teller can wait for a round."""


@dataclass(frozen=True, slots=True)
class ToldCard:
    """A need as its teller sees it: for whom (None for themself or their team), and in which
    round it is, if any.
    """

    id: int
    words: str
    told_at: dt.datetime
    whose: Texts | None
    people: int
    year: str


def tell(
    ctx: Ctx,
    words: str,
    importance: int | None = None,
    *,
    person_id: int | None = None,
    people: int | None = None,
) -> Need:
    """Say that something is needed: by oneself, by one of one's people, or by so many of a team.

    It belongs to the round that is open, else it waits for the next one. Refuses words that are
    none or too many, people of others, and more than so many that wait.
    """
    access.require(ctx, Action.TELL_NEEDS)
    row = _need(ctx, " ".join(words.split()), importance)
    if people is not None:
        _for_team(ctx, row, people)
    elif person_id is not None and person_id != ctx.actor.person_id:
        access.require(ctx, Action.RATE, person_id)
        row.person_id, row.channel = person_id, Channel.SUPERVISOR
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "need.told", "need", row.id)
    return row


def mine(ctx: Ctx) -> list[ToldCard]:
    """What the actor told outside of questionnaires, the newest first."""
    access.require(ctx, Action.TELL_NEEDS)
    rows = ctx.session.scalars(
        select(Need)
        .where(
            Need.told_by == ctx.actor.person_id,
            Need.assignment_id.is_(None),
            Need.meeting_id.is_(None),
        )
        .order_by(Need.id.desc())
    )
    return [_card(ctx, row) for row in rows]


def take_back(ctx: Ctx, need_id: int) -> None:
    """Forget a need that waits for a round; refuses what is somebody else's, or in a round."""
    access.require(ctx, Action.TELL_NEEDS)
    row = ctx.session.get(Need, need_id)
    if row is not None and row.told_by != ctx.actor.person_id:
        raise OutOfReach(Action.TELL_NEEDS, need_id, "need")
    if row is None:
        raise Refusal(_("This was taken back before."))
    if row.round_id is not None:
        raise Refusal(_("The survey has taken this up. It stays."))
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "need.taken_back", "need", need_id)


def leads(ctx: Ctx) -> bool:
    """Whether the actor leads people, for whom they can tell needs."""
    return Role.SUPERVISOR in access.roles(ctx)


def team(ctx: Ctx, query: str, most: int) -> list[PersonCard]:
    """The actor's people by a part of their name."""
    access.require(ctx, Action.RATE)
    return directory.find(ctx, query, Action.RATE, most)


def _need(ctx: Ctx, words: str, importance: int | None) -> Need:
    if not 1 <= len(words) <= LONGEST:
        raise Refusal(_("Give 1 to {most} letters.", most=LONGEST))
    if importance is not None and not 1 <= importance <= MOST_IMPORTANT:
        raise Refusal(_("Give a whole number from {low} to {high}.", low=1, high=MOST_IMPORTANT))
    current = rounds.open_round(ctx.session)
    if current is None and _waiting(ctx) >= MOST_WAITING:
        raise Refusal(
            _("{count} things you told wait for the next survey. More is too much.",
              count=MOST_WAITING)
        )  # fmt: skip
    return Need(
        round_id=current.id if current is not None else None,
        channel=Channel.OFFICER,
        told_by=ctx.actor.person_id,
        told_at=ctx.now(),
        person_id=ctx.actor.person_id,
        words=words,
        importance=importance,
    )


def _for_team(ctx: Ctx, row: Need, people: int) -> None:
    """The need is of so many people whom the actor leads, who are of the actor's office."""
    access.require(ctx, Action.RATE)
    if not 1 <= people <= MOST_PEOPLE:
        raise Refusal(_("Give a whole number from {low} to {high}.", low=1, high=MOST_PEOPLE))
    teller = ctx.session.get_one(Person, ctx.actor.person_id)
    row.channel, row.person_id = Channel.SUPERVISOR, None
    row.unit_id, row.people = teller.unit_id, people


def _waiting(ctx: Ctx) -> int:
    query = select(func.count()).select_from(Need)
    mine_waiting = query.where(Need.told_by == ctx.actor.person_id, Need.round_id.is_(None))
    return int(ctx.session.execute(mine_waiting).scalar_one())


def _card(ctx: Ctx, row: Need) -> ToldCard:
    assert row.id is not None
    others = row.person_id is not None and row.person_id != row.told_by
    whose = directory.name_of(ctx.session, row.person_id) if others and row.person_id else None
    year = ""
    if row.round_id is not None:
        year = years.label(rounds.row_of(ctx.session, row.round_id).plan_year)
    return ToldCard(row.id, row.words, row.told_at, whose, row.people, year)
