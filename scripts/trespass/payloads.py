"""What is sent: all that was ever shown, then the same with other ids, and with nonsense.

Nothing in here names a button: payloads come from walks, commands and questions from routes.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from handlers.common.routes import ROUTES, RouteKind
from scripts.trespass.walker import Walk, shape_of

LONG_NUMBER = "9" * 24
NONSENSE = ("", "0", "-1", "x", "²", "٣", "1.5", str(2**31), LONG_NUMBER, "%00", "🙂", "1 OR 1=1")
SEARCHES = ("Hall", "officer", "Post", "1")
COMMAND_WORDS = ("", "1", "x", "officer1")
MOST_GUESSED = 5


@dataclass(frozen=True, slots=True)
class Payload:
    """One thing to send: `name` is a command, or what a screen asks, `words` what is sent.

    It is `real` if it was shown, as it is, to somebody who may use it, and if what it is about
    is still there; `guessed` if no walk has met such a button.
    """

    kind: RouteKind
    name: str
    words: str
    real: bool = True
    guessed: bool = False

    @property
    def route(self) -> tuple[RouteKind, str]:
        """Which route should be met; it need not exist."""
        if self.kind is RouteKind.PRESS:
            return self.kind, self.words.partition(":")[0]
        return self.kind, self.name.partition(":")[0]


def shown(
    walks: Iterable[Walk], is_there: Callable[[str], bool], most_of_a_shape: int | None = None
) -> list[Payload]:
    """Every action shown to somebody, and every question with words to answer it.

    `is_there` says of an action whether what it is about exists; what was begun during a walk was
    undone with it.
    """
    counted: Counter[tuple[str, ...]] = Counter()
    found: dict[Payload, None] = {}
    for walk in walks:
        for action in walk.actions:
            shape = shape_of(action)
            counted[shape] += 1
            if most_of_a_shape is None or counted[shape] <= most_of_a_shape:
                real = is_there(action)
                found[Payload(RouteKind.PRESS, "", action, real=real)] = None
        for asks in walk.asks:
            shape = ("asks", asks.partition(":")[0])
            counted[shape] += 1
            if most_of_a_shape is None or counted[shape] <= most_of_a_shape:
                real = is_there(asks)
                for words in SEARCHES:
                    found[Payload(RouteKind.TEXT, asks, words, real=real)] = None
                if (RouteKind.FILE, asks.partition(":")[0]) in ROUTES:
                    found[Payload(RouteKind.FILE, asks, "", real=real)] = None
    return list(found)


def from_routes(spent_token: str, met: Collection[tuple[RouteKind, str]]) -> list[Payload]:
    """Every command with and without words, a file, words where no question was `met`, and
    buttons that no walk has met, with small numbers.
    """
    found = [
        Payload(kind, name, words)
        for kind, name in ROUTES
        if kind is RouteKind.COMMAND
        for words in (*COMMAND_WORDS, spent_token)
    ]
    found += [
        Payload(kind, name, "words")
        for kind, name in ROUTES
        if kind in (RouteKind.TEXT, RouteKind.FILE) and (kind, name) not in met
    ]
    found += [
        Payload(kind, "", words, real=False, guessed=True)
        for kind, name in ROUTES
        if kind is RouteKind.PRESS and (kind, name) not in met
        for number in range(1, MOST_GUESSED + 1)
        for words in (f"{name}:{number}", f"{name}:{number}:1", f"{name}:1:{number}")
    ]
    return found


def altered(
    payloads: Iterable[Payload], ids: list[int], chance: random.Random, most_ids: int | None
) -> Iterator[Payload]:
    """The first of each shape with each part another id, or nonsense, or not there."""
    done: set[tuple[str, ...]] = set()
    for payload in payloads:
        if payload.kind is not RouteKind.PRESS or shape_of(payload.words) in done:
            continue
        done.add(shape_of(payload.words))
        chosen = ids if most_ids is None else chance.sample(ids, min(most_ids, len(ids)))
        for words in _variants(payload.words.split(":"), [str(one) for one in chosen]):
            yield Payload(RouteKind.PRESS, "", words, real=False, guessed=payload.guessed)


def _variants(parts: list[str], ids: list[str]) -> Iterator[str]:
    for place in range(1, len(parts)):
        others = (*ids, *NONSENSE) if parts[place].isdigit() else NONSENSE
        for other in others:
            yield ":".join([*parts[:place], other, *parts[place + 1 :]])
        yield ":".join([*parts[:place], *parts[place + 1 :]])
    yield ":".join([*parts, "1"])
    yield ":".join([*parts, ""])
