"""Checks of what Rollcall is doing: alive, on time, undisturbed; all by what the database says."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from bot.delivery.alarms import Alarm, open_alarms
from bot.models.delivery import ItemState, OutboxItem
from bot.models.inbound import SetAside
from bot.models.system import Instance
from bot.models.work import WorkItem, WorkState
from bot.operations import readings
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.patient import Patient
from bot.scheduler import watched
from bot.scheduler.due import HEARTBEAT

MOST_SILENT = 120
DAY = dt.timedelta(days=1)
LONGEST_WORK = dt.timedelta(hours=2)
MOST_UNKNOWN = 20
FAULTS = ("bug", "refused")


@check("running")
def running(patient: Patient) -> Finding:
    with patient.reading() as session:
        age = readings.heartbeats(session, patient.now()).get(HEARTBEAT)
    if age is None:
        return wrong("Rollcall has never run with this database: systemctl start rollcall")
    if age < MOST_SILENT:
        return FINE
    return wrong(
        f"Rollcall last showed life {_long(age)} ago. Start it (systemctl start rollcall); if it "
        "runs, look at its log and restart it."
    )


@check("second poller")
def second_poller(patient: Patient) -> Finding:
    """By what the running process met: a poll of our own would end its poll."""
    with patient.reading() as session:
        met = {one.alarm: one.since for one in open_alarms(session)}
    since = met.get(Alarm.SECOND_POLLER)
    if since is None:
        return FINE
    return wrong(
        f"Since {since.astimezone(patient.settings.zone):%Y-%m-%d %H:%M} a second program fetches "
        "this bot's messages. Stop one of the two; if you know of no other, make a new token."
    )


@check("messages on time")
def messages_on_time(patient: Patient) -> Finding:
    with patient.reading() as session:
        instance = session.get(Instance, 1)
        due = watched.due(session, patient.now())
    if due.lag <= watched.LATE_SECONDS or (instance is not None and instance.held):
        return FINE
    return wrong(
        f"{due.waiting} messages are late, the oldest by {_long(due.lag)}. See whether Rollcall "
        "runs and reaches the Bot API; its log says what it meets."
    )


@check("messages delivered")
def messages_delivered(patient: Patient) -> Finding:
    """Of the last day, without those whose reader blocked the bot."""
    recent = select(func.count()).select_from(OutboxItem).where(
        OutboxItem.settled_at > patient.now() - DAY
    )  # fmt: skip
    failed = recent.where(OutboxItem.state == ItemState.FAILED, OutboxItem.reason.in_(FAULTS))
    lost = recent.where(OutboxItem.state == ItemState.UNKNOWN)
    with patient.reading() as session:
        faults = session.execute(failed).scalar_one()
        unknown = session.execute(lost).scalar_one()
    if faults:
        return warning(
            f"{faults} messages of the last day could not be sent by a fault of the program. Send "
            "the log of that day to whoever works on Rollcall."
        )
    if unknown > MOST_UNKNOWN:
        return warning(
            f"Of {unknown} messages of the last day nobody knows whether they arrived. Check the "
            "line to the Bot API."
        )
    return FINE


@check("reports and imports")
def reports_and_imports(patient: Patient) -> Finding:
    began = select(func.min(WorkItem.began_at)).where(WorkItem.state == WorkState.RUNNING)
    with patient.reading() as session:
        waiting = watched.work(session, patient.now())
        oldest = session.execute(began).scalar()
    if oldest is not None and patient.now() - oldest > LONGEST_WORK:
        return wrong("A report or import has run for over two hours. Restart Rollcall.")
    if waiting.lag <= watched.LATE_SECONDS:
        return FINE
    return wrong(
        f"{waiting.waiting} reports or imports wait, the oldest for {_long(waiting.lag)}. Restart "
        "Rollcall."
    )


@check("updates set aside")
def updates_set_aside(patient: Patient) -> Finding:
    with patient.reading() as session:
        count = session.execute(select(func.count()).select_from(SetAside)).scalar_one()
    if not count:
        return FINE
    return warning(
        f"{count} presses or messages could not be dealt with; they are listed below. Send the "
        "list and the log of those minutes to whoever works on Rollcall."
    )


@check("last backup")
def last_backup(patient: Patient) -> Finding:
    if not patient.settings.backup_recipient:
        return FINE
    with patient.reading() as session:
        age = readings.heartbeats(session, patient.now()).get(watched.BACKUP_MADE)
    if age is not None and age <= watched.BACKUP_OLD.total_seconds():
        return FINE
    how = "No nightly backup has been made yet." if age is None else (
        f"The last nightly backup is {_long(age)} old."
    )  # fmt: skip
    return warning(f"{how} Look at the log of last night, and make one: rollcall backup FILE")


@check("open alarms")
def other_alarms(patient: Patient) -> Finding:
    """Told to the operator and not over, whether or not anybody read it."""
    with patient.reading() as session:
        names = [one.alarm.replace("_", " ") for one in open_alarms(session)]
    if not names:
        return FINE
    return warning(f"Told to the alert chat and not over yet: {', '.join(names)}.")


def _long(seconds: float) -> str:
    """A duration in the words of a clerk."""
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"
