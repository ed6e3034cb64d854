"""Rosters of any size, made up the same way each time, as workbooks."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator

import xlsxwriter

HEADINGS = (
    "staff_no", "full_name", "full_name::Khmer (km)", "address_as", "rank", "unit",
    "directorate", "cluster", "position", "in_post_since", "grade", "supervisor_staff_no",
    "focal_for", "gender", "phone", "language", "timezone", "hired_on", "active",
)  # fmt: skip
GIVEN = ("Dara", "Sophea", "Vuth", "Bopha", "Rith", "Chanthou", "Amina", "Imran", "Mere", "Jone")
FAMILY = ("Sok", "Chan", "Keo", "Nov", "Meas", "Khan", "Malik", "Tora", "Vuki", "Prak", "Lim")
KHMER = ("សុខ", "ចាន់", "កែវ", "នូវ", "មាស", "ខាន់", "ម៉ាលីក", "តូរ៉ា", "ប្រាក់", "លឹម")
RANKS = ("Inspector", "Officer", "Senior Officer", "Chief")
ZONES = ("", "Asia/Phnom_Penh", "Asia/Karachi", "Pacific/Fiji")
HIRED = dt.date(2000, 1, 1)
PEOPLE_A_UNIT = 100
PEOPLE_A_LEADER = 12


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """`count` people; everybody but the first has a supervisor, in no particular order."""
    chance = random.Random(count)
    numbers = list(range(count))
    chance.shuffle(numbers)
    for number in numbers:
        unit = number // PEOPLE_A_UNIT
        hired = HIRED + dt.timedelta(days=chance.randrange(9_000))
        leader = "" if number == 0 else f"{(number - 1) // PEOPLE_A_LEADER:06d}"
        yield (
            f"{number:06d}",
            f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {number}",
            f"{chance.choice(KHMER)} {chance.choice(KHMER)}",
            "",
            chance.choice(RANKS),
            f"Office {unit}",
            f"Directorate {unit % 20}",
            f"Cluster {unit % 4}",
            f"Position {number % 40}",
            hired + dt.timedelta(days=200),
            str(number % 9),
            leader,
            "",
            chance.choice(("f", "m")),
            f"0{12 + number // 900_000}{100_000 + number % 900_000}",
            chance.choice(("km", "en", "")),
            chance.choice(ZONES),
            hired,
            "",
        )


def workbook(count: int) -> bytes:
    """The roster as .xlsx."""
    target = io.BytesIO()
    options = {"default_date_format": "yyyy-mm-dd", "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("people")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows(count), 1):
            sheet.write_row(number, 0, row)
    return target.getvalue()
