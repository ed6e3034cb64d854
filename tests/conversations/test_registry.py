"""Everything that is registered has its example in a golden transcript, its troubles included."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.campaigns.rules import RULES
from bot.delivery.notices.registry import NOTICES
from bot.forms.library_sync import library_files
from bot.forms.question_types.contract import all_types
from bot.imports.kinds import KINDS
from bot.reports.registry import REPORTS
from bot.work.queue import WORKERS
from handlers.common.routes import ROUTES
from tests.conversations import usage
from tests.conversations.conftest import GOLDEN

ELSEWHERE = {
    # Told when something breaks, which no golden transcript can hold.
    "notice operator_alert": "tests/integration/edge/test_troubles.py",
    "notice work_failed": "tests/integration/edge/test_troubles.py",
    # Made at night for the operator, in no sandbox, and sealed differently each time.
    "notice backup_made": "tests/integration/operations/test_nightly_backup.py",
    "work backup": "tests/integration/operations/test_nightly_backup.py",
}


def played() -> dict[str, set[str]]:
    """What each golden transcript made use of."""
    return {
        path.stem: set(path.read_text(encoding="utf-8").partition(usage.HEADING)[2].splitlines())
        for path in sorted(GOLDEN.glob("*.txt"))
    }


def registered() -> dict[str, str]:
    """Everything that must be played, and the file that registers it."""
    found = {usage.route_label(route): route.conversation.__module__ for route in ROUTES.values()}
    found |= {f"notice {name}": notice.render.__module__ for name, notice in NOTICES.items()}
    found |= {f"form {path.stem}": str(path.name) for path in library_files()}
    found |= {f"question {one.name}": "bot.forms" for one in all_types() if one.asked}
    found |= {f"import {name}": "bot.imports" for name in KINDS}
    found |= {f"report {name}": "bot.reports" for name in REPORTS}
    found |= {f"work {name}": worker.__module__ for name, worker in WORKERS.items()}
    found |= {f"rule {rule.name}": "bot.campaigns.rules" for rule in RULES}
    return found


def test_registry__every_entry__is_played() -> None:
    used = set().union(*played().values())
    lacking = {entry: where for entry, where in registered().items() if entry not in used}
    assert {entry: where for entry, where in lacking.items() if entry not in ELSEWHERE} == {}


@pytest.mark.parametrize("trouble", [usage.REFUSAL, usage.STALE, usage.RESTART])
def test_conversations__each_file__is_played_with_its_troubles(trouble: str) -> None:
    files: dict[str, set[str]] = defaultdict(set)
    for entry, module in registered().items():
        if module.startswith("handlers."):
            files[module].add(entry)
    plays = played()
    lacking = {
        module
        for module, entries in files.items()
        if not any(trouble in used and entries & used for used in plays.values())
    }
    assert lacking == set()
