"""What may stand in a log: ids and places in the code, never names, answers or tokens."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType
from typing import TypeAlias

TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
QUIET = ("apscheduler", "alembic", "httpx", "httpcore", "aiogram", "telegram")
ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """Tracebacks without what the exceptions say, which may be what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("(token)", super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  the library's name
        error = ei[1]
        return "" if error is None else "\n".join(_told(error))


def set_up() -> None:
    """Log to standard error, from INFO; the libraries from WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _told(error: BaseException) -> list[str]:
    """Where it happened and of what kind, the causes first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(cause), "which led to:"] if cause is not None else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
    return [*lines, f"{type(error).__module__}.{type(error).__qualname__}"]
