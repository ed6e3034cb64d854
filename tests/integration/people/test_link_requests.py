"""A stranger's request to be linked: what the stranger hears, who decides, what follows."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.events import SharedContact
from bot.people import link_requests, linking, overdue_requests
from bot.people.linking import Outcome, OutcomeKind
from tests.integration.people.conftest import STRANGER, House

REQUESTED = Outcome(OutcomeKind.REQUESTED)


def _ask(house: House, staff_no: str = "1011", user_id: int = STRANGER) -> Outcome:
    return link_requests.ask(house.stranger(user_id), staff_no, "D. on the phone")


def _request(house: House) -> int:
    _ask(house)
    return int(house.told("link_requested")[-1][2]["request"])


def test_ask__number_of_the_roster__goes_to_the_supervisor(house: House) -> None:
    assert _ask(house) == REQUESTED
    assert [to for to, _account, _params in house.told("link_requested")] == [house.ids["sokha"]]


@pytest.mark.parametrize("staff_no", ["9999", "1014"])
def test_ask__unknown_or_left__sounds_and_counts_the_same(house: House, staff_no: str) -> None:
    house.person("rith").active = False
    assert _ask(house, staff_no) == REQUESTED
    assert house.chat().failed_tries == 1
    assert house.told("link_requested") == []


def test_ask__true_number__counts_as_a_try_too(house: House) -> None:
    _ask(house)
    assert house.chat().failed_tries == 1


def test_ask__sixth_time__is_locked_whatever_was_asked(house: House) -> None:
    kinds = [_ask(house, number).kind for number in ("1011", "1", "2", "1012", "3", "1013")]
    assert kinds == [OutcomeKind.REQUESTED] * 5 + [OutcomeKind.LOCKED]


def test_ask__twice__tells_once(house: House) -> None:
    _ask(house)
    _ask(house)
    assert len(house.told("link_requested")) == 1


@pytest.mark.parametrize("why", ["no account", "blocked", "away", "vacant"])
def test_ask__supervisor_cannot_be_reached__goes_to_the_unit(house: House, why: str) -> None:
    if why == "no account":
        linking.unlink_leavers(house.ctx, [house.ids["sokha"]])
    elif why == "blocked":
        house.chat(house.account("sokha")).blocked_at = house.ctx.now()
    elif why == "away":
        house.person("sokha").away_until = dt.date(2026, 3, 2)
    else:
        house.person("dara").supervisor_id = None
    house.ctx.session.flush()
    _ask(house)
    assert [to for to, _account, _params in house.told("link_requested")] == [house.ids["unit"]]


def test_ask__acting_supervisor__is_the_one_told(house: House) -> None:
    house.link("trainer")
    dara = house.person("dara")
    dara.acting_supervisor_id, dara.acting_until = house.ids["trainer"], dt.date(2026, 3, 2)
    house.ctx.session.flush()
    _ask(house)
    house.clock.advance(days=1)
    _ask(house, "1011", 901)
    told = [to for to, _account, _params in house.told("link_requested")]
    assert told == [house.ids["trainer"], house.ids["sokha"]]


@pytest.mark.parametrize("text", ["១០១១", " 1011 ", "۱۰۱۱"])
def test_ask__other_digits__are_understood(house: House, text: str) -> None:
    _ask(house, text)
    assert len(house.told("link_requested")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10423", True), ("AB-104", True), ("hello", False), ("room 12", False), ("1" * 40, False)],
)
def test_looks_like_staff_no__typed_words__tells_numbers_from_talk(
    text: str, expected: bool
) -> None:
    assert link_requests.looks_like_staff_no(text) is expected


@pytest.mark.parametrize("key", ["sokha", "unit"])
def test_confirm__by_supervisor_or_unit__links_and_welcomes(house: House, key: str) -> None:
    request = _request(house)
    card = link_requests.confirm(house.acting(key), request)
    assert card.id == house.ids["dara"]
    assert house.chat().person_id == house.ids["dara"]
    assert house.chat().failed_tries == 0
    assert house.told("welcome") == [(house.ids["dara"], None, {"way": "request"})]
    assert house.noted("link.confirmed")[0].actor_id == house.ids[key]


@pytest.mark.parametrize("key", ["dara", "bopha", "trainer", "director"])
def test_decide__by_anybody_else__is_refused(house: House, key: str) -> None:
    request = _request(house)
    for act in (link_requests.confirm, link_requests.refuse, link_requests.get):
        with pytest.raises(Refusal):
            act(house.acting(key), request)
    assert link_requests.waiting(house.acting(key)) == []
    assert house.chat().person_id is None


def test_confirm__own_name__needs_somebody_else(house: House) -> None:
    house.add_unit_member("trainer")
    _ask(house, "1002", 901)
    [(to, _account, params)] = house.told("link_requested")
    assert to == house.ids["trainer"]
    with pytest.raises(Refusal):
        link_requests.confirm(house.acting("unit"), params["request"])
    assert link_requests.waiting(house.acting("unit")) == []


def test_refuse__decided__tells_the_stranger_nothing(house: House) -> None:
    request = _request(house)
    link_requests.refuse(house.acting("sokha"), request)
    assert house.told("welcome") == []
    with pytest.raises(Refusal):
        link_requests.confirm(house.acting("unit"), request)
    assert house.chat().person_id is None


def test_confirm__a_week_later__is_too_old(house: House) -> None:
    request = _request(house)
    house.clock.advance(days=7)
    assert link_requests.waiting(house.acting("sokha")) == []
    with pytest.raises(Refusal):
        link_requests.confirm(house.acting("sokha"), request)


def test_confirm__account_is_somebody_else_by_now__does_nothing(house: House) -> None:
    request = _request(house)
    linking.by_contact(house.stranger(), SharedContact(house.person("rith").phone, STRANGER))
    with pytest.raises(Refusal):
        link_requests.confirm(house.acting("sokha"), request)
    assert house.chat().person_id == house.ids["rith"]


def test_confirm__person_has_left__is_refused(house: House) -> None:
    request = _request(house)
    house.person("dara").active = False
    house.ctx.session.flush()
    with pytest.raises(Refusal):
        link_requests.confirm(house.acting("sokha"), request)
    assert link_requests.waiting(house.acting("sokha")) == []


def test_confirm__several_claims_of_one_account__the_others_end(house: House) -> None:
    _ask(house, "1014")
    request = _request(house)
    assert len(link_requests.waiting(house.acting("sokha"))) == 2
    link_requests.confirm(house.acting("sokha"), request)
    assert link_requests.waiting(house.acting("sokha")) == []


def test_get__person_is_linked_elsewhere__warns_since_when(house: House) -> None:
    house.link("dara")
    card = link_requests.get(house.acting("sokha"), _request(house))
    assert card.replaces_since == house.ctx.now()
    assert card.display_name == "D. on the phone"


def test_overdue__after_two_days__goes_to_the_unit_once(house: House) -> None:
    _ask(house)
    asked = house.clock.now()
    assert overdue_requests.next_overdue(house.ctx, asked) == asked + dt.timedelta(days=2)
    overdue_requests.pass_on(house.ctx)
    assert len(house.told("link_requested")) == 1
    house.clock.advance(days=2)
    for _round in range(2):
        overdue_requests.pass_on(house.ctx)
    told = [to for to, _account, _params in house.told("link_requested")]
    assert told == [house.ids["sokha"], house.ids["unit"]]
    assert overdue_requests.next_overdue(house.ctx, house.clock.now()) is None


def test_overdue__decided_meanwhile__is_told_to_nobody(house: House) -> None:
    link_requests.refuse(house.acting("sokha"), _request(house))
    house.clock.advance(days=2)
    overdue_requests.pass_on(house.ctx)
    assert len(house.told("link_requested")) == 1


def test_count_waiting__of_each_reader__is_as_long_as_the_list(house: House) -> None:
    _ask(house)
    _ask(house, "1001", 901)
    for key in ("sokha", "unit", "dara"):
        ctx = house.acting(key)
        assert link_requests.count_waiting(ctx) == len(link_requests.waiting(ctx))
    assert link_requests.count_waiting(house.acting("unit")) == 2
