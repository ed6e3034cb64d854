"""What the operator is told, in the chat that `ROLLCALL_ALERT_CHAT` names: a closed list.

Some alarms are events, told once an occasion; others are states, told when they begin and when
they are over, and open meanwhile. Their words live in `delivery.notices.operator_alert`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import CursorResult, delete, select
from sqlmodel import Session

from bot.context import Ctx
from bot.db import insert_missing
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.system import OpenAlarm


class Alarm(StrEnum):
    """Everything the operator may be told."""

    UPDATE_SET_ASIDE = "update_set_aside"
    PART_FAILED = "part_failed"
    MESSAGE_REFUSED = "message_refused"
    LONG_PAUSE = "long_pause"
    DATABASE_DOWN = "database_down"
    BACKUP_FAILED = "backup_failed"
    SECOND_POLLER = "second_poller"
    WEBHOOK_SET = "webhook_set"
    DISK_FULL = "disk_full"
    BACKUP_OLD = "backup_old"
    OUTBOX_LATE = "outbox_late"
    WORK_LATE = "work_late"


OPERATOR_ALERT = outbox.declare(
    NoticeKind("operator_alert", Urgency.NOW, merge="operator", repeats=True)
)
LONG_PAUSE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Open:
    """A state that was told and is not over yet."""

    alarm: str
    since: dt.datetime


def raise_alarm(ctx: Ctx, alarm: Alarm, occasion: str, **params: str | int) -> None:
    """Tell of an event, once for each `occasion`; `params` is what its words need."""
    _tell(ctx, {"alarm": alarm, **params}, f"alarm:{alarm}:{occasion}")


def begins(ctx: Ctx, alarm: Alarm, **params: str | int) -> None:
    """Tell that a state has begun; nothing while it is open already."""
    if insert_missing(ctx.session, OpenAlarm, [{"name": alarm, "since": ctx.now()}]):
        _tell(ctx, {"alarm": alarm, **params}, None)


def ends(ctx: Ctx, alarm: Alarm) -> None:
    """Tell that a state is over; nothing if it was not open."""
    result = ctx.session.execute(delete(OpenAlarm).where(OpenAlarm.name == alarm))
    assert isinstance(result, CursorResult)
    if result.rowcount:
        _tell(ctx, {"alarm": alarm, "over": True}, None)


def open_alarms(session: Session) -> list[Open]:
    """The states that are open, the oldest first."""
    rows = session.execute(select(OpenAlarm.name, OpenAlarm.since).order_by(OpenAlarm.since))
    return [Open(name, since) for name, since in rows]


def update_set_aside(ctx: Ctx, reason: str) -> None:
    """An update could not be dealt with; told once an hour for each kind of reason, which its
    first word names.
    """
    occasion = f"{reason.partition(' ')[0]}:{ctx.now():%Y-%m-%dT%H}"
    raise_alarm(ctx, Alarm.UPDATE_SET_ASIDE, occasion, reason=reason)


def part_failed(ctx: Ctx, part: str) -> None:
    """A part of Rollcall, named in code, hit a bug; told once a day."""
    raise_alarm(ctx, Alarm.PART_FAILED, f"{part}:{ctx.now():%Y-%m-%d}", part=part)


def message_refused(ctx: Ctx, message_id: int, notice: str) -> None:
    """The server would not take a message; told once a day for each notice."""
    occasion = f"{notice}:{ctx.now():%Y-%m-%d}"
    raise_alarm(ctx, Alarm.MESSAGE_REFUSED, occasion, number=message_id)


def paused(ctx: Ctx, seconds: float) -> None:
    """The server wants nothing for so long; told, once an hour, only of more than five minutes.

    It is queued at once and arrives when the pause is over.
    """
    if seconds > LONG_PAUSE_SECONDS:
        minutes = round(seconds / 60)
        raise_alarm(ctx, Alarm.LONG_PAUSE, f"{ctx.now():%Y-%m-%dT%H}", minutes=minutes)


def database_was_down(ctx: Ctx, seconds: float) -> None:
    """The database could not be written for so long, and can be again."""
    occasion = f"{ctx.now():%Y-%m-%dT%H:%M}"
    raise_alarm(ctx, Alarm.DATABASE_DOWN, occasion, minutes=max(1, round(seconds / 60)))


def backup_failed(ctx: Ctx, reason: str) -> None:
    """The nightly backup was not made; told once a day. `reason` is a sentence in English."""
    raise_alarm(ctx, Alarm.BACKUP_FAILED, f"{ctx.now():%Y-%m-%d}", reason=reason)


def _tell(ctx: Ctx, params: Mapping[str, str | int], key: str | None) -> None:
    chat = ctx.settings.alert_chat
    if chat is not None:
        outbox.tell_account(ctx, OPERATOR_ALERT, chat, params, key=key)
