"""What the database refuses for good is a bug at once; a copied database shows nobody anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.events import Event
from bot.models.chats import Chat
from bot.models.inbound import SetAside
from bot.models.system import Instance
from bot.sandbox.faults import Fault
from bot.scheduler.registry import JOBS, Job
from bot.screens import Reply
from handlers.common.routes import RouteKind
from tests.conversations.stage import Stage

Spoken = Callable[[Ctx, Event], Reply | None]
Converse = Callable[[RouteKind, str, Spoken], None]


async def test_row__that_breaks_a_rule_of_the_database__is_a_bug_at_once(
    stage: Stage, converse: Converse
) -> None:
    begun: list[int] = []

    def breaks(ctx: Ctx, event: Event) -> Reply | None:
        begun.append(event.update_id)
        ctx.session.add(Chat(user_id=12345, person_id=999_999))
        return None

    converse(RouteKind.COMMAND, "tasks", breaks)
    dara = await stage.join("dara")
    await dara.say("/tasks")
    assert "kept under number" in dara.phone.last["text"]
    with stage.database.transaction(readonly=True) as session:
        (reason,) = session.exec(select(SetAside.reason)).all()
    assert reason.startswith("bug ")
    assert len(begun) == 2


async def test_copied_database__shows_nobody_what_was_not_shown(stage: Stage) -> None:
    dara = await stage.join("dara")
    stage.server.faults.plan(Fault(method="sendMessage", code=400))
    await dara.say("/menu")
    shown = len(dara.phone.from_bot)
    with stage.database.transaction() as session:
        session.get_one(Instance, 1).held = True
    await stage.restart()
    assert len(dara.phone.from_bot) == shown


async def test_job__that_hits_a_bug__alarms_once_a_day_and_the_others_run(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_ctx: Ctx) -> None:
        raise ZeroDivisionError

    operator = await stage.join("director")
    monkeypatch.setitem(JOBS, "nudges", Job("nudges", 15, fails))
    await stage.tick()
    await stage.tick()
    alarms = [m["text"] for m in operator.phone.from_bot if "job nudges" in m["text"]]
    assert len(alarms) == 1
    assert alarms[0].startswith("Rollcall needs the operator")
