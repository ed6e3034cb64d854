"""One person added, edited, moved, taken off the roster, brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.models.people import Grant, Person, Role, Unit
from bot.people import access, directory, editing, leavers, postings
from bot.people.access_table import Action
from bot.people.editing import Leaving
from tests.integration.people.conftest import House

NEW = {
    "staff_no": "2001",
    "full_name": "ហេង  វីរៈ",
    "name_latin": "Heng Virak",
    "name_ur": "ہینگ ویرک",
    "unit": "Poipet",
    "supervisor": "1003",
    "phone": "012 999 999",
    "language": "km",
}


def _posts(house: House, person_id: int) -> list[tuple[int, str, dt.date, dt.date | None]]:
    return [
        (post.unit_id, post.position, post.from_on, post.until_on)
        for post in postings.history(house.ctx, person_id)
    ]


def test_add__full_details__is_found_in_all_scripts(house: House) -> None:
    card = editing.add(house.acting("unit"), NEW)
    for typed in ("virak", "ហេង", "ہینگ", "2001"):
        found = directory.find(house.acting("unit"), typed, Action.EDIT_PEOPLE)
        assert [one.id for one in found] == [card.id]
    row = house.ctx.session.get_one(Person, card.id)
    assert (row.full_name, row.phone) == ("ហេង វីរៈ", "+85512999999")
    assert row.supervisor_id == house.ids["sokha"]
    assert _posts(house, card.id) == [(house.office, "", dt.date(2026, 3, 2), None)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"staff_no": "1011"},
        {"staff_no": "១០១១"},
        {"staff_no": "two words"},
        {"staff_no": ""},
        {"full_name": " "},
        {"unit": "Nowhere"},
        {"supervisor": "9999"},
        {"phone": "call me"},
        {"phone": "+85510001011"},
        {"language": "fr"},
        {"timezone": "Mars/Base"},
        {"in_post_since": "yesterday"},
        {"rank": "x" * 201},
    ],
)
def test_add__one_bad_value__is_refused_and_nothing_stored(
    house: House, wrong: dict[str, str]
) -> None:
    with pytest.raises(Refusal):
        editing.add(house.acting("unit"), NEW | wrong)
    numbers = set(house.ctx.session.exec(select(Person.staff_no)))
    assert numbers == {f"{number}" for number in (*range(1001, 1005), *range(1011, 1017))}


@pytest.mark.parametrize("key", ["sokha", "dara", "trainer", "director"])
def test_everything__without_the_role__is_refused(house: House, key: str) -> None:
    ctx, about = house.acting(key), house.ids["rith"]
    with pytest.raises(Refusal):
        editing.add(ctx, NEW)
    with pytest.raises(Refusal):
        editing.edit(ctx, about, {"rank": "General"})
    with pytest.raises(Refusal):
        editing.deactivate(ctx, about, Leaving.RETIRED)
    with pytest.raises(Refusal):
        editing.bring_back(ctx, about)
    with pytest.raises(Refusal):
        editing.as_typed(ctx, about)
    assert house.person("rith").active


def test_edit__outside_the_scope__is_refused(house: House) -> None:
    far = house.far_office()
    house.add_unit_member("maly", scope=far)
    with pytest.raises(Refusal):
        editing.edit(house.acting("maly"), house.ids["dara"], {"rank": "General"})
    with pytest.raises(Refusal):
        editing.add(house.acting("maly"), NEW)
    assert editing.add(house.acting("maly"), NEW | {"unit": "Lautoka"}).unit == "Lautoka"


def test_edit__moved_out_of_the_scope__is_refused(house: House) -> None:
    far = house.far_office()
    house.add_unit_member("maly", scope=far)
    house.person("rith").unit_id = far
    house.ctx.session.flush()
    with pytest.raises(Refusal):
        editing.edit(house.acting("maly"), house.ids["rith"], {"unit": "Poipet"})


def test_edit__another_office__keeps_the_history(house: House, moved: list[int]) -> None:
    far = house.far_office()
    house.clock.advance(days=10)
    editing.edit(house.acting("unit"), house.ids["dara"], {"unit": "Lautoka"})
    assert _posts(house, house.ids["dara"]) == [
        (house.office, "Officer", dt.date(2026, 3, 2), dt.date(2026, 3, 12)),
        (far, "Officer", dt.date(2026, 3, 12), None),
    ]
    assert house.person("dara").in_post_since == dt.date(2026, 3, 12)
    assert moved == [house.ids["dara"]]
    assert house.noted("person.moved")[0].object_id == house.ids["dara"]


def test_edit__two_moves_on_one_day__the_second_corrects_the_first(house: House) -> None:
    house.far_office()
    house.clock.advance(days=1)
    for office in ("Lautoka", "Mekong"):
        editing.edit(house.acting("unit"), house.ids["dara"], {"unit": office})
    assert len(_posts(house, house.ids["dara"])) == 2
    assert _posts(house, house.ids["dara"])[-1][0] == house.person("dara").unit_id


def test_edit__rank_only__is_no_move(house: House, moved: list[int]) -> None:
    house.clock.advance(days=1)
    editing.edit(house.acting("unit"), house.ids["dara"], {"rank": "Major"})
    assert len(_posts(house, house.ids["dara"])) == 1
    assert moved == []
    assert house.noted("person.edited")[0].details["fields"] == ["rank"]


def test_edit__as_it_stands__changes_and_notes_nothing(house: House) -> None:
    ctx = house.acting("unit")
    editing.edit(ctx, house.ids["dara"], editing.as_typed(ctx, house.ids["dara"]))
    assert house.noted("person.edited") == []


def test_edit__supervisor_of_ones_own_supervisor__is_a_circle(house: House) -> None:
    with pytest.raises(Refusal):
        editing.edit(house.acting("unit"), house.ids["director"], {"supervisor": "1011"})
    with pytest.raises(Refusal):
        editing.edit(house.acting("unit"), house.ids["dara"], {"supervisor": "1011"})


def test_deactivate__a_supervisor__loses_access_at_once(house: House, left: list[int]) -> None:
    alone = editing.deactivate(house.acting("unit"), house.ids["sokha"], Leaving.RETIRED)
    assert alone == 6
    assert left == [house.ids["sokha"]]
    assert house.chat(house.account("sokha")).person_id is None
    assert access.roles(house.acting("sokha")) == {Role.STRANGER}
    assert _posts(house, house.ids["sokha"])[-1][-1] == dt.date(2026, 3, 2)
    assert house.noted("person.deactivated")[0].reason == "retired"


def test_deactivate__oneself_or_the_last_of_the_unit__is_refused(house: House) -> None:
    with pytest.raises(Refusal):
        editing.deactivate(house.acting("unit"), house.ids["unit"], Leaving.MISTAKE)
    house.ctx.session.add(
        Grant(person_id=house.ids["dara"], role=Role.HR, granted_at=house.ctx.now())
    )
    house.ctx.session.flush()
    with pytest.raises(Refusal):
        editing.deactivate(house.acting("dara"), house.ids["unit"], Leaving.RESIGNED)


def test_bring_back__somebody_who_left__begins_a_posting_and_links_anew(house: House) -> None:
    house.link("dara")
    editing.deactivate(house.acting("unit"), house.ids["dara"], Leaving.TRANSFERRED)
    house.clock.advance(days=30)
    editing.bring_back(house.acting("unit"), house.ids["dara"])
    card = directory.card(house.ctx.session, house.ids["dara"])
    assert (card.active, card.linked) == (True, False)
    assert _posts(house, house.ids["dara"])[-1][2:] == (dt.date(2026, 4, 1), None)


def test_bring_back__number_is_somebody_elses_now__is_refused(house: House) -> None:
    editing.deactivate(house.acting("unit"), house.ids["dara"], Leaving.TRANSFERRED)
    editing.edit(house.acting("unit"), house.ids["rith"], {"phone": house.person("dara").phone})
    with pytest.raises(Refusal):
        editing.bring_back(house.acting("unit"), house.ids["dara"])


def test_office_code__same_name_twice__is_told_apart(house: House) -> None:
    house.far_office()
    twin = Unit(name="Lautoka", path="Other/Lautoka")
    house.ctx.session.add(twin)
    house.ctx.session.flush()
    assert twin.id is not None
    code = directory.office_code(house.ctx.session, twin.id)
    assert code == f"#{twin.id}"
    assert directory.find_office(house.ctx.session, code) == twin.id
    assert directory.find_office(house.ctx.session, "Lautoka") is None
    assert directory.find_office(house.ctx.session, "Coral/Lautoka") is not None


def _recording(hooks: dict[str, leavers.Hook]) -> Iterator[list[int]]:
    seen: list[int] = []

    def hook(_ctx: Ctx, person_ids: Sequence[int]) -> None:
        seen.extend(person_ids)

    hooks["test"] = hook
    yield seen
    del hooks["test"]


@pytest.fixture
def moved() -> Iterator[list[int]]:
    yield from _recording(leavers.MOVING)


@pytest.fixture
def left() -> Iterator[list[int]]:
    yield from _recording(leavers.LEAVING)
