"""Every line of docs/coverage.md names a transcript that is there, and words that stand in it."""

from __future__ import annotations

import re

import pytest

from tests.unit.docs.reading import DOCS, ROOT

GOLDEN = ROOT / "tests" / "conversations" / "golden"
ROW = re.compile(r"^\| (.+?) \| `(\w+)` \| (.+?) \|$", re.MULTILINE)
PAGE = (DOCS / "coverage.md").read_text("utf-8")
ROWS = ROW.findall(PAGE)


@pytest.mark.parametrize(("line", "transcript", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_line__its_transcript__has_the_words(line: str, transcript: str, words: str) -> None:
    assert words in (GOLDEN / f"{transcript}.txt").read_text("utf-8"), line


def test_page__every_row__is_read_here() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    heads = [line for line in rows if line.startswith(("| what it says", "| ---"))]
    assert len(ROWS) == len(rows) - len(heads) > 40
