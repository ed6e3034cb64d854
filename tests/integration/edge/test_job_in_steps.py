"""A job that says there is more to do goes on at once, each step in a transaction of its own."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from bot.context import Ctx
from bot.scheduler.registry import JOBS, Job
from bot.scheduler.runner import MOST_STEPS
from tests.conversations.stage import Stage


async def test_job__with_more_to_do__goes_on_in_transactions_of_its_own(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Session] = []

    def run(ctx: Ctx) -> bool:
        steps.append(ctx.session)
        return len(steps) < 3

    monkeypatch.setitem(JOBS, "nudges", Job("nudges", 15, run))
    await stage.tick()
    assert len(steps) == 3
    assert len({id(session) for session in steps}) == 3


async def test_job__that_never_has_enough__lets_the_others_have_their_turn(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[None] = []

    def run(_ctx: Ctx) -> bool:
        steps.append(None)
        return True

    monkeypatch.setitem(JOBS, "nudges", Job("nudges", 15, run))
    await stage.tick()
    assert len(steps) == MOST_STEPS
