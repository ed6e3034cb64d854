"""Each library that reaches outside has one door; no other file may import it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.sources import PRODUCT, ROOT, imported, product

DOORS: dict[str, tuple[str, ...]] = {
    "aiogram": ("handlers/edge/",),
    "telegram": ("bot/delivery/telegram.py", "bot/delivery/failures.py"),
    "apscheduler": ("bot/scheduler/runner.py",),
    "alembic": ("bot/migrate.py", "bot/migration.py", "bot/cli.py"),
    "pyxform": ("bot/forms/",),
    "lxml": ("bot/forms/", "bot/imports/workbook_file.py"),
    "re2": ("bot/forms/",),
    "matplotlib": ("bot/reports/",),
    "scipy": ("bot/evaluation/",),
    "typst": ("bot/reports/", "bot/training/"),
    "pydantic_settings": ("bot/config.py",),
    "typer": ("bot/cli.py", "bot/cli_backup.py", "bot/cli_operations.py"),
    "rich": ("bot/terminal.py",),
    "prometheus_client": ("bot/operations/",),
    "pyrage": ("bot/operations/",),
    "pythonjsonlogger": ("bot/logs.py",),
    "aiohttp": ("bot/sandbox/", "handlers/edge/", "bot/app.py"),
    "icalendar": ("bot/training/calendar_file.py",),
    "holidays": ("bot/calendar.py", "bot/policy.py", "bot/imports/"),
}


@pytest.mark.parametrize("library", DOORS)
def test_library__imported_outside_its_door__found(library: str) -> None:
    intruders = [
        source.at(node)
        for source in product()
        if not source.under(*DOORS[library])
        for module, node in imported(source)
        if module == library or module.startswith(f"{library}.")
    ]
    assert intruders == []


def _imported_by_conversations(*unwanted: str) -> list[str]:
    return [
        f"{source.at(node)} {module}"
        for source in product()
        if source.under("handlers/") and not source.under("handlers/edge/")
        for module, node in imported(source)
        if any(module == name or module.startswith(f"{name}.") for name in unwanted)
    ]


def test_conversations__reach_for_the_database__found() -> None:
    assert _imported_by_conversations("sqlmodel", "sqlalchemy", "bot.db", "bot.committer") == []


def test_conversations__deliver_or_run_themselves__found() -> None:
    running = ("bot.app", "bot.cli", "bot.sandbox", "bot.scheduler", "bot.work.runner")
    delivering = ("bot.delivery.courier", "bot.delivery.telegram", "bot.delivery.claim")
    assert _imported_by_conversations(*running, *delivering) == []


# Where a library is imported under another name than it is installed by.
INSTALLED_AS = {
    "PIL": "pillow",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "prometheus_client": "prometheus-client",
    "pythonjsonlogger": "python-json-logger",
    "pydantic_settings": "pydantic-settings",
    "python_calamine": "python-calamine",
    "re2": "google-re2",
    "telegram": "python-telegram-bot",
}


def test_library__imported_but_not_asked_for__found() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked_for = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    used = {module.split(".")[0] for source in product() for module, _node in imported(source)}
    foreign = used - sys.stdlib_module_names - {*PRODUCT, "__future__"}
    assert {name for name in foreign if INSTALLED_AS.get(name, name) not in asked_for} == set()


HEAVY = {"matplotlib", "numpy", "scipy", "openpyxl", "xlsxwriter", "typst", "pyxform"}
LOADED = """
import sys
from bot import app
app.register_speaking()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_bots_own_process__loads_what_only_the_worker_uses__found() -> None:
    """Each costs tens of megabytes in a process that is held to 250."""
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert HEAVY.intersection(loaded) == set()
