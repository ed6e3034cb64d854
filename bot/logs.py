"""What may stand in a log: ids and places in the code, never names, answers or tokens.

One JSON object a line where no terminal reads along, plain text where one does.
"""

from __future__ import annotations

import copy
import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, TypeAlias

TOKEN = re.compile(r"\d{5,}(?::|%3A)[\w-]{20,}", re.IGNORECASE)
LOGIN = re.compile(r"(?<=://)[^/\s@]+:[^\s@]*@")
QUIET = ("apscheduler", "alembic", "httpx", "httpcore", "aiogram", "aiohttp", "telegram")
OURS = frozenset({"bot", "handlers", "bench", "scripts", "tests", "test", "__main__"})
TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"
ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Tracebacks without what the exceptions say, which may be what somebody typed.

    Of a library's message only the pattern is kept, or the place where it was written.
    """

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(guarded(record)))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  the library's name
        error = ei[1]
        return "" if error is None else "\n".join(_told(error))


def json_formatter() -> logging.Formatter:
    """The same promise, as one JSON object a line."""
    from pythonjsonlogger.json import JsonFormatter

    class DiscreetJson(JsonFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return without_secrets(super().format(guarded(record)))

        def add_fields(
            self,
            log_data: dict[str, Any],
            record: logging.LogRecord,
            message_dict: dict[str, Any],
        ) -> None:
            """Only what is named here: whatever else hangs on a record is left out."""
            log_data["at"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
            log_data["level"] = record.levelname.lower()
            log_data["logger"] = record.name
            log_data["process"] = record.process
            log_data["message"] = record.message
            error = record.exc_info[1] if record.exc_info else None
            if error is not None:
                log_data["error"] = _told(error)

    return DiscreetJson()


def set_up(form: str = "") -> None:
    """Log to standard error, from INFO; the libraries from WARNING.

    `form` is "json" or "text"; by itself it follows from whether a terminal reads along.
    May be called again to change the form.
    """
    as_json = form == "json" or (not form and not sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(json_formatter() if as_json else Discreet(TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.raiseExceptions = False  # a record that cannot be written would be printed whole
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _ended
    threading.excepthook = _thread_ended
    sys.unraisablehook = _unraisable


def without_secrets(line: str) -> str:
    """The line without bot tokens, and without names and passwords in addresses."""
    return LOGIN.sub("(login)@", TOKEN.sub("(token)", line))


def guarded(record: logging.LogRecord) -> logging.LogRecord:
    """A record that says nothing which may come from a person.

    Exceptions among its arguments are named by their kind, unless that says of itself
    `is_discreet`: that its words are the program's own.
    """
    safe = copy.copy(record)
    safe.exc_text = safe.stack_info = None
    if record.name.partition(".")[0] in OURS:
        safe.msg, safe.args = _one(record.msg), _discreet(record.args)
    else:
        has_pattern = bool(record.args) and isinstance(record.msg, str)
        words = record.msg if has_pattern else "a message written"
        safe.msg, safe.args = f"{words} at {record.pathname}:{record.lineno}", None
    return safe


def _discreet(args: Any) -> Any:
    if isinstance(args, dict):
        return {name: _one(value) for name, value in args.items()}
    return tuple(_one(value) for value in args or ())


def _one(value: object) -> object:
    if isinstance(value, BaseException) and not getattr(value, "is_discreet", False):
        return _kind(value)
    return value


def _told(error: BaseException) -> list[str]:
    """Where it happened and of what kind, the causes first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(cause), "which led to:"] if cause is not None else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
    return [*lines, _kind(error)]


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _ended(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("the program ended by a bug", exc_info=(kind, error, at))


def _thread_ended(what: threading.ExceptHookArgs) -> None:
    if what.exc_value is not None and not issubclass(what.exc_type, SystemExit):
        log.error("a thread ended by a bug", exc_info=what.exc_value)


def _unraisable(what: sys.UnraisableHookArgs) -> None:
    log.error("an error that nobody could be told of", exc_info=what.exc_value)
