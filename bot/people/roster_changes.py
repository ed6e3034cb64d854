"""What a file changes about people: who is new, moves, leaves, comes back or is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from bot.i18n import Percent, Text, _
from bot.imports.kinds import World
from bot.imports.plan import Inserts, Plan, UpdateSet, table_of, temporary_id
from bot.models.people import Person
from bot.people.roster_known import FIELDS, Roster, getter
from bot.people.roster_postings import Post, PostingBook
from bot.people.roster_spelling import search_texts
from bot.people.roster_units import UnitBook

SAMPLES = 5
SHARE_ASKED = 0.10
SPELLINGS = ("staff_no", "full_name", "names", "name_latin", "address_as")
POST = ("unit_id", "position", "supervisor_id")
LED_BY = ("supervisor_id", "acting_supervisor_id", "acting_until")
DEFAULTS: Mapping[str, object] = {
    name: None if name.endswith(("_on", "_since", "_until", "_id")) else "" for name in FIELDS
} | {"names": {}, "active": True}

Values = dict[str, Any]


class ChangeList:
    """Gathers the changes row by row; `plan` gives them all."""

    def __init__(self, world: World, roster: Roster, units: UnitBook) -> None:
        self._roster, self._units = roster, units
        self._postings = PostingBook(world.today)
        self._postings.load(world.session)
        self._updates = UpdateSet(table_of(Person))
        self._people = Inserts(table_of(Person), FIELDS)
        self._samples: dict[str, list[Text]] = {}
        self._ids: dict[str, list[int]] = {
            name: [] for name in ("new", "changed", "moved", "left", "returned", "led_anew")
        }
        self._unchanged = 0
        self._missing = 0

    def add_new(self, fields: Mapping[str, Sequence[Any]], order: Sequence[int]) -> None:
        """Everybody new, by their places in the file; the first in `order` becomes id -1."""
        if not order:
            return
        # Whole rows are put in order: the values of one lie near each other in memory.
        rows = list(zip(*fields.values(), strict=True))
        ordered = zip(*(rows[place] for place in order), strict=True)
        given = dict(zip(fields, ordered, strict=True))
        columns: dict[str, Sequence[Any]] = {
            name: given.get(name, [DEFAULTS[name]] * len(order)) for name in FIELDS
        }
        spellings = (columns[name] for name in SPELLINGS)
        columns["search"] = list(search_texts(*spellings))
        self._people.rows = list(zip(*columns.values(), strict=True))
        self._ids["new"] = [temporary_id(position) for position in range(len(order))]
        chosen = (columns[name] for name in (*POST, "in_post_since"))
        posts = zip(self._ids["new"], *chosen, strict=True)
        self._postings.open_all(compress(posts, columns["active"]))
        for place in sorted(order)[:SAMPLES]:
            unit = self._units.path_of.get(fields["unit_id"][place], "")
            staff_no, name = fields["staff_no"][place], fields["full_name"][place]
            self._sample(
                "new", _("New: {staff_no} {name}, {unit}", staff_no=staff_no, name=name, unit=unit)
            )

    def compare(self, fields: Mapping[str, Sequence[Any]], places: Sequence[int]) -> None:
        """Everybody of the file who is on the roster: nothing happens to those unchanged."""
        names = tuple(fields)
        pick = getter(names)
        columns = list(fields.values())
        known, staff_numbers = self._roster.values, fields["staff_no"]
        for place in places:
            values = tuple([column[place] for column in columns])
            old = known[staff_numbers[place]]
            if pick(old) == values:
                self._unchanged += 1
            else:
                self._change(old, dict(zip(names, values, strict=True)))

    def _change(self, old: tuple[Any, ...], given: Values) -> None:
        before = dict(zip(FIELDS, old, strict=True))
        after = before | given
        after["search"] = _search(after)
        person_id = self._roster.ids[before["staff_no"]]
        self._updates.add(person_id, FIELDS, old, [after[name] for name in FIELDS])
        self._ids["changed"].append(person_id)
        self._repost(person_id, before, after)
        if any(before[name] != after[name] for name in LED_BY):
            self._ids["led_anew"].append(person_id)
        if before["active"] and not after["active"]:
            self._note("left", person_id, _("No longer active: {staff_no} {name}", **_who(after)))
        elif after["active"] and not before["active"]:
            self._note("returned", person_id, _("Active again: {staff_no} {name}", **_who(after)))
        elif after["active"] and _is_move(before, after):
            self._note("moved", person_id, self._move_line(before, after))

    def _repost(self, person_id: int, before: Values, after: Values) -> None:
        if before["active"] and not after["active"]:
            self._postings.close(person_id)
        elif after["active"] and (_post(before) != _post(after) or not before["active"]):
            since = after["in_post_since"]
            is_given_anew = since != before["in_post_since"]
            self._postings.change(person_id, _post(after), since if is_given_anew else None)

    def note_missing(self, staff_numbers: set[str]) -> None:
        """Count active people whom the file does not name; nothing is done to them."""
        for staff_no, is_active in self._roster.active.items():
            if is_active and staff_no not in staff_numbers:
                self._missing += 1
                if self._missing <= SAMPLES:
                    name = self._roster.value(staff_no, "full_name")
                    self._sample(
                        "missing",
                        _(
                            "Not in the file, left as is: {staff_no} {name}",
                            staff_no=staff_no,
                            name=name,
                        ),
                    )

    def _note(self, what: str, person_id: int, line: Text) -> None:
        self._ids[what].append(person_id)
        if len(self._ids[what]) <= SAMPLES:
            self._sample(what, line)

    def _sample(self, what: str, line: Text) -> None:
        self._samples.setdefault(what, []).append(line)

    def _move_line(self, before: Values, after: Values) -> Text:
        path_of = self._units.path_of
        if before["unit_id"] == after["unit_id"]:
            return _(
                "Other position: {staff_no} {name}, {old} → {new}",
                **_who(after),
                old=before["position"],
                new=after["position"],
            )
        return _(
            "Moves: {staff_no} {name}, {old} → {new}",
            **_who(after),
            old=path_of[before["unit_id"]],
            new=path_of.get(after["unit_id"], ""),
        )

    def plan(self) -> Plan:
        """All of it as a plan; focal points are added by the caller."""
        plan = Plan(table_of(Person))
        plan.inserts = [self._units.inserts, self._people, self._postings.inserts]
        plan.updates = [*self._updates.updates(), self._postings.closed]
        plan.outcome = {name: ids for name, ids in self._ids.items() if name != "new" or ids}
        counts = plan.counts
        counts.new, counts.changed = len(self._people.rows), len(self._ids["changed"])
        counts.moved, counts.deactivated = len(self._ids["moved"]), len(self._ids["left"])
        counts.unchanged, counts.missing = self._unchanged, self._missing
        order = ("new", "moved", "left", "returned", "missing")
        plan.samples = [line for what in order for line in self._samples.get(what, ())]
        plan.asks = _reason_to_ask(counts.moved, counts.deactivated, self._roster.count_active)
        return plan


def _reason_to_ask(moved: int, left: int, active: int) -> Text | None:
    """Why a yes is needed: more than a tenth of the active people would move or leave."""
    if moved + left <= SHARE_ASKED * active:
        return None
    return _(
        "This file moves {moved} and deactivates {left} of {active} active people "
        "({share}). Take it only if that is meant.",
        moved=moved,
        left=left,
        active=active,
        share=Percent((moved + left) / active),
    )


def _search(values: Values) -> str:
    return next(search_texts(*([values[name]] for name in SPELLINGS)))


def _post(values: Values) -> Post:
    return Post(*(values[name] for name in POST))


def _is_move(before: Values, after: Values) -> bool:
    """Another unit, or another position where there was one before."""
    if before["unit_id"] != after["unit_id"]:
        return True
    return bool(before["position"]) and before["position"] != after["position"]


def _who(values: Values) -> dict[str, str]:
    return {"staff_no": values["staff_no"], "name": values["full_name"]}
