"""The closed list of what can become of a call, whichever library made it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Failure(StrEnum):
    """Why a message did not reach its chat; the flags below say what follows."""

    BLOCKED = "blocked"
    NOT_STARTED = "not started"
    NOT_MODIFIED = "not modified"
    NOT_EDITABLE = "not editable"
    TOO_LATE = "press too old"
    THROTTLED = "throttled"
    BAD_TOKEN = "bad token"
    CONFLICT = "two pollers"
    REFUSED = "refused"
    UNREACHABLE = "not sent"
    UNKNOWN = "sent or not, unknown"
    NO_FILE = "the file is gone"


NOT_SENT = frozenset({Failure.THROTTLED, Failure.UNREACHABLE, Failure.BAD_TOKEN})
"""Certainly not sent, for a reason that is not the message's own: it stays queued."""
ENDS_CHAT = frozenset({Failure.BLOCKED, Failure.NOT_STARTED})


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one call: a message id and its time (Unix seconds), or a failure with the
    wait it asks for (seconds).
    """

    message_id: int | None = None
    failure: Failure | None = None
    retry_after: float = 0.0
    description: str = ""
    file_id: str = ""
    at: int = 0

    @property
    def ok(self) -> bool:
        return self.failure is None


_BY_WORDS = (
    (400, "message is not modified", Failure.NOT_MODIFIED),
    (400, "message to edit not found", Failure.NOT_EDITABLE),
    (400, "message can't be edited", Failure.NOT_EDITABLE),
    (400, "in the message to edit", Failure.NOT_EDITABLE),
    (400, "query is too old", Failure.TOO_LATE),
    (400, "chat not found", Failure.NOT_STARTED),
)
_BY_CODE = {
    401: Failure.BAD_TOKEN,
    403: Failure.BLOCKED,
    404: Failure.BAD_TOKEN,
    409: Failure.CONFLICT,
    429: Failure.THROTTLED,
}


def classify(error_code: int, description: str) -> Failure:
    """The failure that an error reply means; anything above 499 leaves the effect unknown."""
    for code, words, failure in _BY_WORDS:
        if code == error_code and words in description.lower():
            return failure
    if error_code >= 500:
        return Failure.UNKNOWN
    return _BY_CODE.get(error_code, Failure.REFUSED)
