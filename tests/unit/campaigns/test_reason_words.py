"""Every reason that can stand beside a recipient is shown in words."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from bot.campaigns.audiences.counting import UNREACHABLE
from bot.campaigns.broadcasts import feeding, settling, spoken, telling
from bot.delivery import outcome, receivers, rendering
from bot.delivery.failures import NOT_SENT, Failure
from bot.delivery.notices import broadcast
from bot.i18n import Text, render

NEVER_OF_A_MESSAGE = {Failure.TOO_LATE, Failure.NOT_MODIFIED}
OF_ROUNDS_TO_COME = {telling.PAUSED}


def dropped(module: ModuleType) -> Iterator[str]:
    """What a module gives as the reason of a Drop, where it is written out."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Drop":
            (reason,) = node.args
            if isinstance(reason, ast.Constant) and isinstance(reason.value, str):
                yield reason.value


def reasons() -> set[str]:
    found = {failure.value for failure in set(Failure) - NOT_SENT - NEVER_OF_A_MESSAGE}
    found |= {outcome.LOST, settling.LOST, rendering.NO_MORE, "bug"}
    found |= {way.value for way in UNREACHABLE}
    found |= {*broadcast.OVER.values(), *feeding.GONE_AGAIN.values()}
    found |= {*dropped(receivers), *dropped(broadcast)}
    return found - OF_ROUNDS_TO_COME


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_reason__that_the_code_gives__has_words(reason: str) -> None:
    assert isinstance(spoken.reason_words(reason), Text)


def test_reason__a_refusal_of_a_correction__says_both() -> None:
    said = render(spoken.reason_words("not corrected: refused: Too long."), "en")
    assert said == "has the earlier words: the message could not be written: Too long."


def test_reason__of_the_list_and_the_courier__are_found_in_the_code() -> None:
    assert {"has left", "gone", "withdrawn"} <= reasons()
