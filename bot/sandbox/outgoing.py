"""What a phone sends: at once, when it is online again, or when a bad link lets it through."""

from __future__ import annotations

import datetime as dt

from bot.sandbox import objects, views
from bot.sandbox.errors import PageError
from bot.sandbox.records import BOT, PERSON, Json, PendingMessage, Phone
from bot.sandbox.world import World


def send(world: World, phone: Phone, content: Json, reply_to: int | None = None) -> None:
    """Send a message as far as phone and link allow; the rest waits in the app.

    Refuses while the person has blocked the bot.
    """
    check_not_blocked(phone)
    now = world.clock.now().timestamp()
    delays = world.faults.delays(phone.id)
    if not delays:
        world.journal.note(phone.id, "lost", content=content)
    for delay in delays:
        due = _in_order(world, phone, now + delay)
        if phone.offline or due > now:
            _queue(world, phone, content, reply_to, due)
        else:
            _deliver(world, phone, content, reply_to)


def send_due(world: World, phone: Phone) -> None:
    """Send what waits in the app of an online phone and whose time has come, in order."""
    now = world.clock.now().timestamp()
    due = sorted((item for item in phone.pending if item.due <= now), key=lambda item: item.due)
    if phone.offline or not due:
        return
    phone.pending = [item for item in phone.pending if item.due > now]
    for item in due:
        world.events.publish("delete", phone=phone.id, id=item.id)
        _deliver(world, phone, item.content, item.reply_to)
    world.phone_changed(phone)


def send_all_due(world: World) -> None:
    """The same for every phone; a harness that moves a clock calls it, the server by itself."""
    for phone in list(world.phones.values()):
        if phone.pending:
            send_due(world, phone)


def next_due(world: World) -> dt.datetime | None:
    """When the next late message of an online phone gets through."""
    waiting = [one.due for p in world.phones.values() if not p.offline for one in p.pending]
    return dt.datetime.fromtimestamp(min(waiting), dt.UTC) if waiting else None


def check_not_blocked(phone: Phone) -> None:
    if phone.blocked:
        raise PageError("This person has blocked the bot; unblock it first.")


def _in_order(world: World, phone: Phone, due: float) -> float:
    """An app sends one after the other: what is late holds up what follows."""
    if world.faults.overtaking(phone.id):
        return due
    return max([due, *(item.due for item in phone.pending)])


def _queue(world: World, phone: Phone, content: Json, reply_to: int | None, due: float) -> None:
    phone.last_pending_id -= 1
    item = PendingMessage(phone.last_pending_id, content, world.timestamp(), reply_to, due)
    phone.pending.append(item)
    world.journal.note(
        phone.id, "written", content=content, reply_to=reply_to, pending=item.id, due=due
    )
    world.events.publish("message", phone=phone.id, message=views.pending_message(item))
    world.phone_changed(phone)


def _deliver(world: World, phone: Phone, content: Json, reply_to: int | None) -> None:
    first, phone.started = not phone.started, True
    if first:
        world.phone_changed(phone)
    screen = _newest_screen(world, phone)
    message = world.add_message(phone, PERSON, content, reply_to=reply_to)
    _put_away_keyboard(world, phone)
    number = world.updates.add("message", objects.message(world, message))
    world.journal.note(
        phone.id, "sent", content=content, reply_to=reply_to, message_id=message.id,
        update_id=number, screen=screen,
    )  # fmt: skip


def _newest_screen(world: World, phone: Phone) -> Json | None:
    if not world.journal.keeping:
        return None
    drawn = (one.shown for one in reversed(world.chats[phone.id].values()) if one.sender == BOT)
    return next((shown for shown in drawn if shown is not None), None)


def _put_away_keyboard(world: World, phone: Phone) -> None:
    if phone.keyboard and phone.keyboard["one_time"]:
        phone.keyboard = None
        world.keyboard_changed(phone)
