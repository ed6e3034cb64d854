"""Names for the invented officers, in Latin letters and in their own script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name; `local` is "" where it is written in Latin letters anyway."""

    latin: str
    local: str
    gender: str


Pairs = tuple[tuple[str, str], ...]

KHMER_FIRST: Pairs = (
    ("Sok", "សុខ"), ("Chea", "ជា"), ("Keo", "កែវ"), ("Chan", "ចាន់"), ("Meas", "មាស"),
    ("Nhem", "ញឹម"), ("Ouk", "អ៊ុក"), ("Prak", "ប្រាក់"), ("Heng", "ហេង"), ("Lim", "លឹម"),
    ("Pich", "ពេជ្រ"), ("Som", "សោម"), ("Tep", "ទេព"), ("Mao", "ម៉ៅ"),
)  # fmt: skip
KHMER_MEN: Pairs = (
    ("Dara", "ដារ៉ា"), ("Sophal", "សុផល"), ("Rith", "រិទ្ធ"), ("Piseth", "ពិសិដ្ឋ"),
    ("Samnang", "សំណាង"), ("Veasna", "វាសនា"), ("Sovann", "សុវណ្ណ"), ("Vanna", "វណ្ណា"),
)  # fmt: skip
KHMER_WOMEN: Pairs = (
    ("Bopha", "បុប្ផា"), ("Maly", "ម៉ាលី"), ("Kunthea", "គន្ធា"), ("Rachana", "រចនា"),
    ("Theary", "ធារី"), ("Sokha", "សុខា"), ("Chanthou", "ចន្ធូ"), ("Nary", "នារី"),
)  # fmt: skip
URDU_MEN: Pairs = (
    ("Bilal", "بلال"), ("Hamza", "حمزہ"), ("Imran", "عمران"), ("Kamran", "کامران"),
    ("Usman", "عثمان"), ("Faisal", "فیصل"), ("Adnan", "عدنان"), ("Tariq", "طارق"),
)  # fmt: skip
URDU_WOMEN: Pairs = (
    ("Ayesha", "عائشہ"), ("Fatima", "فاطمہ"), ("Sana", "ثنا"), ("Hina", "حنا"),
    ("Maryam", "مریم"), ("Nadia", "نادیہ"), ("Rabia", "رابعہ"), ("Zainab", "زینب"),
)  # fmt: skip
URDU_LAST: Pairs = (
    ("Ahmed", "احمد"), ("Khan", "خان"), ("Malik", "ملک"), ("Qureshi", "قریشی"),
    ("Siddiqui", "صدیقی"), ("Butt", "بٹ"), ("Baig", "بیگ"), ("Shah", "شاہ"),
    ("Raza", "رضا"), ("Hussain", "حسین"), ("Iqbal", "اقبال"), ("Mirza", "مرزا"),
    ("Abbasi", "عباسی"), ("Akhtar", "اختر"),
)  # fmt: skip
PACIFIC_MEN = ("Jone", "Semi", "Peter", "David", "Viliame", "Mosese", "Daniel", "Isaac")
PACIFIC_WOMEN = ("Mere", "Litia", "Sarah", "Grace", "Salote", "Ruth", "Elenoa", "Vika")
PACIFIC_LAST = ("Waqa", "Naidu", "Williams", "Tora", "Kumar", "Fonua", "Lal", "Roberts",
                "Cama", "Bola", "Tuivaga", "Prasad")  # fmt: skip


def khmer() -> Iterator[Name]:
    """Family name before given name, men and women by turns."""
    for one, other in zip(
        product(KHMER_MEN, KHMER_FIRST), product(KHMER_WOMEN, KHMER_FIRST), strict=True
    ):
        for (given, family), gender in ((one, "M"), (other, "F")):
            yield Name(f"{family[0]} {given[0]}", f"{family[1]} {given[1]}", gender)


def urdu() -> Iterator[Name]:
    """Given name first, men and women by turns."""
    for one, other in zip(
        product(URDU_LAST, URDU_MEN), product(URDU_LAST, URDU_WOMEN), strict=True
    ):
        for (last, given), gender in ((one, "M"), (other, "F")):
            yield Name(f"{given[0]} {last[0]}", f"{given[1]} {last[1]}", gender)


def pacific() -> Iterator[Name]:
    """Names of English-speaking islands, men and women by turns."""
    for last, (man, woman) in product(
        PACIFIC_LAST, tuple(zip(PACIFIC_MEN, PACIFIC_WOMEN, strict=True))
    ):
        yield Name(f"{man} {last}", "", "M")
        yield Name(f"{woman} {last}", "", "F")
