"""A message to many against a server that throttles, fails, cuts connections and dies."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from bot.campaigns.broadcasts import correcting, drafting, feeding, reporting, sending
from bot.context import Actor, Ctx
from bot.delivery.claim import claim
from bot.models.broadcasts import Broadcast, BroadcastState, RecipientState
from bot.models.delivery import ItemState, OutboxItem
from bot.models.system import Blob
from bot.sandbox.faults import Fault
from tests.cast import TRAINEES
from tests.conversations.conftest import stage  # noqa: F401  (a fixture)
from tests.conversations.stage import Stage

R = RecipientState
WHO = "staff 1011, 1012, 1013, 1014, 1015, 1016"
STEPS = 30


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30)).save(content, "PNG")
    return content.getvalue()


def acting(stage: Stage, session: object) -> Ctx:  # noqa: F811  (the fixture, handed on)
    ctx = stage.ctx(session)
    return Ctx(ctx.session, ctx.clock, Actor(stage.ids["unit"]), ctx.settings)


def sent_off(stage: Stage, with_picture: bool = False) -> int:  # noqa: F811
    with stage.database.transaction() as session:
        ctx = acting(stage, session)
        about = drafting.create(ctx, "Badges", drafting.BroadcastKind.NEWS, WHO).id
        drafting.set_text(ctx, about, "en", "Bring your badge.")
        if with_picture:
            blob = Blob(name="badge.jpg", content=picture(), made_at=ctx.now())
            blob.owner_id = stage.ids["unit"]
            session.add(blob)
            session.flush()
            assert blob.id is not None
            drafting.set_file(ctx, about, blob.id, is_photo=True)
        sending.send(ctx, about)
    return about


async def to_the_end(stage: Stage, about: int) -> None:  # noqa: F811
    for _step in range(STEPS):
        await stage.tick()
        with stage.database.transaction(readonly=True) as session:
            if session.get_one(Broadcast, about).ended_at is not None:
                await stage.tick()
                return
        await stage.move(seconds=6)
    raise AssertionError("it never ended")


def numbers(stage: Stage, about: int) -> dict[RecipientState, int]:  # noqa: F811
    with stage.database.transaction(readonly=True) as session:
        return dict(reporting.tally(acting(stage, session), about).states)


async def test_picture__sent_and_corrected__is_uploaded_once_and_its_words_change(
    stage: Stage,  # noqa: F811
    tmp_path: Path,
) -> None:
    phones = [await stage.join(who) for who in ("unit", *TRAINEES)]
    about = sent_off(stage, with_picture=True)
    await to_the_end(stage, about)
    with stage.database.transaction() as session:
        correcting.correct(acting(stage, session), about, {"en": "Bring badge and pen."})
    await to_the_end(stage, about)
    for actor in phones[1:]:
        (shown,) = [one for one in actor.phone.from_bot if one["photo"]]
        assert shown["text"].endswith("Bring badge and pen.")
    uploads = list((tmp_path / "telegram" / "telegram-files").iterdir())
    assert len(uploads) == 1
    assert numbers(stage, about) == {R.SENT: len(TRAINEES)}


async def test_faults__of_every_kind__each_recipient_ends_and_nobody_gets_it_twice(
    stage: Stage,  # noqa: F811
) -> None:
    phones = {who: await stage.join(who) for who in ("unit", *TRAINEES)}
    ids = {who: actor.phone.id for who, actor in phones.items()}
    plans = {
        "dara": Fault(method="sendMessage", chat=ids["dara"], code=429, times=2),
        "bopha": Fault(method="sendMessage", chat=ids["bopha"], code=502, times=1),
        "bilal": Fault(method="sendMessage", chat=ids["bilal"], cut=True, times=1),
        "rith": Fault(method="sendMessage", chat=ids["rith"], code=403, times=1),
        "maly": Fault(method="sendMessage", chat=ids["maly"], cut_before=True, times=1),
    }
    for fault in plans.values():
        stage.server.faults.plan(fault)
    about = sent_off(stage)
    await to_the_end(stage, about)
    got = Counter(
        who
        for who in TRAINEES
        for one in phones[who].phone.from_bot
        if one.get("text") == "Bring your badge."
    )
    assert got == {"dara": 1, "bilal": 1, "ayesha": 1}
    assert numbers(stage, about) == {R.SENT: 2, R.FAILED: 1, R.UNKNOWN: 3}
    assert "it is not known" in phones["unit"].phone.last["text"]
    stage.expected_refusals = [
        (refusal.method, refusal.description) for refusal in stage.server.refusals
    ]


async def test_killed__with_messages_in_hand__these_are_unknown_and_the_rest_arrives(
    stage: Stage,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phones = [await stage.join(who) for who in ("unit", *TRAINEES)]
    monkeypatch.setattr(feeding, "MOST_QUEUED", 2)
    about = sent_off(stage)
    await stage.tick()
    await stage.rollcall.scheduler.tick()
    with stage.database.transaction() as session:
        in_hand = [one for one in claim(stage.ctx(session)) if "badge" in one.encoded.text]
    await stage.restart()
    await to_the_end(stage, about)
    assert len(in_hand) == 2
    assert numbers(stage, about) == {R.SENT: len(TRAINEES) - 2, R.UNKNOWN: 2}
    got = [one for actor in phones for one in actor.phone.from_bot
           if one.get("text") == "Bring your badge."]  # fmt: skip
    assert len(got) == len(TRAINEES) - 2


async def test_progress__of_a_small_message__is_one_message_that_moves(
    stage: Stage,  # noqa: F811
) -> None:
    unit = (await stage.join("unit")).phone
    for who in TRAINEES:
        await stage.join(who)
    about = sent_off(stage)
    await to_the_end(stage, about)
    told = [one for one in unit.from_bot if "Badges" in one.get("text", "")]
    assert len(told) == 2
    assert all("Sent: Badges" in one["text"] for one in told)
    with stage.database.transaction(readonly=True) as session:
        shown = session.scalars(
            select(OutboxItem).where(OutboxItem.notice == "broadcast_progress")
        )
        assert {one.state for one in shown} == {ItemState.SENT}
        assert session.get_one(Broadcast, about).state is BroadcastState.DONE
