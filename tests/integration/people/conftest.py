"""The cast in a database, two members of the unit, and accounts to speak from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Actor, Ctx
from bot.models.chats import Chat
from bot.models.delivery import OutboxItem
from bot.models.people import FocalPoint, Grant, Person, Role, Unit
from bot.models.system import AuditEntry
from bot.people import accounts, chats, invites
from tests.cast import ZONE, settle_cast

STRANGER = 900


class House:
    """One office, its people, and what happened to them; `ctx` is the system's."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        self.ctx = ctx
        self.clock = clock
        self.ids = settle_cast(ctx)
        self.office = self.person("dara").unit_id
        for key in ("sokha", "unit"):
            self.link(key)
        invites.remember_bot_name(ctx.session, "rollcall_bot")

    def person(self, key: str) -> Person:
        return self.ctx.session.get_one(Person, self.ids[key])

    def account(self, key: str) -> int:
        return 1000 + self.ids[key]

    def acting(self, key: str) -> Ctx:
        person = self.person(key)
        actor = Actor(person.id, self.account(key), person.language or "en", ZONE)
        return replace(self.ctx, actor=actor)

    def stranger(self, user_id: int = STRANGER, language: str = "en") -> Ctx:
        chats.get_or_create(self.ctx.session, user_id)
        return replace(self.ctx, actor=Actor(None, user_id, language, ZONE))

    def link(self, key: str) -> None:
        chat = chats.get_or_create(self.ctx.session, self.account(key))
        accounts.give(self.ctx, chat, self.person(key), "test")

    def chat(self, user_id: int = STRANGER) -> Chat:
        return self.ctx.session.get_one(Chat, user_id)

    def add_unit_member(self, key: str, scope: int | None = None) -> None:
        """Make somebody a member of the training unit, with an account."""
        self.ctx.session.add(
            Grant(
                person_id=self.ids[key],
                role=Role.UNIT,
                scope_unit_id=scope,
                granted_at=self.ctx.now(),
            )
        )
        self.link(key)

    def make_focal_point(self, key: str, unit_id: int) -> None:
        self.ctx.session.add(FocalPoint(person_id=self.ids[key], unit_id=unit_id))
        self.ctx.session.flush()

    def far_office(self) -> int:
        unit = Unit(name="Lautoka", path="Coral/Lautoka")
        self.ctx.session.add(unit)
        self.ctx.session.flush()
        assert unit.id is not None
        return unit.id

    def told(self, notice: str) -> list[tuple[int | None, int | None, dict[str, Any]]]:
        """Who was told this: person, account, with what."""
        self.ctx.session.flush()
        rows = self.ctx.session.scalars(
            select(OutboxItem).where(OutboxItem.notice == notice).order_by(OutboxItem.id)
        )
        return [(row.person_id, row.user_id, row.params) for row in rows]

    def noted(self, action: str) -> Sequence[AuditEntry]:
        self.ctx.session.flush()
        return self.ctx.session.scalars(
            select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
        ).all()


@pytest.fixture
def house(ctx: Ctx, clock: FixedClock) -> House:
    return House(ctx, clock)
