"""What stands before several serve processes in a real installation: it passes requests on."""

from __future__ import annotations

import asyncio
import random
import socket
from contextlib import suppress

HOST = "127.0.0.1"
PIECE = 65536
HEAD_END, ONE_ONLY = b"\r\n\r\n", b"\r\nConnection: close"


class Balancer:
    """Each request goes to one of `ports` that takes it, drawn by lot; else it is cut off."""

    def __init__(self, ports: list[int], seed: int) -> None:
        self._ports = ports
        self._dice = random.Random(seed)
        self._passing: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Balancer:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)
        try:
            head = await reader.readuntil(HEAD_END)
            behind = await self._connected()
            if behind is not None:
                there, back = behind
                back.write(head.removesuffix(HEAD_END) + ONE_ONLY + HEAD_END)
                await _passed_both_ways((reader, back), (there, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # whoever asked asks again
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in self._dice.sample(self._ports, len(self._ports)):
            with suppress(OSError):
                return await asyncio.open_connection(HOST, port)
        return None


async def _passed_both_ways(*ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """Until one side has no more to say."""
    passing = {asyncio.ensure_future(_pass_on(*way)) for way in ways}
    try:
        await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in passing:
            each.cancel()
        for _reader, writer in ways:
            writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens at."""
    held = []
    for _port in range(count):
        held.append(socket.socket())
        held[-1].bind((HOST, 0))
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports
