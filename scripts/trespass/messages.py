"""Messages to many of a region, each as far as another, and the audiences that they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import select

from bot import policy
from bot.campaigns.audiences import saved
from bot.campaigns.audiences.counting import Reached
from bot.campaigns.broadcasts import drafting, sending
from bot.context import Actor, Ctx
from bot.models.broadcasts import (
    Broadcast,
    BroadcastKind,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)
from bot.models.system import Blob
from bot.scheduler.registry import JOBS

AUDIENCES = {"Everybody": "everybody", "Of these, readers of English": "language en"}
"""Audiences are the same for everybody who sends to many: they name nobody."""
BUTTONS = ("enrol", "answer", "read")
FORM = "everything_asked"
DRAFT, WAITING, SENT, PAUSED = "draft", "waiting", "sent", "paused"


def add_audiences(ctx: Ctx, made_by: int) -> None:
    """Save the audiences, and have messages to more than one approved."""
    unit = replace(ctx, actor=Actor(made_by, zone=ctx.actor.zone))
    for name, rule in AUDIENCES.items():
        saved.create(unit, name, rule)
    policy.change(ctx, "broadcast_second_eyes", "1")


def write(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    """A draft, one that waits for the director, and two emergencies, which need no approval."""
    unit = replace(ctx, actor=Actor(people["unit"], zone=ctx.actor.zone))
    for name in (DRAFT, WAITING, SENT, PAUSED):
        is_news = name in (DRAFT, WAITING)
        kind = BroadcastKind.NEWS if is_news else BroadcastKind.EMERGENCY
        made = drafting.create(unit, f"To {name} in {mark}", kind, 'audience "Everybody"')
        drafting.set_text(unit, made.id, "en", f"What everybody in {mark} has to know.")
        drafting.set_fallback(unit, made.id, "en")
        drafting.set_class(unit, made.id, class_id)
        drafting.set_form(unit, made.id, FORM)
        drafting.set_buttons(unit, made.id, BUTTONS)
        if name != DRAFT:
            sending.send(unit, made.id)
        else:
            drafting.set_text(unit, made.id, "km", f"{mark}: អ្វី\u200bដែល\u200bត្រូវ\u200bដឹង")
            _add_file(unit, made.id)
    JOBS["broadcasts"].run(ctx)


def _add_file(ctx: Ctx, broadcast_id: int) -> None:
    blob = Blob(
        name="map.pdf",
        mime="application/pdf",
        content=b"%PDF-1.4",
        made_at=ctx.now(),
        owner_id=ctx.actor.person_id,
    )
    ctx.session.add(blob)
    ctx.session.flush()
    assert blob.id is not None
    drafting.set_file(ctx, broadcast_id, blob.id, is_photo=False)


def send_out(ctx: Ctx) -> None:
    """What was looked up by the worker goes to the courier; some of it is paused."""
    JOBS["broadcasts"].run(ctx)
    running = select(Broadcast).where(Broadcast.state == BroadcastState.SENDING)
    for row in ctx.session.exec(running).all():
        if row.title.startswith(f"To {PAUSED}") and row.id is not None:
            sending.pause(ctx, row.id)
    for row in ctx.session.exec(running).all():
        _end(ctx, row)
    JOBS["broadcasts"].run(ctx)


def _end(ctx: Ctx, row: Broadcast) -> None:
    """Everybody has got it but one, who cannot be reached: no courier runs in these worlds."""
    people = ctx.session.exec(
        select(BroadcastRecipient)
        .where(BroadcastRecipient.broadcast_id == row.id)
        .order_by(BroadcastRecipient.id)
    ).all()
    for place, one in enumerate(people):
        one.state = RecipientState.SENT if place else RecipientState.DROPPED
        one.reason = "" if place else "not linked to a chat"
        one.reach = one.reach if place else Reached.NEVER
    ctx.session.flush()
