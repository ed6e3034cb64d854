"""The import of people: what the columns are, and what a file would change in the roster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Kind, Records, World, register
from bot.imports.plan import Plan, temporary_id
from bot.people import roster_supervisors as supervisors
from bot.people.roster_changes import ChangeList
from bot.people.roster_export import export_people
from bot.people.roster_focal import note_focal_points
from bot.people.roster_known import FIELDS, Roster
from bot.people.roster_phones import phones_of
from bot.people.roster_units import UnitBook

COLUMNS = (
    Column("staff_no", cells.key, starred=True, numbered=True),
    Column("full_name", cells.name, starred=True, multilingual=True),
    Column("name_latin", cells.name),
    Column("address_as", cells.name),
    Column("rank", cells.name),
    Column("unit", cells.name, starred=True),
    Column("directorate", cells.name),
    Column("cluster", cells.name),
    Column("position", cells.name),
    Column("in_post_since", cells.date, blank=None),
    Column("grade", cells.name),
    Column("supervisor_staff_no", cells.key, numbered=True),
    Column("acting_supervisor_staff_no", cells.key, numbered=True),
    Column("acting_until", cells.date, blank=None),
    Column("away_until", cells.date, blank=None),
    Column("focal_for", cells.listed, blank=()),
    Column("gender", cells.name),
    Column("phone", cells.name),
    Column("language", cells.language),
    Column("timezone", cells.timezone),
    Column("hired_on", cells.date, blank=None),
    Column("retires_on", cells.date, blank=None),
    Column("active", cells.yes_no, blank=True, blank_means=_("yes")),
)

LEADERS = {
    "supervisor_staff_no": "supervisor_id",
    "acting_supervisor_staff_no": "acting_supervisor_id",
}


def plan_people(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change. People who are not in it are counted, never touched."""
    roster = Roster(world.session)
    units = UnitBook(world.session)
    unit_ids = units.resolve(records, found)
    staff_numbers = [str(value) for value in records.values["staff_no"]]
    leaders = _leaders(records, staff_numbers, roster, found)
    new = _new_in_order(staff_numbers, roster, leaders.get("supervisor_staff_no"))
    ids = roster.ids | {staff_no: temporary_id(i) for i, staff_no in enumerate(new)}

    fields: dict[str, Sequence[Any]] = {"staff_no": staff_numbers, "unit_id": unit_ids}
    fields |= {name: records.values[name] for name in FIELDS[1:] if name in records}
    fields |= {LEADERS[name]: list(map(ids.get, chosen)) for name, chosen in leaders.items()}
    if "phone" in records:
        fields["phone"] = phones_of(records, world.settings.country, found)
    if "full_name" in records.languages:
        fields["names"] = _names(records, staff_numbers, roster)

    place_of = {staff_no: place for place, staff_no in enumerate(staff_numbers)}
    new_places = [place_of[staff_no] for staff_no in new]
    supervisors.note_twins(records, new_places, roster.ids, found)
    changes = ChangeList(world, roster, units)
    changes.add_new(fields, new_places)
    changes.compare(fields, [i for i, staff_no in enumerate(staff_numbers) if staff_no in roster])
    changes.note_missing(set(staff_numbers))
    plan = changes.plan()
    if "focal_for" in records:
        note_focal_points(plan, world.session, records, ids, units, found)
    return plan


def _leaders(
    records: Records, staff_numbers: list[str], roster: Roster, found: Findings
) -> dict[str, list[str]]:
    """Staff numbers of supervisors and acting ones, by column, unknown ones and circles blank."""
    active = records.values.get("active", [True] * len(records))
    people = roster.active | dict(zip(staff_numbers, map(bool, active), strict=True))
    chosen = {
        name: supervisors.known_leaders(records, name, people, found)
        for name in LEADERS
        if name in records
    }
    if "supervisor_staff_no" in chosen:
        supervisors.open_circles(records, chosen["supervisor_staff_no"], roster.leader_of, found)
    return chosen


def _new_in_order(
    staff_numbers: list[str], roster: Roster, leaders: list[str] | None
) -> list[str]:
    """Staff numbers that are not on the roster, leaders before those they lead."""
    new = [one for one in dict.fromkeys(staff_numbers) if one and one not in roster]
    if leaders is None:
        return new
    leader_of = dict(zip(staff_numbers, leaders, strict=True))
    return supervisors.leaders_first(new, leader_of)


def _names(records: Records, staff_numbers: list[str], roster: Roster) -> list[dict[str, str]]:
    """Names in other scripts by language; languages that are not in the file stay as they are."""
    columns = records.languages["full_name"]
    languages = list(columns)
    spelled = zip(*(records.values[name] for name in columns.values()), strict=True)
    named = [
        {language: name for language, name in zip(languages, names, strict=True) if name}
        for names in spelled
    ]
    for place, staff_no in enumerate(staff_numbers) if roster.ids else ():
        if staff_no in roster:
            kept = roster.value(staff_no, "names")
            others = {code: name for code, name in kept.items() if code not in columns}
            named[place] = {**others, **named[place]}
    return named


PEOPLE = register(Kind("people", COLUMNS, ("staff_no",), plan_people, export_people))
