"""One officer with a chat, notices made up for a test, and the stage for whole deliveries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from bot.context import Ctx
from bot.delivery.notices.registry import NOTICES, Drop, Item, Notice, Reader
from bot.delivery.outbox import NoticeKind
from bot.i18n import Words, _
from bot.models.chats import Chat
from bot.models.delivery import Urgency
from bot.models.people import Person, Unit, UnitKind
from bot.screens import Screen
from tests.conversations.conftest import stage  # noqa: F401  (a fixture)

Invent = Callable[..., NoticeKind]


@dataclass(frozen=True, slots=True)
class Officer:
    person_id: int
    user_id: int = 501


@pytest.fixture
def officer(ctx: Ctx) -> Officer:
    unit = Unit(name="Gate", kind=UnitKind.UNIT, path="Gate")
    ctx.session.add(unit)
    ctx.session.flush()
    person = Person(staff_no="1", full_name="Sok Dara", unit_id=unit.id)
    ctx.session.add(person)
    ctx.session.flush()
    assert person.id is not None
    ctx.session.add(Chat(user_id=501, person_id=person.id))
    ctx.session.flush()
    return Officer(person.id)


@pytest.fixture
def invent(monkeypatch: pytest.MonkeyPatch) -> Invent:
    """A notice that says its own name; `fails` is raised instead of words."""

    def put(
        name: str, urgency: Urgency, *, merge: str = "", fails: Exception | None = None
    ) -> NoticeKind:
        def render(_ctx: Ctx, _items: Sequence[Item], _reader: Reader) -> Screen | Drop:
            if fails is not None:
                raise fails
            return Screen(body=(_("Notice {name}", name=name),))

        def line(_ctx: Ctx, _items: Sequence[Item], _reader: Reader) -> Words | None:
            return _("Line {name}", name=name)

        monkeypatch.setitem(NOTICES, name, Notice(name, render, line))
        return NoticeKind(name, urgency, merge=merge)

    return put
