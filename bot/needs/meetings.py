"""Meetings with the heads of a cluster about needs, as the unit records them (C ch.2 case 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.needs import Channel, ClusterMeeting, Need, RoundState
from bot.models.people import Unit
from bot.needs import rounds, wishes, years
from bot.people import access, directory
from bot.people.access_table import Action

GONE = _("This meeting is not there any more.")


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list, and how many topics came of it."""

    id: int
    unit: str
    held_on: dt.date
    topics: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a meeting found is needed: by which office, of how many, how important, 1 to 5."""

    words: str
    unit: str
    people: int
    importance: int | None


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """One meeting with its topics; `year` is the plan year it belongs to."""

    line: MeetingLine
    agreed_by: str
    remark: str
    year: str
    topics: tuple[Topic, ...]


def note(ctx: Ctx, typed: Mapping[str, Any]) -> MeetingLine:
    """Record a meeting from a form's answers, with one need a topic; it belongs to the survey
    that is open, else to the newest.

    Refuses a cluster or office that is not there, a day to come, and where there is no survey.
    """
    access.require(ctx, Action.RUN_NEEDS)
    row = rounds.require_latest(ctx.session)
    held_on = dt.date.fromisoformat(str(typed["held_on"]))
    if held_on > ctx.today():
        raise Refusal(_("This day has not come yet. Give the day of the meeting."))
    assert row.id is not None
    meeting = ClusterMeeting(
        round_id=row.id,
        unit_id=_unit(ctx, str(typed["unit"])),
        held_on=held_on,
        agreed_by=" ".join(str(typed["agreed_by"]).split()),
        remark=str(typed.get("remark") or "").strip(),
        noted_by=ctx.actor.person_id,
        noted_at=ctx.now(),
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    ctx.session.add_all(_needs(ctx, meeting, typed))
    ctx.session.flush()
    audit.record(ctx, "needs.meeting", "cluster_meeting", meeting.id)
    assert meeting.id is not None
    return card(ctx, meeting.id).line


def lines(ctx: Ctx) -> list[MeetingLine]:
    """Every meeting, the newest first."""
    access.require(ctx, Action.RUN_NEEDS)
    topics = dict(
        ctx.session.execute(
            select(Need.meeting_id, func.count())
            .where(Need.meeting_id.is_not(None))
            .group_by(Need.meeting_id)
        ).all()
    )
    rows = ctx.session.execute(
        select(ClusterMeeting, Unit.path)
        .join(Unit, Unit.id == ClusterMeeting.unit_id)
        .order_by(ClusterMeeting.held_on.desc(), ClusterMeeting.id.desc())
    )
    return [_line(row, path, topics.get(row.id, 0)) for row, path in rows]


def card(ctx: Ctx, meeting_id: int) -> MeetingCard:
    """One meeting; refuses one that is not there."""
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.get(ClusterMeeting, meeting_id)
    if row is None:
        raise Refusal(GONE)
    found = ctx.session.execute(
        select(Need, Unit.path)
        .join(Unit, Unit.id == Need.unit_id)
        .where(Need.meeting_id == meeting_id)
        .order_by(Need.id)
    )
    topics = tuple(Topic(one.words, path, one.people, one.importance) for one, path in found)
    path = ctx.session.get_one(Unit, row.unit_id).path
    year = years.label(rounds.row_of(ctx.session, row.round_id).plan_year)
    return MeetingCard(_line(row, path, len(topics)), row.agreed_by, row.remark, year, topics)


def take_out(ctx: Ctx, meeting_id: int) -> None:
    """Forget a meeting with its topics; refuses one of a survey that has closed."""
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.get(ClusterMeeting, meeting_id)
    if row is None:
        raise Refusal(GONE)
    if rounds.row_of(ctx.session, row.round_id).state is RoundState.CLOSED:
        raise Refusal(_("The survey has closed. The meeting stays on record."))
    ctx.session.execute(delete(Need).where(Need.meeting_id == meeting_id))
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "needs.meeting_out", "cluster_meeting", meeting_id)


def _needs(ctx: Ctx, meeting: ClusterMeeting, typed: Mapping[str, Any]) -> list[Need]:
    return [
        Need(
            round_id=meeting.round_id,
            channel=Channel.MEETING,
            told_by=ctx.actor.person_id,
            told_at=ctx.now(),
            unit_id=_unit(ctx, wish.unit) if wish.unit else meeting.unit_id,
            people=wish.people,
            words=wish.words,
            importance=wish.importance,
            meeting_id=meeting.id,
        )
        for wish in wishes.of_meeting(typed)
    ]


def _unit(ctx: Ctx, code: str) -> int:
    found = directory.find_office(ctx.session, code)
    if found is None:
        raise Refusal(_("There is no office “{name}”. Choose one from the list.", name=code))
    return found


def _line(row: ClusterMeeting, path: str, topics: int) -> MeetingLine:
    assert row.id is not None
    return MeetingLine(row.id, path, row.held_on, topics)
