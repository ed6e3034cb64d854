"""Walks from every command and every notice to every button that an account is ever shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

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
NEAR = 3
"""So far a walk goes in circles about its start; farther on straight ahead, which is quicker."""
MOST_OF_A_SHAPE = 3
MOST_TYPED = 3
OF_MANY_STATES = {
    "class": 24, "classguests": 24, "member": 12, "bc": 8, "evidc": 6, "t": 12, "c": 12,
    "impact": 24, "impactc": 24, "lots": 24, "cmts": 12, "qualp": 12, "qualway": 24,
    "course": 12, "outl": 12, "outlread": 6, "plano": 8, "planlife": 8, "pline": 8, "plancoh": 8,
    "nround": 8,
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


class Tried:
    """What a walk has pressed and typed: of many that look alike it takes a few."""

    def __init__(self, most_of_a_shape: int) -> None:
        self._most = most_of_a_shape
        self._pressed: set[str] = set()
        self._typed: Counter[tuple[str, ...]] = Counter()
        self._of_a_shape: Counter[tuple[str, ...]] = Counter()

    def is_new(self, action: str) -> bool:
        """Whether a button is to be pressed; from now on it counts as pressed."""
        shape = shape_of(action)
        most = OF_MANY_STATES.get(shape[0], self._most)
        if action in self._pressed or self._of_a_shape[shape] >= most:
            return False
        self._pressed.add(action)
        self._of_a_shape[shape] += 1
        return True

    def is_new_word(self, asks: str, words: str) -> bool:
        """Whether words are to be typed where this is asked, in whatever draft; from now on they
        count as typed.
        """
        kind = (*shape_of(asks), words)
        self._typed[kind] += 1
        return self._typed[kind] <= MOST_TYPED


def shape_of(action: str) -> tuple[str, ...]:
    """An action with its numbers left out."""
    prefix, *rest = action.split(":")
    return (prefix, *("#" if part.strip("iv").isdigit() else part for part in rest))


@dataclass(slots=True)
class _Place:
    """A step from the screen before; what can be done after it is known once it was taken."""

    take: Callable[[Encoded | None], Outgoing]
    further: list[_Place] | None = None
    is_typed: bool = False


class Walker:
    """Walks for one account at a time, near things first; nothing is left of what it did.

    Of buttons that look alike it presses `most_of_a_shape`.
    """

    def __init__(self, hand: Hand, most_of_a_shape: int = MOST_OF_A_SHAPE) -> None:
        self._hand = hand
        self._most = most_of_a_shape

    def walk(self, key: str, user_id: int, most_deep: int = MOST_DEEP) -> Walk:
        """Everything shown to this account, by commands, by notices, and by what follows, each
        by the shortest way: on a longer one it would already have been changed.
        """
        walk, tried = Walk(key, user_id), Tried(self._most)
        places = self._starts(user_id)
        for _deep in range(min(most_deep, NEAR) + 1):
            places = self._further(walk, tried, places, None)
        if most_deep > NEAR:
            self._further(walk, tried, places, None, most_deep)
        return walk

    def _starts(self, user_id: int) -> list[_Place]:
        found = [
            _Place(partial(self._open, Outgoing(user_id, encoded=encoded)))
            for encoded in self._notices(user_id)
        ]
        found += [
            _Place(partial(self._command, user_id, name))
            for kind, name in ROUTES
            if kind is RouteKind.COMMAND
        ]
        return [*found, _Place(partial(self._send_file, user_id))]

    def _further(
        self,
        walk: Walk,
        tried: Tried,
        places: Iterable[_Place],
        before: Encoded | None,
        at_once: int = 0,
    ) -> list[_Place]:
        """Take the way to each place once more, and look at those beyond, or `at_once` at what is
        so many steps from here; what leads on. Once words have answered a question, no others
        are typed there.
        """
        leading_on: list[_Place] = []
        is_answered = False
        for place in places:
            is_new = place.further is None
            if place.is_typed and is_new and is_answered:
                continue
            with undone(self._hand.session):
                got = place.take(before)
                if place.further is None:
                    place.further = self._look(walk, tried, got)
                if at_once > 0 or not is_new:
                    place.further = self._further(
                        walk, tried, place.further, got.encoded, at_once - 1
                    )
            is_answered = is_answered or (place.is_typed and _leads_on(before, got.encoded))
            if place.further:
                leading_on.append(place)
        return leading_on

    def _look(self, walk: Walk, tried: Tried, got: Outgoing) -> list[_Place]:
        """Note what is shown; the buttons of it that are new, and what can be typed."""
        walk.words.append(got.toast)
        if got.encoded is None:
            return []
        found = []
        walk.words.append(got.encoded.text)
        for number, (label, data) in enumerate(buttons(got.encoded)):
            action = split_revision(data)[0]
            walk.words.append(label)
            walk.actions[action] = None
            if tried.is_new(action):
                found.append(_Place(partial(self._press, walk.user_id, number)))
        if asks := got.encoded.asks:
            walk.asks[asks] = None
            new = [words for words in TYPED if tried.is_new_word(asks, words)]
            found += [
                _Place(partial(self._say, walk.user_id, words), is_typed=True) for words in new
            ]
        return found

    def _open(self, notice: Outgoing, _before: Encoded | None) -> Outgoing:
        return notice

    def _command(self, user_id: int, name: str, _before: Encoded | None) -> Outgoing:
        return self._hand.command(user_id, name)

    def _send_file(self, user_id: int, _before: Encoded | None) -> Outgoing:
        return self._hand.send_file(user_id, self._hand.world.blob_id)

    def _press(self, user_id: int, number: int, before: Encoded | None) -> Outgoing:
        """The button at this place: a draft has another number each time it is begun."""
        assert before is not None
        return self._hand.press(user_id, buttons(before)[number][1])

    def _say(self, user_id: int, words: str, _before: Encoded | None) -> Outgoing:
        return self._hand.say(user_id, words)

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


def _leads_on(before: Encoded | None, after: Encoded | None) -> bool:
    """Whether words were an answer: something else is asked now."""
    return before is not None and after is not None and before.asks != after.asks


def buttons(encoded: Encoded) -> list[tuple[str, str]]:
    """Label and data of every button of a message."""
    rows = (encoded.reply_markup or {}).get("inline_keyboard", [])
    return [
        (button["text"], button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]
