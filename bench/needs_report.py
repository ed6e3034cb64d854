"""Makes one report on a round and says how much memory that took: a process of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pydantic import SecretStr

from bot import app as root
from bot.clock import SystemClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.needs.analysis import Cut
from bot.reports.registry import REPORTS, WHOLE

KILO = 1024


def main() -> None:
    """`python -m bench.needs_report URL REPORT ROUND`: the most memory used, in MB."""
    url, name, round_id = sys.argv[1:]
    settings = Settings(_env_file=None, token=SecretStr("1:bench"), database_url=url)
    root.register_working()
    report, database = REPORTS[name], Database(url, statement_seconds=None)
    with database.transaction(readonly=True) as session:
        ctx = Ctx(session, SystemClock(), SYSTEM, settings)
        data = report.read(ctx, {"round": int(round_id), "cut": Cut.UNIT, WHOLE: True})
    made = report.files(data, "en")
    assert made, "there is something to report"
    print(_most_held())


def _most_held() -> float:
    """The most memory of this program, in MB. What `getrusage` gives would begin with that of the
    process that started it.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None, "Linux says so"
    return int(found[1]) / KILO


if __name__ == "__main__":
    main()
