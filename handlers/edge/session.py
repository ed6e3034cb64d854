"""aiogram's HTTP session, calling the Bot API with plain JSON and no models of the results."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from yarl import URL

from bot.delivery.failures import Failure, SendResult, classify
from bot.vitals import Vitals

SECONDS = 20.0
CALL_TIMEOUT = aiohttp.ClientTimeout(total=SECONDS)
JSON_HEADERS = {"Content-Type": "application/json"}


class CallFailed(Exception):
    """A call that had no result; `result` says what became of it. Its words may be logged."""

    is_discreet = True

    def __init__(self, result: SendResult) -> None:
        super().__init__(f"{result.failure}: {result.description}")
        self.result = result


class LeanSession(AiohttpSession):
    """One bot's calls to one Bot API server."""

    def __init__(self, token: str, api_url: str, vitals: Vitals | None = None) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api_url))
        self._token = token
        self._vitals = vitals or Vitals()
        self._urls: dict[str, URL] = {}

    async def call(self, method: str, payload: dict[str, Any], seconds: float = SECONDS) -> Any:
        """The result as plain JSON; raises CallFailed with what is known of the effect."""
        try:
            result = await self._called(method, payload, seconds)
        except CallFailed as failed:
            self._vitals.called(method, str(failed.result.failure))
            raise
        self._vitals.called(method)
        return result

    async def _called(self, method: str, payload: dict[str, Any], seconds: float) -> Any:
        session = await self.create_session()
        timeout = CALL_TIMEOUT if seconds == SECONDS else aiohttp.ClientTimeout(total=seconds)
        body = _compact(payload)
        try:
            async with session.post(
                self._url(method), data=body, headers=JSON_HEADERS, timeout=timeout
            ) as response:
                answer = json.loads(await response.read())
        except aiohttp.ClientConnectorError as error:
            raise CallFailed(_network(Failure.UNREACHABLE, error)) from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise CallFailed(_network(Failure.UNKNOWN, error)) from error
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise CallFailed(SendResult(failure=Failure.UNKNOWN, description="no Bot API answer"))
        if not answer.get("ok"):
            raise CallFailed(_refused(answer))
        return answer["result"]

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = URL(self.api.api_url(token=self._token, method=method))
            self._urls[method] = url
        return url

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """A file somebody sent; raises CallFailed, also for one of more than `most_bytes`."""
        found = await self.call("getFile", {"file_id": file_id})
        url = self.api.file_url(token=self._token, path=found["file_path"])
        content = bytearray()
        try:
            async for chunk in self.stream_content(url, timeout=int(SECONDS)):
                content += chunk
                if len(content) > most_bytes:
                    raise CallFailed(_network(Failure.REFUSED, OverflowError()))
        except (aiohttp.ClientError, TimeoutError) as error:
            # The error's own words hold the address, and with it the token.
            raise CallFailed(_network(Failure.UNREACHABLE, error)) from None
        return bytes(content)


def _compact(payload: dict[str, Any]) -> bytes:
    """The shortest JSON: a Khmer letter takes three bytes and not six."""
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
    return text.encode(errors="replace")


def _network(failure: Failure, error: BaseException) -> SendResult:
    return SendResult(failure=failure, description=type(error).__name__)


def _refused(answer: dict[str, Any]) -> SendResult:
    code, description = int(answer.get("error_code", 0)), str(answer.get("description", ""))
    wait = float((answer.get("parameters") or {}).get("retry_after", 0))
    return SendResult(
        failure=classify(code, description), retry_after=wait, description=description
    )
