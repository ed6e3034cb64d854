"""Judges one attempt: no effect on others, no word about them, an answer, kept in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import select

from bot.i18n import render
from bot.models.training import Enrolment
from bot.people import access
from bot.people.access_table import Action
from handlers.common.routes import ROUTES, RouteKind
from handlers.edge.middleware import Outgoing
from scripts.trespass.payloads import Payload
from scripts.trespass.region import Region
from scripts.trespass.walker import buttons
from scripts.trespass.watch import Change
from scripts.trespass.world import CENTRAL, OTHER, VICTIM, World

ALWAYS = frozenset({"seen_update", "audit_entry"})
OWN = frozenset({"chat", "draft", "asked"})
REFUSED = "access.refused"
OFFER = frozenset(
    {
        (RouteKind.COMMAND, "courses"),
        (RouteKind.TEXT, "co"),
        (RouteKind.PRESS, "co"),
        (RouteKind.PRESS, "coone"),
        (RouteKind.PRESS, "c"),
        (RouteKind.PRESS, "myq1"),
    }
)
"""Where officers find classes of every region: what a class is, and nobody on its list."""

SHARED = "aud"
"""What buttons about audiences begin with: everybody who sends to many has the same."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who tries: may know nothing of other `marks`, and may do what `actions` say there."""

    key: str
    user_id: int
    person_id: int | None
    mark: str
    actions: frozenset[Action]
    everywhere: frozenset[Action] = frozenset()
    blind: bool = False


class Oracle:
    """Knows whose every row is."""

    def __init__(self, world: World) -> None:
        self._people: dict[int, str] = {}
        self._units: dict[int, str] = {}
        self._classes: dict[int, str] = {}
        self._offered: list[str] = []
        for region in world.regions.values():
            self._people |= dict.fromkeys(region.people.values(), region.mark)
            self._units |= dict.fromkeys(region.units.values(), region.mark)
            self._classes |= dict.fromkeys(region.classes.values(), region.mark)
            self._offered += _offered(region)
        with world.database.transaction(readonly=True) as session:
            rows = session.exec(select(Enrolment.id, Enrolment.person_id))
            self._enrolments = {
                number: self._people.get(person_id, CENTRAL) for number, person_id in rows
            }

    def faults(
        self, sender: Sender, payload: Payload, outgoing: Outgoing, changes: Sequence[Change]
    ) -> list[str]:
        """What is wrong with how an attempt ended; nothing if all is well."""
        route = ROUTES.get(payload.route)
        needs = route.action if route is not None else None
        allowed = needs is None or needs in sender.actions
        found = [
            f"changed {change.table} of {self._owner(change)}"
            for change in changes
            if not self._is_free(sender, change, needs, allowed=allowed)
        ]
        found += [f"told of {mark}" for mark in self._told(sender, payload, needs, outgoing)]
        refused = any(
            change.table == "audit_entry" and change.row["action"] == REFUSED for change in changes
        )
        if not allowed and not refused:
            found.append("a refusal that the audit does not hold")
        may_miss = refused or needs in {None, *sender.everywhere}
        is_done = any(change.table not in ALWAYS | OWN for change in changes)
        if allowed and not may_miss and not is_done and _is_turned_away(payload, outgoing):
            found.append("turned away, and the audit does not hold it")
        return found + _impolite(outgoing, refused=refused)

    def _is_free(
        self, sender: Sender, change: Change, needs: Action | None, *, allowed: bool
    ) -> bool:
        if change.table in ALWAYS:
            return True
        if change.table in OWN and change.row["user_id"] == sender.user_id:
            return allowed or change.table != "draft"
        if not allowed or sender.blind:
            return False
        return needs in sender.everywhere or self._owner(change) in (sender.mark, CENTRAL)

    def _told(
        self, sender: Sender, payload: Payload, needs: Action | None, outgoing: Outgoing
    ) -> list[str]:
        if needs is not None and needs in sender.everywhere:
            return []
        words = said(outgoing)
        offered = self._offered if payload.route in OFFER and not sender.blind else []
        posts = [
            f"Inspector {mark}" for mark in (VICTIM, OTHER)
        ]  # the whole house's, as are courses
        for known in (payload.words, payload.name, *offered, *posts):
            words = words.replace(known, "") if known else words
        secret = {VICTIM, OTHER, CENTRAL} if sender.blind else {VICTIM, OTHER}
        return [mark for mark in sorted(secret - {sender.mark}) if mark in words]

    def _owner(self, change: Change) -> str:
        """The mark of the region a row belongs to; what belongs to none is headquarters'."""
        row = change.row
        person = row.get("id") if change.table == "person" else row.get("person_id")
        if change.table == "broadcast":
            person = row.get("made_by")
        person = person or row.get("requested_by") or _person_of(row.get("user_id"))
        if row.get("enrolment_id") in self._enrolments:
            return self._enrolments[row["enrolment_id"]]
        if person is not None:
            return self._people.get(person) or self._units.get(row.get("unit_id") or 0, CENTRAL)
        about = row.get("id") if change.table == "training_class" else row.get("class_id")
        owner = self._classes.get(about or 0) or self._units.get(row.get("unit_id") or 0)
        return owner or CENTRAL


def _offered(region: Region) -> list[str]:
    """What every officer may know of a region's classes: code, place, trainer, coordinator."""
    codes = [f"{region.mark}-{name}" for name in region.classes]
    people = [f"{who} {region.mark}" for who in ("Trainer", "Unit")]
    return [*codes, *people, f"Hall of {region.mark}"]


def _is_turned_away(payload: Payload, outgoing: Outgoing) -> bool:
    """Whether something that is there was asked for, and only a sentence came."""
    shared = payload.words.startswith(SHARED)
    about = not shared and any(part.isdigit() for part in payload.words.split(":"))
    only_told = outgoing.encoded is None
    return payload.kind is RouteKind.PRESS and payload.real and about and only_told


def said(outgoing: Outgoing) -> str:
    """All words that somebody sees of an answer."""
    if outgoing.encoded is None:
        return outgoing.toast
    labels = [label for label, _data in buttons(outgoing.encoded)]
    return "\n".join([outgoing.toast, outgoing.encoded.text, *labels])


def _impolite(outgoing: Outgoing, *, refused: bool) -> list[str]:
    """Who is told that they may not is in the audit, and who is in the audit was told."""
    sentence = render(access.NOT_ALLOWED, "en")
    if sentence in said(outgoing) and not refused:
        return ["told no, and the audit does not hold it"]
    if "Something went wrong" in said(outgoing):
        return ["an apology for a bug"]
    if not said(outgoing):
        return ["no answer"]
    return []


def _person_of(user_id: int | None) -> int | None:
    return user_id - 100_000 if user_id is not None and 100_000 < user_id < 900_000 else None
