"""Walks from every command and every notice to every button that an account is ever shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.delivery.notices.registry import NOTICES, Drop, Item, Reader
from bot.encoder import Encoded, encode, split_revision
from bot.models.chats import Chat
from bot.models.delivery import OutboxItem
from handlers.common.routes import ROUTES, RouteKind
from handlers.edge.middleware import Outgoing
from scripts.trespass.hand import Hand
from scripts.trespass.watch import undone

MOST_DEEP = 14
NEAR = 6
"""So far everything is looked at first, by the shortest way; farther on by any."""
MOST_OF_A_SHAPE = 3
OF_MANY_STATES = {
    "class": 24, "classguests": 24, "member": 12, "bc": 8, "evidc": 6, "t": 12, "c": 12,
    "impact": 24, "impactc": 24, "lots": 24, "cmts": 12, "qualp": 12, "qualway": 24,
    "outl": 12, "outlread": 6, "plano": 8, "planlife": 8, "pline": 8, "plancoh": 8, "nround": 8,
}  # fmt: skip
"""Pages whose buttons depend on how far a class has come, or on what is asked: more of them are
opened.
"""
TYPED = ("3", "words", "2026-03-20", "VAL", "30", "Asia/Phnom_Penh")


@dataclass(slots=True)
class Walk:
    """What one account was shown: actions of buttons, questions of screens, all its words."""

    key: str
    user_id: int
    actions: dict[str, None] = field(default_factory=dict)
    asks: dict[str, None] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def shape_of(action: str) -> tuple[str, ...]:
    """An action with its numbers left out."""
    prefix, *rest = action.split(":")
    return (prefix, *("#" if part.strip("iv").isdigit() else part for part in rest))


class Walker:
    """Walks for one account at a time; nothing is left of what it did."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._most_deep = MOST_DEEP
        self._nearest: dict[str, int] = {}

    def walk(self, key: str, user_id: int, most_deep: int = MOST_DEEP) -> Walk:
        """Everything shown to this account, by commands, by notices, and by what follows."""
        walk = Walk(key, user_id)
        for deep in sorted({min(NEAR, most_deep), most_deep}):
            self._most_deep = deep
            self._from_the_start(walk, user_id)
        return walk

    def _from_the_start(self, walk: Walk, user_id: int) -> None:
        tried: Counter[tuple[str, ...]] = Counter()
        self._nearest.clear()
        for encoded in self._notices(user_id):
            self._see(walk, encoded)
            self._follow(walk, tried, encoded, 0)
        for kind, name in list(ROUTES):
            if kind is RouteKind.COMMAND:
                with undone(self._hand.session):
                    self._on(walk, tried, self._hand.command(user_id, name), 0)
        with undone(self._hand.session):
            self._on(walk, tried, self._hand.send_file(user_id, self._hand.world.blob_id), 0)

    def _on(self, walk: Walk, tried: Counter[tuple[str, ...]], got: Outgoing, deep: int) -> None:
        walk.words.append(got.toast)
        if got.encoded is None:
            return
        self._see(walk, got.encoded)
        self._follow(walk, tried, got.encoded, deep)
        if got.encoded.asks and deep < self._most_deep:
            self._type(walk, tried, got.encoded.asks, deep)

    def _see(self, walk: Walk, encoded: Encoded) -> None:
        walk.words.append(encoded.text)
        for label, data in buttons(encoded):
            walk.words.append(label)
            walk.actions[split_revision(data)[0]] = None
        if encoded.asks:
            walk.asks[encoded.asks] = None

    def _follow(
        self, walk: Walk, tried: Counter[tuple[str, ...]], encoded: Encoded, deep: int
    ) -> None:
        for _label, data in buttons(encoded):
            action = split_revision(data)[0]
            shape = shape_of(action)
            most = OF_MANY_STATES.get(shape[0], MOST_OF_A_SHAPE)
            is_new = not tried[action,]
            if deep >= self._most_deep or (is_new and tried[shape] >= most):
                continue
            if not is_new and not self._is_shorter(action, deep):
                continue
            tried[shape] += is_new
            tried[action,] += 1
            self._nearest[action] = deep
            with undone(self._hand.session):
                self._on(walk, tried, self._hand.press(walk.user_id, data), deep + 1)

    def _is_shorter(self, action: str, deep: int) -> bool:
        """Whether a button that was pressed already is met on a shorter way, near the start."""
        return self._most_deep <= NEAR and deep < self._nearest[action]

    def _type(self, walk: Walk, tried: Counter[tuple[str, ...]], asks: str, deep: int) -> None:
        for words in TYPED:
            if tried["typed", asks, words]:
                continue
            tried["typed", asks, words] += 1
            with undone(self._hand.session):
                self._on(walk, tried, self._hand.say(walk.user_id, words), deep + 1)

    def _notices(self, user_id: int) -> list[Encoded]:
        session, world = self._hand.session, self._hand.world
        person_id = session.execute(select(Chat.person_id).where(Chat.user_id == user_id)).scalar()
        if person_id is None:
            return []
        reader = Reader(user_id, person_id, "en", world.settings.timezone, world.clock.now())
        actor = Actor(person_id, user_id, "en", reader.zone)
        ctx = Ctx(session, world.clock, actor, world.settings)
        rows = session.exec(select(OutboxItem).where(OutboxItem.person_id == person_id)).all()
        found = []
        for row in rows:
            notice = NOTICES[row.notice]
            items: Sequence[Item] = [Item(row.id or 0, row.params, row.due_at)]
            items = notice.holds(ctx, items) if notice.holds is not None else items
            if not items:
                continue
            screen = notice.render(ctx, items, reader)
            if not isinstance(screen, Drop):
                found.append(encode(screen, "en"))
        return found


def buttons(encoded: Encoded) -> list[tuple[str, str]]:
    """Label and data of every button of a message."""
    rows = (encoded.reply_markup or {}).get("inline_keyboard", [])
    return [
        (button["text"], button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]
