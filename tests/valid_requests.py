"""Whatever a test does, no request may reach a sandbox that the Bot API does not allow.

What depends on the state of a chat (blocked, deleted, unchanged, too late) may be refused,
and so may what a fault on order refuses; a request that no state could make valid may not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

REFUSALS = "bot.sandbox.world"
INVALID = ("Bad Request: ", "Not Found", "Request Entity Too Large")
"""How the descriptions begin that a wrong request gets; a fault's 400 has no words."""
OF_STATE = (
    "chat not found",
    "message is not modified",
    "query is too old",
    "message to edit not found",
    "message to be replied not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "bad webhook",
)


class _Refused(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.invalid: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if is_invalid(words.partition(" with ")[2]):
            self.invalid.append(words)


def is_invalid(description: str) -> bool:
    """Whether a refusal says that the request itself was wrong."""
    return description.startswith(INVALID) and not any(words in description for words in OF_STATE)


@pytest.fixture(autouse=True)
def only_valid_requests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test whose requests were wrong, unless it is marked `wrong_requests`."""
    log, refused = logging.getLogger(REFUSALS), _Refused()
    log.setLevel(logging.INFO)
    log.addHandler(refused)
    yield
    log.removeHandler(refused)
    if request.node.get_closest_marker("wrong_requests") is None:
        assert refused.invalid == []
