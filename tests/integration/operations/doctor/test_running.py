"""What goes wrong while Rollcall runs, or because it does not."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import delete, update

from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.inbound import SetAside
from bot.models.system import Heartbeat, Instance
from bot.models.work import WorkItem, WorkState
from bot.operations import doctor
from bot.scheduler import watched
from bot.scheduler.due import HEARTBEAT
from tests.integration.operations.doctor.clinic import WARNING, WRONG, Clinic


def item(clinic: Clinic, **more: object) -> OutboxItem:
    at = clinic.ago(minutes=20)
    return OutboxItem(
        **{"notice": "welcome", "urgency": Urgency.NOW, "due_at": at, "made_at": at, **more}
    )


def put(clinic: Clinic, *rows: object) -> None:
    with clinic.database.transaction() as session:
        session.add_all(rows)


@pytest.mark.parametrize(
    ("silent", "words"), [({"minutes": 3}, "3 minutes"), ({"hours": 5}, "5 hours")]
)
async def test_rollcall__that_stopped(
    clinic: Clinic, silent: dict[str, float], words: str
) -> None:
    with clinic.database.transaction() as session:
        session.get_one(Heartbeat, HEARTBEAT).at = clinic.ago(**silent)
    await clinic.says("running", WRONG, "systemctl start rollcall")
    assert words in (await clinic.finding("running")).sentence


async def test_rollcall__that_never_ran(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        session.execute(delete(Heartbeat))
    await clinic.says("running", WRONG, "never run")


async def test_poller__second_one_met(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        alarms.begins(clinic.ctx(session), Alarm.SECOND_POLLER)
    await clinic.says("second poller", WRONG, "Stop one of the two")
    with clinic.database.transaction() as session:
        alarms.ends(clinic.ctx(session), Alarm.SECOND_POLLER)
    await clinic.is_fine("second poller")


async def test_messages__that_do_not_go_out(clinic: Clinic) -> None:
    put(clinic, item(clinic), item(clinic, due_at=clinic.ago(hours=-1)))
    await clinic.says("messages on time", WRONG, "1 messages are late, the oldest by 20 minutes")
    with clinic.database.transaction() as session:
        session.execute(update(Instance).values(held=True))
    await clinic.is_fine("messages on time")


@pytest.mark.parametrize("reason", ["bug", "refused"])
async def test_messages__that_the_program_spoilt(clinic: Clinic, reason: str) -> None:
    spoilt = {"state": ItemState.FAILED, "reason": reason}
    put(clinic, item(clinic, settled_at=clinic.ago(hours=25), **spoilt))
    await clinic.is_fine("messages delivered")
    put(clinic, item(clinic, settled_at=clinic.ago(hours=23), **spoilt))
    await clinic.says("messages delivered", WARNING, "1 messages of the last day")


async def test_messages__of_which_nobody_knows_or_that_were_blocked(clinic: Clinic) -> None:
    ended = {"settled_at": clinic.ago(hours=1)}
    put(clinic, *(item(clinic, state=ItemState.UNKNOWN, **ended) for _ in range(20)))
    blocked = {"state": ItemState.FAILED, "reason": "blocked"}
    put(clinic, *(item(clinic, **blocked, **ended) for _ in range(50)))
    await clinic.is_fine("messages delivered")
    put(clinic, item(clinic, state=ItemState.UNKNOWN, **ended))
    await clinic.says("messages delivered", WARNING, "Of 21 messages")


async def test_work__not_begun_or_without_end(clinic: Clinic) -> None:
    put(clinic, WorkItem(kind="report", made_at=clinic.ago(minutes=30)))
    await clinic.says("reports and imports", WRONG, "the oldest for 30 minutes")
    with clinic.database.transaction() as session:
        session.execute(
            update(WorkItem).values(state=WorkState.RUNNING, began_at=clinic.ago(hours=3))
        )
    await clinic.says("reports and imports", WRONG, "over two hours")


async def test_updates__set_aside__are_listed_and_shown_only_if_asked(clinic: Clinic) -> None:
    payload = {"message": {"text": "the trainer was unfair"}}
    put(
        clinic,
        SetAside(bot_id=1, update_id=77, at=clinic.clock.now(), reason="bug a1", payload=payload),
    )
    await clinic.says("updates set aside", WARNING, "listed below")
    patient = clinic.patient()
    (line,) = doctor.set_aside(patient, whole=False)
    assert line.startswith("77  ")
    assert line.endswith("  bug a1")
    assert json.loads(list(doctor.set_aside(patient, whole=True))[1]) == payload
    patient.close()


async def test_backup__old_or_never_made(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        session.get_one(Heartbeat, watched.BACKUP_MADE).at = clinic.ago(days=3)
    await clinic.says("last backup", WARNING, "is 3 days old")
    with clinic.database.transaction() as session:
        session.execute(delete(Heartbeat).where(Heartbeat.name == watched.BACKUP_MADE))
    await clinic.says("last backup", WARNING, "has been made yet")
    await clinic.is_fine("last backup", backup_recipient="")


async def test_alarms__told_and_not_over(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        alarms.begins(clinic.ctx(session), Alarm.DISK_FULL, megabytes=12)
    await clinic.says("open alarms", WARNING, "disk full")


async def test_clock__moved_back__counts_nothing_below_zero(clinic: Clinic) -> None:
    put(clinic, item(clinic, due_at=clinic.clock.now() + dt.timedelta(seconds=1)))
    await clinic.is_fine("messages on time")
