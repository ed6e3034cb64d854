"""What setWebhook takes and refuses, in Telegram's words."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.errors import bad_request

PORTS = frozenset({80, 88, 443, 8443})
LONGEST_SECRET = 256
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
SECRET = re.compile(r"[A-Za-z0-9_-]*")


def checked_url(url: str) -> str:
    """An https address on one of Telegram's ports; on this machine http and any port will do."""
    parts = _parts(url)
    if not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified", f"no host in {url}")
    if is_here(url) and parts.scheme in ("http", "https"):
        return url
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def checked_secret(secret: str) -> str:
    """Up to 256 letters, digits, underscores and hyphens."""
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long", f"{len(secret)} characters, 256 are allowed")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def connections(wanted: int | None) -> int:
    """How many requests at once, held to 1 to 100."""
    return USUAL_CONNECTIONS if not wanted else min(max(wanted, 1), MOST_CONNECTIONS)


def is_here(url: str) -> bool:
    """Whether the address is one of this machine's own."""
    host = _parts(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise bad_request("bad webhook: invalid webhook URL specified", str(error)) from error
    return parts
