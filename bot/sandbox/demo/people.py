"""The roster of the invented administration, as rows of an import file."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.demo import names
from bot.sandbox.demo.names import Name

SEED = 20260501
TOTAL = 300


@dataclass(frozen=True, slots=True)
class Region:
    """One part of the country: its language, zone, phone prefix and offices."""

    name: str
    language: str
    timezone: str
    phone: str
    offices: tuple[str, ...]


REGIONS = (
    Region("Mekong Region", "km", "Asia/Phnom_Penh", "+85512",
           ("Poipet", "Bavet", "Sihanouk Port", "Capital Airport")),
    Region("Indus Region", "ur", "Asia/Karachi", "+92300",
           ("Torkham", "Wagah", "Karachi Port", "Chaman")),
    Region("Coral Region", "en", "Pacific/Fiji", "+679",
           ("Suva Port", "Nadi Airport", "Lautoka")),
)  # fmt: skip
HEADQUARTERS = "Headquarters"
GIVEN = {"km": names.khmer, "ur": names.urdu, "en": names.pacific}


@dataclass(frozen=True, slots=True)
class Officer:
    """One row of the roster."""

    staff_no: str
    name: Name
    unit: str
    directorate: str
    cluster: str
    position: str
    rank: str
    supervisor: str
    language: str
    timezone: str
    phone: str
    in_post_since: dt.date
    focal_for: str = ""
    key: str = field(default="", compare=False)


@dataclass(slots=True)
class _Roster:
    random: random.Random
    names: dict[str, Iterator[Name]]
    officers: list[Officer] = field(default_factory=list)

    def add(self, region: Region, unit: str, position: str, rank: str, **known: str) -> Officer:
        number = 10_001 + len(self.officers)
        since = dt.date(2020, 1, 6) + dt.timedelta(days=7 * self.random.randrange(300))
        officer = Officer(
            staff_no=str(number),
            name=next(self.names[region.language]),
            unit=unit,
            directorate=known.get("directorate", region.name),
            cluster=known.get("cluster", "Revenue and Services"),
            position=position,
            rank=rank,
            supervisor=known.get("supervisor", ""),
            language=region.language,
            timezone=region.timezone,
            phone=_phone(region, number),
            in_post_since=since,
            focal_for=known.get("focal_for", ""),
            key=known.get("key", ""),
        )
        self.officers.append(officer)
        return officer


def roster() -> list[Officer]:
    """300 officers, always the same ones; supervisors come before those they lead."""
    made = _Roster(random.Random(SEED), {language: source() for language, source in GIVEN.items()})
    director = _headquarters(made)
    heads = [_regional_head(made, region, director) for region in REGIONS]
    offices = [
        (region, office, head)
        for region, head in zip(REGIONS, heads, strict=True)
        for office in region.offices
    ]
    left = TOTAL - len(made.officers)
    for place, (region, office, head) in enumerate(offices):
        size = left // len(offices) + (place < left % len(offices))
        _office(made, region, office, head, size)
    return made.officers


def _headquarters(made: _Roster) -> Officer:
    mekong, _indus, coral = REGIONS
    staff = {"directorate": HEADQUARTERS, "cluster": "Human Resources"}
    director = made.add(coral, "Office of the Director-General", "Director-General",
                        "Director-General", key="director", **staff)  # fmt: skip
    unit = made.add(coral, "Training Unit", "Head of Training", "Chief Inspector",
                    supervisor=director.staff_no, key="unit", **staff)  # fmt: skip
    for region in (mekong, coral, mekong, coral):
        made.add(region, "Training Unit", "Training Officer", "Inspector",
                 supervisor=unit.staff_no, **staff)  # fmt: skip
    made.add(mekong, "Training School", "Instructor", "Senior Inspector",
             supervisor=unit.staff_no, key="trainer", **staff)  # fmt: skip
    for region in REGIONS:
        made.add(region, "Training School", "Instructor", "Inspector",
                 supervisor=unit.staff_no, **staff)  # fmt: skip
    return director


def _regional_head(made: _Roster, region: Region, director: Officer) -> Officer:
    return made.add(region, f"{region.name} Office", "Regional Director", "Deputy Director",
                    supervisor=director.staff_no)  # fmt: skip


def _office(made: _Roster, region: Region, office: str, head: Officer, size: int) -> None:
    is_first = office == REGIONS[0].offices[0]
    leader = made.add(region, office, "Head of Office", "Chief Inspector",
                      supervisor=head.staff_no, key="supervisor" if is_first else "")  # fmt: skip
    for place in range(size - 1):
        key = "officer" if is_first and place == 0 else ""
        if office == REGIONS[1].offices[0] and place == 0:
            key = "officer_urdu"
        position, rank = _post(place)
        made.add(region, office, position, rank, supervisor=leader.staff_no, key=key,
                 focal_for=office if place == 1 else "")  # fmt: skip


def _post(place: int) -> tuple[str, str]:
    posts = (
        ("Customs Officer", "Inspector"),
        ("Cargo Examiner", "Inspector"),
        ("Valuation Officer", "Senior Inspector"),
        ("Passenger Clearance Officer", "Sub-Inspector"),
        ("Anti-smuggling Officer", "Inspector"),
    )
    return posts[place % len(posts)]


def _phone(region: Region, number: int) -> str:
    digits = {"+85512": 6, "+92300": 7, "+679": 7}[region.phone]
    first = "7" if region.phone == "+679" else "4"
    return f"{region.phone}{first}{number:0{digits - 1}d}"
