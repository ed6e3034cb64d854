"""Who delivers and ticks: one process at a time, by a row with a holder, an epoch and an expiry.

The expiry is in the database's own time, so that machines whose clocks differ agree on it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import bindparam, select, text
from sqlmodel import Session

from bot.clock import monotonic, rest
from bot.context import Ctx, Hop
from bot.db import insert_missing
from bot.errors import Retry
from bot.models.system import Lease as LeaseRow

log = logging.getLogger(__name__)

COURIER = "courier"
LEASE_SECONDS = 20.0
RENEW_SECONDS = 4.0
_HERE: set[str] = set()
"""Those of this very process that hold it, or would."""
_NOW = {
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0"),
    "postgresql": text("SELECT extract(epoch FROM clock_timestamp())::float8"),
}
_HELD = (
    select(LeaseRow.holder, LeaseRow.epoch, LeaseRow.expires_at)
    .where(LeaseRow.name == bindparam("of"))
    .with_for_update(read=True)
)
_NEW = {"holder": "", "epoch": 0, "expires_at": 0.0}


def database_now(session: Session) -> float:
    """Unix time by the clock of the database."""
    return float(session.execute(_NOW[session.get_bind().dialect.name]).scalar_one())


class Lease:
    """`holds` is True only while no other process can hold it.

    `on_taken` runs in the transaction that takes it over: nobody else is at work then.
    """

    def __init__(self, hop: Hop, name: str, on_taken: Callable[[Ctx], None]) -> None:
        self._hop = hop
        self._name = name
        self._on_taken = on_taken
        self._holder = f"{_machine()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._epoch = 0
        self._until = 0.0

    @property
    def holds(self) -> bool:
        return monotonic() < self._until

    async def run(self, stop: asyncio.Event) -> None:
        """Take it when it is free, and renew it, until `stop` is set."""
        while not stop.is_set():
            try:
                await self.take()
            except Retry as trouble:
                log.warning("lease %s: %s", self._name, trouble)
            await rest(stop, RENEW_SECONDS)

    async def take(self) -> bool:
        """Take or renew it; False while another process holds it. Raises Retry."""
        began = monotonic()
        held = self.holds
        _HERE.add(self._holder)
        if await self._hop(self._take):
            self._until = began + LEASE_SECONDS
            if not held:
                log.info("lease %s: held, epoch %s", self._name, self._epoch)
        else:
            self._until = 0.0
        return self.holds

    async def give_back(self) -> None:
        """Let the next process have it at once; what is held must have ended."""
        self._until = 0.0
        _HERE.discard(self._holder)
        with suppress(Retry):
            await self._hop(self._give_back)

    def confirm(self, session: Session) -> bool:
        """Whether it is still ours; until this transaction ends nobody else can take it."""
        row = session.execute(_HELD, {"of": self._name}).first()
        return (
            row is not None
            and (row.holder, row.epoch) == (self._holder, self._epoch)
            and row.expires_at > database_now(session)
        )

    def _take(self, ctx: Ctx) -> bool:
        row = self._row(ctx.session)
        now = database_now(ctx.session)
        ours = (row.holder, row.epoch) == (self._holder, self._epoch)
        if not ours:
            if row.expires_at > now and not _has_ended(row.holder):
                return False
            row.holder, row.epoch = self._holder, row.epoch + 1
            self._on_taken(ctx)
        row.expires_at = now + LEASE_SECONDS
        ctx.session.flush()
        self._epoch = row.epoch
        return True

    def _row(self, session: Session) -> LeaseRow:
        row = session.get(LeaseRow, self._name, with_for_update=True)
        if row is not None:
            return row
        insert_missing(session, LeaseRow, [{"name": self._name, **_NEW}])
        return session.get_one(LeaseRow, self._name, with_for_update=True)

    def _give_back(self, ctx: Ctx) -> None:
        row = self._row(ctx.session)
        if (row.holder, row.epoch) == (self._holder, self._epoch):
            row.expires_at = 0.0


def _machine() -> str:
    """Names the processes among which a process number means something; "" if unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _has_ended(holder: str) -> bool:
    """Whether the holder was a process of this machine that is there no more."""
    machine, _slash, rest = holder.rpartition("/")[0].rpartition("/")
    if not machine or machine != _machine() or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        return holder not in _HERE
    return not Path(f"/proc/{rest}").exists()
