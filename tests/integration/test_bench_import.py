"""The import benchmark runs at a small size and prints its ratio; the figure itself is no test."""

from __future__ import annotations

import pytest

from bench import import_people


@pytest.mark.slow
def test_bench__three_hundred_people__ratio_printed(capsys: pytest.CaptureFixture[str]) -> None:
    found = import_people.ratio(300, 1)
    printed = capsys.readouterr().out
    assert found > 0
    assert "import_people: 300 rows, 1 pairs" in printed
    assert f"{found:.2f}" in printed
