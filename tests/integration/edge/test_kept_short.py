"""Updates of any shape are set aside; no answer is kept with them, and no token is logged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.events import Event
from bot.models.inbound import SetAside
from bot.screens import Reply
from handlers.common.routes import RouteKind
from handlers.edge.intake import to_event
from handlers.edge.session import CallFailed
from tests.conftest import TOKEN
from tests.conversations.stage import Stage
from tests.integration.edge.test_troubles import in_a_questionnaire

Spoken = Callable[[Ctx, Event], Reply | None]
Converse = Callable[[RouteKind, str, Spoken], None]


def aside(stage: Stage) -> list[SetAside]:
    with stage.database.transaction(readonly=True) as session:
        return list(session.exec(select(SetAside).order_by(SetAside.id)))


@pytest.mark.parametrize("content", ["words", None, [1], {"from": "nobody"}, {"from": None}])
async def test_update__of_any_shape__never_blocks_the_next(stage: Stage, content: Any) -> None:
    dara = await stage.join("dara")
    await stage.stop_fetching()
    stage.server.world.updates.add("message", content)
    dara.phone.text("/menu")
    await stage.fetch_again()
    assert dara.phone.last["text"].startswith("Menu")


async def test_bug__at_a_press_in_an_anonymous_form__keeps_no_choice(
    stage: Stage, converse: Converse
) -> None:
    def bug(_ctx: Ctx, _event: Event) -> Reply | None:
        raise ZeroDivisionError

    dara = await in_a_questionnaire(stage)
    converse(RouteKind.PRESS, "f", bug)
    data = dara.data_of("4")
    converse(RouteKind.PRESS, data.partition(":")[0], bug)
    await dara.press("4")
    (row,) = aside(stage)
    assert "data" not in row.payload["callback_query"]
    assert "message" not in row.payload["callback_query"]


@pytest.mark.wrong_requests
async def test_file__that_cannot_be_fetched__no_token_in_the_failure(stage: Stage) -> None:
    await stage.join("dara")
    session = stage.rollcall.session
    known = session.call

    async def call(method: str, payload: dict[str, Any], seconds: float = 20) -> Any:
        if method == "getFile":
            return {"file_path": "documents/gone.xlsx"}
        return await known(method, payload, seconds)

    session.call = call  # type: ignore[method-assign]  # the server's file vanishes after getFile
    with pytest.raises(CallFailed) as failed:
        await session.download("some", 1000)
    text = logging.Formatter().formatException((CallFailed, failed.value, failed.tb))
    assert TOKEN not in text


def test_press__in_a_group__is_not_for_us() -> None:
    raw = {
        "update_id": 1,
        "callback_query": {
            "id": "1",
            "from": {"id": 5, "is_bot": False, "first_name": "D"},
            "chat_instance": "1",
            "data": "menu",
            "message": {
                "message_id": 3,
                "date": 1,
                "chat": {"id": -5, "type": "group", "title": "G"},
            },
        },
    }
    assert to_event(raw) is None
