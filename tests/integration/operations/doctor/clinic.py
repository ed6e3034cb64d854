"""A well installation, to be made ill: real server, real database, and the doctor's word on it."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.chats import Chat
from bot.models.system import Heartbeat, Instance
from bot.operations import copies
from bot.operations.checks import registry
from bot.operations.checks.registry import Finding, Verdict
from bot.operations.patient import Patient
from bot.sandbox.server import SandboxServer
from bot.scheduler import watched
from bot.scheduler.due import HEARTBEAT
from tests.conftest import TOKEN

registry.load_all()
OK, WARNING, WRONG, UNKNOWN = Verdict.OK, Verdict.WARNING, Verdict.WRONG, Verdict.UNKNOWN


class Clinic:
    """`settings` are of an installation without a fault; `database` is what it runs on."""

    def __init__(
        self, path: Path, ids: dict[str, int], clock: FixedClock, server: SandboxServer, key: str
    ) -> None:
        self.path, self.ids, self.clock, self.server = path, ids, clock, server
        operator = server.phone("director")
        operator.text("/start")
        self.settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            api_url=server.url,
            database_url=f"sqlite:///{path}",
            listen="127.0.0.1:0",
            alert_chat=operator.id,
            backup_recipient=key,
        )
        self.database = Database(self.settings.database_url)
        with self.database.transaction() as session:
            copies.settle(self.database, session, session.get_one(Instance, 1))
            make_well(session, clock.now(), ids)

    def close(self) -> None:
        self.database.close()

    def patient(self, **changed: Any) -> Patient:
        """The installation with some settings changed."""
        return Patient(self.settings.model_copy(update=changed), self.clock, seconds=60)

    async def finding(self, name: str, **changed: Any) -> Finding:
        """What one check finds; off the loop, on which the server has to answer it."""
        patient = self.patient(**changed)
        try:
            return await asyncio.to_thread(registry.run, name, patient)
        finally:
            patient.close()

    async def says(self, name: str, verdict: Verdict, words: str, **changed: Any) -> None:
        """The check judges so, in a sentence that holds `words`."""
        found = await self.finding(name, **changed)
        assert found.verdict is verdict, found
        assert words in found.sentence

    async def is_fine(self, name: str, **changed: Any) -> None:
        found = await self.finding(name, **changed)
        assert found == Finding(OK), found

    def ctx(self, session: Session) -> Ctx:
        return Ctx(session, self.clock, SYSTEM, self.settings)

    def ago(self, **delta: float) -> dt.datetime:
        """So long before now."""
        return self.clock.now() - dt.timedelta(**delta)


def make_well(session: Session, now: dt.datetime, ids: dict[str, int]) -> None:
    """It runs, was backed up last night, and somebody of the unit has joined."""
    session.add(Heartbeat(name=HEARTBEAT, at=now))
    session.add(Heartbeat(name=watched.BACKUP_MADE, at=now - dt.timedelta(hours=9)))
    session.add(Chat(user_id=7, person_id=ids["unit"]))
