"""Why something could not be looked at."""

from __future__ import annotations


class Unavailable(Exception):
    """Whatever depends on this cannot be checked; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
