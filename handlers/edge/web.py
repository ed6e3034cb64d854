"""The listener at `ROLLCALL_LISTEN`: the webhook where there is one, health, and figures."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.context import Hop
from bot.operations import health, metrics
from bot.operations.listening import OFF, place
from bot.vitals import Vitals

RouteDef = web.RouteDef
GOODBYE_SECONDS = 20.0


def looked_at(hop: Hop, vitals: Vitals) -> list[web.RouteDef]:
    """GET /healthz, 200 or 503, and GET /metrics."""

    async def healthz(_request: web.Request) -> web.Response:
        status, text = await health.page(hop, vitals)
        return web.Response(status=status, text=text, content_type="application/json")

    async def figures(_request: web.Request) -> web.Response:
        body = await metrics.page(hop, vitals)
        return web.Response(body=body, headers={"Content-Type": metrics.CONTENT_TYPE})

    return [web.get("/healthz", healthz), web.get("/metrics", figures)]


class Listener:
    """Serves `routes` at `listen` (host:port); nothing at all if that is `off`."""

    def __init__(self, listen: str, routes: Sequence[web.RouteDef], most_bytes: int) -> None:
        self._listen = listen
        self._application = web.Application(client_max_size=most_bytes)
        self._application.add_routes(routes)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Raises OSError where the address cannot be had."""
        if self._listen == OFF:
            return
        host, port = place(self._listen)
        self._runner = web.AppRunner(
            self._application, access_log=None, shutdown_timeout=GOODBYE_SECONDS
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    @property
    def port(self) -> int:
        """The port that was had, where 0 was asked for."""
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """What is being answered is answered first."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
