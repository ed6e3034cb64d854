"""Where a process of this machine listens, and how it says it is."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

OFF = "off"
ANYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}
SECONDS = 6.0


def place(listen: str) -> tuple[str, int]:
    """Host and port of `host:port`; an IPv6 address may stand in brackets."""
    host, _colon, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def asks_rollcall(listen: str) -> dict[str, Any] | None:
    """What the Rollcall that listens there answers at /healthz; None if there is none."""
    if listen == OFF:
        return None
    host, port = place(listen)
    host = ANYWHERE.get(host, host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/healthz"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=SECONDS) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        with error:
            body = error.read()
    except (OSError, HTTPException, ValueError, OverflowError):
        return None
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and "troubles" in answer else None
