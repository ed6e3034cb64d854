"""Who leads whom, as a roster names it: unknown leaders left out, circles opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import eq

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Records

ARROW = " → "


def known_leaders(
    records: Records, column: str, people: Mapping[str, bool], found: Findings
) -> list[str]:
    """The staff numbers in `column`, blank where nobody has them.

    `people` says of every staff number, in the database or the file, whether it is active.
    """
    leaders: list[str] = [str(value) for value in records.values[column]]
    strange = {leader for leader in set(leaders) if leader and not people.get(leader)}
    own = _own_leaders(records, leaders)
    if not strange and not own:
        return leaders
    like = _by_plain_number(people) if strange else {}
    heading = records.heading(column)
    for place, (row, leader) in enumerate(zip(records.rows, leaders, strict=True)):
        if place in own:
            found.blank(
                "supervisor-self",
                _(
                    "{staff_no} is named as the own supervisor. Name somebody else.",
                    staff_no=leader,
                ),
                row,
                heading,
            )
            leaders[place] = ""
        elif leader in strange and leader in people:
            found.warn(
                "supervisor-inactive",
                _("{staff_no} is no longer active. Name another supervisor.", staff_no=leader),
                row,
                heading,
            )
        elif leader in strange:
            _note_unknown(leader, like, row, heading, found)
            leaders[place] = ""
    return leaders


def _own_leaders(records: Records, leaders: list[str]) -> set[int]:
    staff_numbers = records.values["staff_no"]
    if not any(map(eq, staff_numbers, leaders)):
        return set()
    pairs = enumerate(zip(staff_numbers, leaders, strict=True))
    return {place for place, (staff_no, leader) in pairs if leader and staff_no == leader}


def _note_unknown(
    leader: str, like: Mapping[str, str], row: int, heading: str, found: Findings
) -> None:
    near = like.get(_plain(leader))
    if near:
        found.blank(
            "supervisor-unknown",
            _(
                "Nobody has the staff number {staff_no}. If {near} is meant, write it so.",
                staff_no=leader,
                near=near,
            ),
            row,
            heading,
        )
    else:
        found.blank(
            "supervisor-unknown",
            _(
                "Nobody has the staff number {staff_no}, neither in this file nor on the roster. "
                "Correct it, or add that person.",
                staff_no=leader,
            ),
            row,
            heading,
        )


def _plain(staff_no: str) -> str:
    """A staff number without what typing and spreadsheets change: zeros in front, case, signs."""
    return "".join(char for char in staff_no.casefold() if char.isalnum()).lstrip("0")


def _by_plain_number(people: Iterable[str]) -> dict[str, str]:
    return {_plain(staff_no): staff_no for staff_no in people}


def note_twins(
    records: Records, new: Iterable[int], on_roster: Iterable[str], found: Findings
) -> None:
    """Warn of new people whose number is one on the roster but for zeros, case or signs."""
    like = _by_plain_number(on_roster)
    if not like:
        return
    staff_numbers = records.values["staff_no"]
    for place in new:
        staff_no = str(staff_numbers[place])
        near = like.get(_plain(staff_no))
        if near and near != staff_no:
            found.warn(
                "number-like-another",
                _(
                    "{staff_no} is new, but {near} is on the roster already. If they are the same "
                    "person, write {near}.",
                    staff_no=staff_no,
                    near=near,
                ),
                records.rows[place],
                records.heading("staff_no"),
            )


def open_circles(
    records: Records, leaders: list[str], others: Mapping[str, str], found: Findings
) -> None:
    """Blank, in `leaders`, the last link of every circle; `others` leads those not in the file."""
    place_of = {str(staff): i for i, staff in enumerate(records.values["staff_no"])}
    leader_of = {**others, **{staff: leaders[i] for staff, i in place_of.items()}}
    for circle in _circles(leader_of):
        places = [place_of[member] for member in circle if member in place_of]
        if not places:
            continue
        closing = max(places)
        start = str(records.values["staff_no"][closing])
        at = circle.index(start)
        ring = [*circle[at:], *circle[:at], start]
        found.blank(
            "supervisor-circle",
            _(
                "These supervisors form a circle: {circle}. Correct one of them.",
                circle=ARROW.join(ring),
            ),
            records.rows[closing],
            records.heading("supervisor_staff_no"),
        )
        leaders[closing] = ""


def _circles(leader_of: Mapping[str, str]) -> list[list[str]]:
    """Every circle in a graph where each has at most one leader."""
    done: set[str] = set()
    circles = []
    # Whoever leads nobody is in none: what is left of a roster is a tenth.
    for start in filter(set(leader_of.values()).__contains__, leader_of):
        path: dict[str, int] = {}
        current = start
        while current and current not in done and current not in path:
            path[current] = len(path)
            current = leader_of.get(current, "")
        if current in path:
            circles.append(list(path)[path[current] :])
        done.update(path)
    return circles


def leaders_first(staff_numbers: list[str], leader_of: Mapping[str, str]) -> list[str]:
    """The staff numbers in an order in which every leader comes before those led."""
    depth: dict[str, int] = {}
    for start in staff_numbers:
        if (leader := leader_of.get(start)) in depth and start not in depth:
            depth[start] = depth[leader] + 1
            continue
        path = []
        current = start
        while current and current not in depth:
            path.append(current)
            current = leader_of.get(current, "")
        level = depth[current] if current else -1
        for member in reversed(path):
            level += 1
            depth[member] = level
    # Within a level by number, which is how the indexes on people like to grow.
    return sorted(sorted(staff_numbers), key=depth.__getitem__)
