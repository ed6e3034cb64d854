"""Refusals: `ApiError` goes to the bot as Telegram words it, `PageError` to the page."""

from __future__ import annotations

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
SET_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class ApiError(Exception):
    """An answer `ok: false`; `problem` explains to the developer what Telegram leaves unsaid."""

    def __init__(
        self, code: int, words: str = "", *, problem: str = "", retry_after: int | None = None
    ) -> None:
        title = TITLES.get(code, "Error")
        self.description = f"{title}: {words}" if words else title
        super().__init__(self.description)
        self.code = code
        self.problem = problem or self.description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The answer as Telegram writes it."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(words: str, problem: str = "") -> ApiError:
    return ApiError(400, words, problem=problem)


def chat_not_found(problem: str = "") -> ApiError:
    return ApiError(400, "chat not found", problem=problem)


def too_many_requests(seconds: int, problem: str = "") -> ApiError:
    words = f"retry after {seconds}"
    return ApiError(429, words, problem=problem, retry_after=seconds)


class PageError(Exception):
    """Something asked for on the page cannot be done; the sentence is shown there."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
