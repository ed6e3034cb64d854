"""The bench's own parts work together: stub, Rollcall as it is deployed, prepared database."""

from __future__ import annotations

from pathlib import Path

from bench import prepared, processes
from bench.answers import measure


def test_measure__a_few_officers_on_rollcall__every_answer_counted_is_stored(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'rollcall.db'}"
    prepared.make(url, 5)
    with processes.stub() as stub:
        run = measure(stub, processes.rollcall(stub.url, url), range(1, 6), 10, 40)
    assert run.answers >= 40
    assert run.cpu > 0
    assert 50 <= prepared.answers_stored(url) <= 5 * 40
