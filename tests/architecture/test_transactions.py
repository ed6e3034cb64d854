"""One update, job or command is one transaction: only the outer edge commits or asks the time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Source, calls, product

COMMITS = {
    "bot/db.py": "transaction() itself",
    "bot/migrate.py": "schema changes end their own transaction",
    "handlers/edge/lanes.py": "hands a unit of work to the committer",
}
BEGINS = {
    "bot/committer.py": "updates, replies, sends and ticks, several to a commit",
    "bot/work/": "long work, in steps of its own",
    "bot/imports/staging.py": "long work, written in chunks",
    "bot/imports/checking.py": "long work: reads, then stages",
    "bot/imports/applying.py": "long work: the final swap",
    "bot/terminal.py": "operator commands",
    "bot/cli_operations.py": "operator commands",
    "bot/operations/": "what looks after an installation from outside of it",
    "bot/cli_imports.py": "operator commands about files",
    "bot/cli_backup.py": "operator commands about backups",
    "bot/app.py": "what start-up writes",
    "bot/migrate.py": "what the first migration writes",
}
SAVEPOINTS = {
    "bot/committer.py": "units that share a commit",
    "handlers/edge/middleware.py": "a conversation that refuses leaves nothing behind",
    "handlers/common/ask_form.py": "a refused submit goes back to its summary, nothing written",
    "bot/forms/time_up.py": "one draft that is refused stops none of the others, nothing written",
}
WIPES = "bot/evaluation/wiping.py"
SANDBOX = "bot/sandbox/"
LEASE = "bot/delivery/lease.py"
SQL_NOW = re.compile(r"\b(current_timestamp|now\(\)|datetime\('now'|sysdate)", re.IGNORECASE)


def _callers(name: str, *allowed: str) -> list[str]:
    return [
        source.at(node)
        for source in product()
        if not source.under(*allowed)
        for called, node in calls(source)
        if called == name and isinstance(node.func, ast.Attribute)
    ]


def test_commit__called_outside_the_edges__found() -> None:
    assert _callers("commit", *COMMITS, SANDBOX) == []


def test_rollback__called_outside_the_edges__found() -> None:
    assert _callers("rollback", *COMMITS, *SAVEPOINTS, WIPES, SANDBOX) == []


def test_transaction__begun_outside_the_edges__found() -> None:
    assert _callers("transaction", *BEGINS, SANDBOX) == []


def test_savepoint__made_inside_a_service__found() -> None:
    assert _callers("begin_nested", *SAVEPOINTS) == []


def test_allowed_file__no_longer_there__found() -> None:
    allowed = (*COMMITS, *BEGINS, *SAVEPOINTS, WIPES)
    gone = [place for place in allowed if not any(s.under(place) for s in product())]
    assert gone == []


def test_database_clock__asked_for_a_business_time__found() -> None:
    found = [
        place
        for source in product()
        if not source.under(LEASE)
        for place in _asks_database_for_time(source)
    ]
    assert found == []


def _asks_database_for_time(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if SQL_NOW.search(node.value):
                yield source.at(node)
        elif isinstance(node, ast.Attribute) and _is_sql_now(node):
            yield source.at(node)


def _is_sql_now(node: ast.Attribute) -> bool:
    of_func = isinstance(node.value, ast.Name) and node.value.id == "func"
    return of_func and node.attr in {"now", "current_timestamp", "current_date", "localtimestamp"}
