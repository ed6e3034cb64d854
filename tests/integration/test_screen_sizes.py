"""What the screens of the library's forms weigh: within a kilobyte, or listed with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import screen_sizes
from scripts.screen_sizes import EXCEPTIONS, MOST_BYTES, PAGE, Weight


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> list[Weight]:
    folder: Path = tmp_path_factory.mktemp("sizes")
    return screen_sizes.weights(folder)


def test_weights__every_question_in_every_language__is_within_a_kilobyte(
    weights: list[Weight],
) -> None:
    heavy = [one for one in weights if one.size > MOST_BYTES and one.kind not in EXCEPTIONS]
    assert heavy == []
    assert len({one.language for one in weights}) == 3


def test_page__made_again__is_the_one_in_the_docs(weights: list[Weight]) -> None:
    assert screen_sizes.page(weights) == PAGE.read_text(encoding="utf-8"), (
        "run python -m scripts.screen_sizes"
    )
