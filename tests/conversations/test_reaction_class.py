"""From the end of a class to its report: trainees answer, the unit and the trainer read."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.models.chats import Chat
from bot.people import privacy
from tests import cast
from tests.conversations.stage import Stage


@pytest.fixture
async def stage(tmp_path, settings, clock):
    stage = Stage(tmp_path, settings, clock, cast.telegram_cast())
    await stage.open()
    yield stage
    await stage.close()


async def test_x(stage):
    from tests.conversations.stage import Actor
    old=Actor.say
    async def say(self, words, reply_to=None):
        self._stage.clock.advance(seconds=5)
        await old(self, words, reply_to)
    Actor.say=say
    people={}
    with stage.database.transaction() as session:
        ids = cast.settle_cast(stage.ctx(session))
        cast.hold_class(stage.ctx(session), ids, dt.date(2026, 3, 2))
        for m in cast.MEMBERS:
            a = people[m.key] = stage.actor(m.key)
            session.add(Chat(user_id=a.phone.id, person_id=ids[m.key], language="en", linked_at=stage.clock.now(), privacy_version=privacy.VERSION))
    for a in people.values(): await a.say("/start")
    stage.lines.clear()
    try:
        await stage.move(hours=9)
        d=people["dara"]
        await d.press("Answer now")
        await d.press("Begin")
        for i in range(8): await d.press("5")
        await d.say("The case studies")
        await d.press("Skip")
        await d.press("Submit")
        for k,v in (("rith","4"),("maly","2"),("bopha","3"),("bilal","4")):
            p=people[k]
            await p.press("Answer now"); await p.press("Begin")
            for i in range(8): await p.press(v)
            await p.say(f"Remark of {k}"); await p.press("Skip"); await p.press("Submit")
        t=people["trainer"]
        await t.press("Answer now"); await t.press("Begin")
        for i in range(3): await t.press("4")
        await t.say("A lively group"); await t.say("Dara"); 
        await t.press("Sok Dara, 1011, Poipet")
        await t.say("Asked good questions"); await t.press("Submit")
        u=people["unit"]
        await u.say("/classes")
        await u.press("VAL-1 Customs Valuation, Feb 26, 2026")
        await u.forge("rep:1")
        await stage.move(days=8)
        await u.press("Make the report")
        await u.forge("remarks:1")
        await u.forge("members:1:0")
        await t.press("Make the report")
        await people["director"].say("/reports")
    finally:
        print(stage.transcript)
