"""What the check that every test carries takes for a wrong request."""

from __future__ import annotations

import pytest

from bot.sandbox.errors import NOT_MODIFIED, ApiError, bad_request, chat_not_found
from tests.valid_requests import is_invalid


@pytest.mark.parametrize(
    "error",
    [
        bad_request("message is too long"),
        bad_request("BUTTON_DATA_INVALID"),
        bad_request("unknown parameter colour"),
        ApiError(404, "method not found"),
        ApiError(413),
    ],
    ids=str,
)
def test_refusal__that_no_state_could_avoid__is_invalid(error: ApiError) -> None:
    assert is_invalid(error.description)


@pytest.mark.parametrize(
    "error",
    [
        bad_request(NOT_MODIFIED),
        chat_not_found(),
        ApiError(403, "bot was blocked by the user"),
        ApiError(429, "retry after 3"),
        ApiError(400),
        ApiError(502),
    ],
    ids=str,
)
def test_refusal__of_a_state_or_a_fault__is_not(error: ApiError) -> None:
    assert not is_invalid(error.description)
