"""Sends every payload from every account that it is not meant for, and collects what is wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, select

from bot.models.broadcasts import Audience, Broadcast
from bot.models.chats import Chat
from bot.models.forms import Draft
from bot.models.qualifications import Evidence
from bot.people import access
from bot.people.access_table import Action
from handlers.common.routes import ROUTES, RouteKind
from handlers.edge.middleware import Outgoing
from scripts.trespass import payloads, watch
from scripts.trespass.hand import Hand
from scripts.trespass.oracle import Oracle, Sender
from scripts.trespass.payloads import Payload
from scripts.trespass.walker import MOST_OF_A_SHAPE, Walk, Walker
from scripts.trespass.world import CENTRAL, OTHER, VICTIM, World

WALKED = ("director", "chief", "unit", "trainer", "focal", "officer1", "desk")
SENDING = ("director", "chief", "unit", "trainer", "focal", "officer1")
BLIND = ("leaver", "newcomer", "stranger")
EVERYWHERE = frozenset(
    {
        Action.EDIT_PEOPLE,
        Action.NOMINATE,
        Action.SEE_QUALIFICATIONS,
        Action.READ_NEEDS,
        Action.NOTE_PERFORMANCE,
    }
)
"""What HR may do in every region."""
PHONE = "+85512999999"
LARGEST_ID = 60
SMALLEST_DRAFT = 10_000
"""Drafts have random numbers; everything else in these worlds is counted from one."""
LISTS = frozenset({"bcs", "bcoks", "auds", "evids", "evidq"})
"""Where the first number is that of a page."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How much of everything is sent, by how many each; None is all of it, by everybody.
    `walked` are those whose walks find what there is; of buttons that look alike they press
    `pressed_of_a_shape`.
    """

    seed: int
    walked: Sequence[str] = WALKED
    pressed_of_a_shape: int = MOST_OF_A_SHAPE
    senders: int | None = None
    of_a_shape: int | None = None
    ids_of_a_shape: int | None = None
    altered: int | None = None


@dataclass(slots=True)
class Findings:
    """How often each route was tried, which of them with what a walk has met, and what went
    wrong, with one example of each fault.
    """

    tried: Counter[tuple[RouteKind, str]] = field(default_factory=Counter)
    met: set[tuple[RouteKind, str]] = field(default_factory=set)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """How often something was sent."""
        return self.tried.total()

    @property
    def missing(self) -> list[str]:
        """Routes that nothing was sent to."""
        return [f"{kind} {name}" for kind, name in ROUTES if not self.tried[kind, name]]

    @property
    def guessed(self) -> list[str]:
        """Routes that no walk has met: what was sent to them was made up."""
        return sorted(name for _kind, name in ROUTES.keys() & (self.tried.keys() - self.met))


def walk_all(
    world: World,
    session: Session,
    who: Iterable[str] = WALKED,
    pressed_of_a_shape: int = MOST_OF_A_SHAPE,
) -> list[Walk]:
    """The walks of these people of the first region or of headquarters, and of a newcomer."""
    accounts = {**world.accounts, **world.regions[VICTIM].accounts}
    walker = Walker(Hand(world, session), pressed_of_a_shape)
    walks = [walker.walk(key, accounts[key]) for key in who]
    return [*walks, walker.walk("newcomer", world.accounts["newcomer"], most_deep=0)]


def senders(world: World, session: Session) -> list[Sender]:
    """Everybody who should reach nothing of the first region, with the actions of their roles."""
    accounts = world.regions[OTHER].accounts
    found = [_sender(world, session, key, accounts[key], OTHER) for key in SENDING]
    for key, mark in (("leaver", ""), ("newcomer", OTHER), ("stranger", "")):
        found.append(_sender(world, session, key, world.accounts[key], mark))
    return [*found, _sender(world, session, "records", world.accounts["records"], CENTRAL)]


def drafts(session: Session) -> frozenset[int]:
    """The drafts that there are."""
    found = session.exec(select(Draft.id)).all()
    return frozenset(number for number in found if number is not None)


def there(session: Session) -> Callable[[str], bool]:
    """Whether the draft, message, audience or certificate that an action is about exists."""
    known = drafts(session)
    made = {
        prefix: frozenset(session.exec(select(table.id)).all())
        for prefix, table in (("bc", Broadcast), ("aud", Audience), ("evid", Evidence))
    }

    def is_there(action: str) -> bool:
        name, *parts = action.split(":")
        numbers = [int(part) for part in parts if part.isdigit()]
        rows = next((rows for prefix, rows in made.items() if name.startswith(prefix)), None)
        if rows is not None and numbers and name not in LISTS and numbers[0] not in rows:
            return False
        return all(number < SMALLEST_DRAFT or number in known for number in numbers)

    return is_there


def payloads_of(
    world: World, session: Session, run: Chosen
) -> tuple[list[Payload], list[Payload]]:
    """What was shown to somebody with all that routes say, and the same with parts altered."""
    chance = random.Random(run.seed)
    walks = walk_all(world, session, run.walked, run.pressed_of_a_shape)
    real = payloads.shown(walks, there(session), run.of_a_shape)
    real += payloads.from_routes(world.spent_token, {one.route for one in real})
    ids = [*range(1, LARGEST_ID), *sorted(drafts(session))]
    altered = list(payloads.altered(real, ids, chance, run.ids_of_a_shape))
    if run.altered is not None:
        altered = chance.sample(altered, min(run.altered, len(altered)))
    return real, altered


def try_all(
    world: World,
    session: Session,
    who: Sequence[Sender],
    sent: Sequence[Payload],
    each: int | None = None,
) -> Findings:
    """Send each payload from each sender, or from `each` many of them in turn; nothing is left of
    it.
    """
    findings, oracle, hand = Findings(), Oracle(world), Hand(world, session)
    watch.forget(session)  # what was noted on the way would come back after each attempt
    for place, sender in enumerate(who):
        for number, payload in enumerate(sent):
            if each is not None and (number + place) % len(who) >= each:
                continue
            findings.tried[payload.route] += 1
            if not payload.guessed:
                findings.met.add(payload.route)
            for fault in _attempt(hand, oracle, sender, payload):
                key = (fault, " ".join(payload.route))
                findings.faults.setdefault(key, f"{sender.key} sends {payload}")
    return findings


def _attempt(hand: Hand, oracle: Oracle, sender: Sender, payload: Payload) -> list[str]:
    with watch.undone(hand.session):
        watch.forget(hand.session)
        try:
            outgoing = _send(hand, sender.user_id, payload)
        except Exception as error:  # noqa: BLE001  a bug is what is looked for
            return [f"{type(error).__name__}: {str(error)[:200]}"]
        return oracle.faults(sender, payload, outgoing, watch.changes(hand.session))


def _send(hand: Hand, user_id: int, payload: Payload) -> Outgoing:
    if payload.kind is RouteKind.PRESS:
        return hand.press_current(user_id, payload.words)
    if payload.kind is RouteKind.COMMAND:
        return hand.command(user_id, payload.name, payload.words)
    if payload.kind is RouteKind.FILE:
        if payload.name:
            hand.expect(user_id, payload.name)
            watch.forget(hand.session)
        return hand.send_file(user_id, hand.world.blob_id)
    if payload.name == "contact":
        return hand.share(user_id, PHONE, user_id + 1)
    hand.expect(user_id, payload.name)
    watch.forget(hand.session)
    return hand.say(user_id, payload.words)


def _sender(world: World, session: Session, key: str, user_id: int, mark: str) -> Sender:
    chat = session.get(Chat, user_id)
    person_id = chat.person_id if chat is not None else None
    roles = access.roles_of(session, person_id, world.clock.now().date())
    actions = frozenset(action for action in Action if access.allows(roles, action))
    if key in BLIND:
        actions = frozenset() if key != "newcomer" else actions
    everywhere = actions & EVERYWHERE if key == "records" else frozenset()
    return Sender(key, user_id, person_id, mark, actions, everywhere, blind=key in BLIND)
