"""The table in docs/benchmarks.md: lines that were measured are replaced, the others stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bench.figures import Target

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
RULE = "| --- | --- | --- |"


def write(found: Mapping[str, tuple[float, Target]], page: Path = PAGE) -> None:
    """Put these figures into the page's first table, new ones at its end."""
    lines = page.read_text(encoding="utf-8").splitlines()
    first = lines.index(RULE) + 1
    last = first
    while last < len(lines) and lines[last].startswith("|"):
        last += 1
    rows = {line.split("|")[1].strip(): line for line in lines[first:last]}
    for name, (value, target) in found.items():
        rows[name] = f"| {name} | {value:.2f} | {target.words} |"
    whole = [*lines[:first], *rows.values(), *lines[last:]]
    page.write_text("\n".join(whole) + "\n", encoding="utf-8")
