"""`python -m bench`: every figure as a ratio, in one run. `--quick` looks only roughly."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import (
    against_bare,
    audience,
    courier,
    end_to_end,
    handlers_registered,
    import_people,
    needs,
    qualification_scan,
    replies,
    results,
    scans,
    seats,
    table,
)
from bench.answers import Void
from bench.figures import FOUND, say
from bench.runs import FULL, QUICK, Size

ROWS, QUICK_ROWS = 100_000, 5_000


def main() -> None:
    """Measure what was asked for, everything by default."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer pairs, shorter runs")
    parser.add_argument("--write", action="store_true", help="figures into docs/benchmarks.md")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of: {', '.join(PARTS)}")
    given = parser.parse_args()
    unknown = sorted(set(given.parts) - PARTS.keys())
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}")
    if given.quick and given.write:
        parser.error("quick figures are not written down")
    size = QUICK if given.quick else FULL
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="rollcall-bench-") as folder:
            try:
                PARTS[name](Path(folder), size)
            except Void as void:
                say(f"{name}: void, {void}")
        if given.write:
            table.write(FOUND)
        say("")


def _handlers(folder: Path, size: Size) -> None:
    handlers_registered.compare(folder, size.pairs)


def _imports(_folder: Path, size: Size) -> None:
    import_people.ratio(QUICK_ROWS if size is QUICK else ROWS, size.pairs)


PARTS: dict[str, Callable[[Path, Size], None]] = {
    "webhook": against_bare.webhook_on_sqlite,
    "webhook-postgres": against_bare.webhook_on_postgres,
    "processes": against_bare.side_by_side,
    "polling": against_bare.polling_on_sqlite,
    "polling-postgres": against_bare.polling_on_postgres,
    "people": end_to_end.with_many_people,
    "handlers": _handlers,
    "import": _imports,
    "scans": scans.against_sql,
    "results": results.against_sql,
    "qualifications": qualification_scan.against_sql,
    "audience": audience.against_sql,
    "needs": needs.against_sql,
    "seats": seats.decided_at_once,
    "courier": courier.rate_held,
    "broadcast": courier.broadcast_held,
    "replies": replies.during_a_broadcast,
    "memory": end_to_end.memory,
}

if __name__ == "__main__":
    main()
