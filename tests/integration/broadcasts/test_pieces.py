"""Recipients are moved on a piece at a time, so that nobody waits long for a reply."""

from __future__ import annotations

import pytest

from bot.campaigns.broadcasts import running, settling
from bot.models.broadcasts import RecipientState
from bot.scheduler.jobs import broadcasts
from tests.integration.broadcasts.conftest import OFFICERS, Desk
from tests.integration.broadcasts.test_sending import OFFICERS_ONLY

R = RecipientState
PIECE = 15


def step(desk: Desk) -> bool:
    with desk.acting(None) as ctx:
        return broadcasts.run(ctx)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (running, settling):
        monkeypatch.setattr(module, "PIECE", PIECE)


def test_queueing__more_than_a_piece__says_that_more_is_left(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    assert [step(desk) for _step in range(3)] == [True, True, False]
    assert desk.states(about) == {R.QUEUED: OFFICERS}


def test_settling__more_than_a_piece__says_that_more_is_left(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    while step(desk):
        pass
    desk.deliver(rounds=OFFICERS)
    assert step(desk)
    assert desk.states(about) == {R.SENT: PIECE, R.QUEUED: OFFICERS - PIECE}
    assert [step(desk) for _step in range(2)] == [True, False]
    assert desk.states(about) == {R.SENT: OFFICERS}
