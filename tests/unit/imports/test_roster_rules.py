"""Fast ways that must give what the plain ways give, and supervisors in circles."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.people.roster_import  # noqa: F401  (registers the kind)
from bot.imports.bulk import json_text
from bot.imports.cleaning import are_clean, clean
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.people import phones, search
from bot.people.roster_phones import PhoneBook
from bot.people.roster_spelling import search_texts
from bot.people.roster_supervisors import leaders_first, open_circles

WORDS = st.text("abÇçéÑ .ABសុខដារ៉ាمحمدي ك٣\u200c\u0301", max_size=12).map(clean)


@pytest.mark.parametrize("country", ["KH", "PK", "FJ", "IN", "JP", "NP", "TH", "IT", "BR", "US"])
def test_phone_book__many_numbers__as_one_by_one(country: str) -> None:
    chance = random.Random(country)
    book = PhoneBook(country)
    for _number in range(400):
        digits = "".join(chance.choices("0123456789", k=chance.randint(5, 12)))
        typed = chance.choice(("", "0", "00", "+", "+855", "+92", "0 ", "(0)")) + digits
        assert book.normalise(typed) == phones.normalise(typed, country), typed


def test_phone_book__usual_numbers__normalised() -> None:
    book = PhoneBook("KH")
    assert book.normalise("012 345 678") == "+85512345678"
    assert book.normalise("+855 12-345-678") == "+85512345678"
    assert book.normalise("n/a") == ""


@given(st.lists(st.tuples(WORDS, WORDS, st.dictionaries(st.just("km"), WORDS), WORDS)))
def test_search_texts__any_names__as_one_by_one(
    people: list[tuple[str, str, dict[str, str], str]],
) -> None:
    columns = list(zip(*people, strict=True)) or [(), (), (), ()]
    expected = [
        search.search_text(staff_no, name, names.values(), latin)
        for staff_no, name, names, latin in people
    ]
    assert list(search_texts(*columns)) == expected


@given(st.lists(st.text("a \t\n\u00a0\u200bé\u0301x", max_size=5), min_size=1))
def test_are_clean__any_texts__as_one_by_one(texts: list[str]) -> None:
    if are_clean(texts):
        assert [clean(words) for words in texts] == texts


@pytest.mark.parametrize("value", [{}, {"km": 'a"\\\n'}, {"km": "សុខ", "ur": "x"}, {"n": 1}, []])
def test_json_text__flat_or_not__what_json_reads_back(value: object) -> None:
    import json

    assert json.loads(json_text(value)) == value


@given(st.lists(st.integers(-1, 19), min_size=20, max_size=20), st.integers(0, 20))
def test_circles__any_leaders__opened_with_one_link_each(chosen: list[int], in_file: int) -> None:
    staff = [str(number) for number in range(20)]
    leaders = ["" if leader < 0 else staff[leader] for leader in chosen]
    records = Records(list(range(2, in_file + 2)), {"staff_no": staff[:in_file]}, {})
    others = dict(zip(staff[in_file:], leaders[in_file:], strict=True))
    mine = leaders[:in_file]
    open_circles(records, mine, others, Findings())
    leader_of = {**dict(zip(staff[:in_file], mine, strict=True)), **others}
    loops = [member for member in staff[:in_file] if comes_back(member, leader_of)]
    assert loops == []
    taken = sum(a != b for a, b in zip(mine, leaders, strict=False))
    circles = {frozenset(ring) for ring in rings(staff, dict(zip(staff, leaders, strict=True)))}
    assert taken == sum(1 for ring in circles if ring & set(staff[:in_file]))


def test_leaders_first__a_tree_in_any_order__leaders_come_before() -> None:
    leader_of = {str(n): str((n - 1) // 3) if n else "" for n in range(200)}
    numbers = list(leader_of)
    random.Random(1).shuffle(numbers)
    place = {staff_no: i for i, staff_no in enumerate(leaders_first(numbers, leader_of))}
    assert all(place[leader_of[n]] < place[n] for n in numbers if leader_of[n])


def comes_back(member: str, leader_of: dict[str, str]) -> bool:
    return bool(rings([member], leader_of)) and member in rings([member], leader_of)[0]


def rings(members: list[str], leader_of: dict[str, str]) -> list[list[str]]:
    """The circle that each member leads into, if there is one."""
    found = []
    for member in members:
        path = [member]
        while (leader := leader_of.get(path[-1], "")) and leader not in path:
            path.append(leader)
        if leader:
            found.append(path[path.index(leader) :])
    return found
