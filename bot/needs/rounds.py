"""The yearly round in which needs are collected: planned, opened, moved, extended, closed.

There is one round a plan year. Whom it asks is `asking`'s, which works in the background.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot import audit, long_work, policy
from bot.calendar import DAY, instant
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.windows import LAST_MINUTE
from bot.i18n import _
from bot.models.needs import NeedsRound, RoundState
from bot.models.people import Person
from bot.needs import years
from bot.people import access
from bot.people.access_table import Action

KIND = "needs_round"
"""The long work that brings everybody's questionnaires in line with a round."""
WALL = dt.time(9)
MOST_DAYS = 120
WEEK = 7 * DAY
GONE = _("There is no such survey of needs any more.")


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One round; `label` names the plan year that it is for."""

    id: int
    plan_year: dt.date
    label: str
    opens_on: dt.date
    closes_on: dt.date
    state: RoundState


def suggested(ctx: Ctx) -> tuple[dt.date, dt.date]:
    """First and last day of the next round by the settings; never days that are over."""
    weeks, days = (policy.value(ctx.session, name) for name in ("needs_weeks", "needs_days"))
    opens = max(years.next_plan_year(ctx) - weeks * WEEK, ctx.today())
    return opens, opens + (days - 1) * DAY


def plan(ctx: Ctx, opens_on: dt.date, closes_on: dt.date) -> RoundCard:
    """Plan the round of the next plan year; it opens by itself on its first day.

    Refuses who does not run it, a second one, days that are over or before `go_live`, and more
    than so many days.
    """
    access.require(ctx, Action.RUN_NEEDS)
    first = years.next_plan_year(ctx)
    if of_plan_year(ctx.session, first) is not None:
        raise Refusal(_("There is a survey of needs for {year} already.", year=years.label(first)))
    _require_days(ctx, opens_on, closes_on)
    row = NeedsRound(
        plan_year=first, opens_on=opens_on, closes_on=closes_on, made_by=ctx.actor.person_id
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "needs.planned", "needs_round", row.id, opens_on=opens_on.isoformat())
    return _card(row)


def shift(ctx: Ctx, round_id: int, opens_on: dt.date, closes_on: dt.date) -> RoundCard:
    """Move a round that is planned, or the last day of one that is open.

    Refuses what `plan` refuses, another first day of one that has begun, and one that is closed.
    """
    row = _mine(ctx, round_id)
    if row.state is RoundState.CLOSED:
        raise Refusal(_("This survey of needs has closed. Its days stay as they were."))
    if row.state is RoundState.OPEN and opens_on != row.opens_on:
        raise Refusal(_("The survey has begun. Only its last day can be changed."))
    _require_days(ctx, opens_on, closes_on, begun=row.state is RoundState.OPEN)
    row.opens_on, row.closes_on = opens_on, closes_on
    ctx.session.flush()
    if row.state is RoundState.OPEN:
        _bring_in_line(ctx, row)
    audit.record(ctx, "needs.moved", "needs_round", row.id, closes_on=closes_on.isoformat())
    return _card(row)


def open_now(ctx: Ctx, round_id: int) -> RoundCard:
    """Open a planned round today; one that opens early is open for as many days as planned.

    Refuses one that has begun, whose last day is over, and any before `go_live`.
    """
    row = _mine(ctx, round_id)
    if row.state is not RoundState.PLANNED:
        raise Refusal(_("This survey of needs has been opened before."))
    today = ctx.today()
    row.closes_on -= max(row.opens_on - today, dt.timedelta(0))
    _require_days(ctx, today, row.closes_on)
    row.opens_on = today
    _open(ctx, row)
    return _card(row)


def to_ask(ctx: Ctx) -> int:
    """How many people would be asked if a round opened now: everybody who serves."""
    access.require(ctx, Action.RUN_NEEDS)
    serving = select(func.count()).select_from(Person).where(Person.active, ~Person.guest)
    return int(ctx.session.execute(serving).scalar_one())


def close_now(ctx: Ctx, round_id: int) -> RoundCard:
    """Close an open round before its last day; nobody can answer any more. Refuses others."""
    row = _mine(ctx, round_id)
    if row.state is not RoundState.OPEN:
        raise Refusal(_("This survey of needs is not open."))
    _close(ctx, row)
    return _card(row)


def take_out(ctx: Ctx, round_id: int) -> None:
    """Forget a round that is planned only; refuses one that has begun."""
    row = _mine(ctx, round_id)
    if row.state is not RoundState.PLANNED:
        raise Refusal(_("This survey of needs has been opened. It stays."))
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "needs.taken_out", "needs_round", round_id)


def turn_due(ctx: Ctx) -> None:
    """Open the rounds whose first day has come, close those whose last one is over everywhere."""
    for row in ctx.session.scalars(
        select(NeedsRound).where(NeedsRound.state != RoundState.CLOSED).with_for_update()
    ).all():
        opens, closes = moments(ctx, row)
        if row.state is RoundState.OPEN and closes <= ctx.now():
            _close(ctx, row)
        elif _is_due(ctx, row, opens, closes):
            _open(ctx, row)


def next_turn(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a round opens or closes."""
    rows = ctx.session.scalars(select(NeedsRound).where(NeedsRound.state != RoundState.CLOSED))
    found = [moment for row in rows for moment in moments(ctx, row) if moment > after]
    return min(found, default=None)


def moments(ctx: Ctx, row: NeedsRound) -> tuple[dt.datetime, dt.datetime]:
    """When a round opens, by the administration's own time, and when it is over everywhere."""
    zones = {zone or ctx.settings.timezone for zone in zones_of(ctx.session)}
    zones.add(ctx.settings.timezone)
    closes = max(instant(row.closes_on, LAST_MINUTE, zone) for zone in zones)
    return instant(row.opens_on, WALL, ctx.settings.timezone), closes


def zones_of(session: Session) -> list[str]:
    """Every time zone that somebody lives in; blank is the administration's."""
    return list(session.scalars(select(Person.timezone).distinct()))


def cards(ctx: Ctx) -> list[RoundCard]:
    """Every round, the newest first; for all who may read what is needed."""
    access.require(ctx, Action.READ_NEEDS)
    rows = ctx.session.scalars(select(NeedsRound).order_by(NeedsRound.plan_year.desc()))
    return [_card(row) for row in rows]


def card(ctx: Ctx, round_id: int) -> RoundCard:
    """One round; refuses who may not read what is needed, and one that is not there."""
    access.require(ctx, Action.READ_NEEDS)
    return _card(row_of(ctx.session, round_id))


def row_of(session: Session, round_id: int) -> NeedsRound:
    """The row of a round; refuses one that is not there."""
    row = session.get(NeedsRound, round_id)
    if row is None:
        raise Refusal(GONE)
    return row


def of_plan_year(session: Session, first: dt.date) -> NeedsRound | None:
    """The round of the plan year that begins on `first`, if there is one."""
    return session.scalars(select(NeedsRound).where(NeedsRound.plan_year == first)).first()


def open_round(session: Session) -> NeedsRound | None:
    """The round that is open now; of several the one for the latest plan year."""
    return _latest(session, RoundState.OPEN)


def latest(session: Session) -> NeedsRound | None:
    """The round that figures and meetings belong to: the open one, else the newest of all."""
    return open_round(session) or _latest(session, *RoundState)


def latest_begun(session: Session) -> NeedsRound | None:
    """The round in which people were asked last: the open one, else the newest that has closed."""
    return open_round(session) or _latest(session, RoundState.CLOSED)


def require_latest(session: Session) -> NeedsRound:
    """The same; refuses where no round was planned yet."""
    row = latest(session)
    if row is None:
        raise Refusal(_("No survey of needs has been planned yet. Plan one first."))
    return row


def subject(round_id: int | None) -> str:
    """What an assignment of a round keeps as its subject."""
    return f"needs:{round_id}"


def _latest(session: Session, *states: RoundState) -> NeedsRound | None:
    return session.scalars(
        select(NeedsRound)
        .where(NeedsRound.state.in_(states))
        .order_by(NeedsRound.plan_year.desc())
        .limit(1)
    ).first()


def _mine(ctx: Ctx, round_id: int) -> NeedsRound:
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.get(NeedsRound, round_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def _open(ctx: Ctx, row: NeedsRound) -> None:
    row.state, row.opened_at = RoundState.OPEN, ctx.now()
    ctx.session.flush()
    _bring_in_line(ctx, row)
    audit.record(ctx, "needs.opened", "needs_round", row.id)


def _close(ctx: Ctx, row: NeedsRound) -> None:
    row.state, row.closed_at = RoundState.CLOSED, ctx.now()
    ctx.session.flush()
    _bring_in_line(ctx, row)
    audit.record(ctx, "needs.closed", "needs_round", row.id)


def _bring_in_line(ctx: Ctx, row: NeedsRound) -> None:
    long_work.queue_for_all(ctx, KIND, {"round": row.id})


def _is_due(ctx: Ctx, row: NeedsRound, opens: dt.datetime, closes: dt.datetime) -> bool:
    is_now = row.state is RoundState.PLANNED and opens <= ctx.now() < closes
    return is_now and row.opens_on >= policy.go_live(ctx.session)


def _require_days(ctx: Ctx, opens_on: dt.date, closes_on: dt.date, *, begun: bool = False) -> None:
    if closes_on < opens_on:
        raise Refusal(_("The last day cannot lie before the first day."))
    if closes_on < ctx.today() or (opens_on < ctx.today() and not begun):
        raise Refusal(_("A survey cannot lie in the past."))
    if (closes_on - opens_on).days >= MOST_DAYS:
        raise Refusal(_("A survey is open for at most {count} days.", count=MOST_DAYS))
    live = policy.go_live(ctx.session)
    if opens_on < live:
        raise Refusal(
            _(
                "Nothing is asked before {day}. Choose a later day, or change the setting.",
                day=live,
            )
        )


def _card(row: NeedsRound) -> RoundCard:
    assert row.id is not None
    return RoundCard(
        row.id,
        row.plan_year,
        years.label(row.plan_year),
        row.opens_on,
        row.closes_on,
        row.state,
    )
