"""The checks there are, what one says, and how one that breaks hurts no other."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy.exc import DBAPIError

from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable

log = logging.getLogger(__name__)

FILES = ("settings", "machine", "server", "database", "roster", "running", "integrity")
"""In the order in which they are shown; what may take long comes last."""


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"
    UNKNOWN = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what is wrong and what to do; empty where nothing is."""

    verdict: Verdict
    sentence: str = ""


FINE = Finding(Verdict.OK)
Check: TypeAlias = Callable[[Patient], Finding]
CHECKS: dict[str, Check] = {}


def wrong(sentence: str) -> Finding:
    """Rollcall does not work, or loses something, until this is put right."""
    return Finding(Verdict.WRONG, sentence)


def warning(sentence: str) -> Finding:
    """Rollcall works; this should be looked at."""
    return Finding(Verdict.WARNING, sentence)


def check(name: str) -> Callable[[Check], Check]:
    """Register a check under the words it is shown by; refuses a second one of that name."""

    def keep(function: Check) -> Check:
        if name in CHECKS:
            raise ValueError(f"check {name} is registered twice")
        CHECKS[name] = function
        return function

    return keep


def load_all() -> None:
    """Import every file of checks, so that each is registered; refuses a file not in the order."""
    package = importlib.import_module("bot.operations.checks")
    found = {module.name for module in pkgutil.iter_modules(package.__path__)} - {"registry"}
    if found != set(FILES):
        raise ValueError(f"not in the order of checks: {sorted(found ^ set(FILES))}")
    for name in FILES:
        importlib.import_module(f"bot.operations.checks.{name}")


def run(name: str, patient: Patient) -> Finding:
    """What one check finds; what it cannot reach, or a bug in it, is said and ends nothing."""
    try:
        return CHECKS[name](patient)
    except Unavailable as reason:
        return Finding(Verdict.UNKNOWN, reason.sentence)
    except DBAPIError:
        return Finding(Verdict.UNKNOWN, "The database does not answer this; see above.")
    except Exception:
        log.exception("check %s failed", name)
        return Finding(Verdict.UNKNOWN, "The check itself failed; the log says where.")
