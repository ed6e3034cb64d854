"""Linking by one's own contact and by a one-time invite."""

from __future__ import annotations

import pytest

from bot.events import SharedContact
from bot.people import invites, linking
from bot.people.linking import OutcomeKind
from tests.integration.people.conftest import STRANGER, House


def _contact(house: House, key: str, user_id: int | None = STRANGER) -> SharedContact:
    return SharedContact(house.person(key).phone.removeprefix("+"), user_id)


def test_contact__own_and_in_the_roster__links(house: House) -> None:
    outcome = linking.by_contact(house.stranger(), _contact(house, "dara"))
    assert outcome.kind is OutcomeKind.LINKED
    assert outcome.person is not None
    assert outcome.person.id == house.ids["dara"]
    assert house.chat().person_id == house.ids["dara"]
    assert [entry.details["way"] for entry in house.noted("link.made")][-1] == "contact"
    assert house.told("welcome") == [(house.ids["dara"], None, {"way": "contact"})]


@pytest.mark.parametrize("sender", [None, 901])
def test_contact__of_somebody_else__never_counts(house: House, sender: int | None) -> None:
    outcome = linking.by_contact(house.stranger(), _contact(house, "dara", sender))
    assert outcome.kind is OutcomeKind.NOT_OWN_CONTACT
    assert house.chat().person_id is None


@pytest.mark.parametrize("why", ["unknown", "left", "shared by two"])
def test_contact__no_match__sounds_the_same_whatever_the_reason(house: House, why: str) -> None:
    contact = _contact(house, "dara")
    if why == "unknown":
        contact = SharedContact("85599999999", STRANGER)
    elif why == "left":
        house.person("dara").active = False
    else:
        house.person("rith").phone = house.person("dara").phone
    house.ctx.session.flush()
    outcome = linking.by_contact(house.stranger(), contact)
    assert outcome == linking.Outcome(OutcomeKind.NO_MATCH)
    assert house.chat().failed_tries == 1


def test_contact__linked_already__says_so_and_counts_nothing(house: House) -> None:
    linking.by_contact(house.stranger(), _contact(house, "dara"))
    again = linking.by_contact(house.stranger(), _contact(house, "dara"))
    assert again.kind is OutcomeKind.ALREADY
    assert house.chat().failed_tries == 0


def test_contact__language_of_the_roster__is_spoken_from_now_on(house: House) -> None:
    assert linking.by_contact(house.stranger(), _contact(house, "bopha")).language == "km"


def test_contact__no_language_anywhere__keeps_the_one_spoken_so_far(house: House) -> None:
    house.person("dara").language = ""
    outcome = linking.by_contact(house.stranger(language="ur"), _contact(house, "dara"))
    assert outcome.language == "ur"
    assert house.chat().language == "ur"


def test_invite__opened__links_once_only(house: House) -> None:
    token = _token(house, "dara")
    assert linking.by_token(house.stranger(), token).kind is OutcomeKind.LINKED
    other = house.stranger(901)
    assert linking.by_token(other, token).kind is OutcomeKind.BAD_INVITE
    assert house.chat(901).person_id is None


def test_invite__opened_again_by_its_person__is_no_failure(house: House) -> None:
    token = _token(house, "sokha")
    outcome = linking.by_token(house.acting("sokha"), token)
    assert outcome.kind is OutcomeKind.ALREADY
    assert house.chat(house.account("sokha")).failed_tries == 0


@pytest.mark.parametrize("why", ["unknown", "expired", "replaced", "left", "linked otherwise"])
def test_invite__no_good_any_more__sounds_the_same(house: House, why: str) -> None:
    token = _token(house, "dara")
    if why == "unknown":
        token = "x" * 22
    elif why == "expired":
        house.clock.advance(days=30)
    elif why == "replaced":
        _token(house, "dara")
    elif why == "left":
        house.person("dara").active = False
    else:
        linking.by_contact(house.stranger(901), _contact(house, "dara", 901))
    house.ctx.session.flush()
    outcome = linking.by_token(house.stranger(), token)
    assert outcome == linking.Outcome(OutcomeKind.BAD_INVITE)
    assert house.chat().failed_tries == 1


def test_invite__for_somebody_else__leaves_account_and_invite_alone(house: House) -> None:
    token = _token(house, "dara")
    outcome = linking.by_token(house.acting("sokha"), token)
    assert outcome.kind is OutcomeKind.OTHER_PERSON
    assert outcome.person is not None
    assert outcome.person.id == house.ids["sokha"]
    assert linking.by_token(house.stranger(), token).kind is OutcomeKind.LINKED


def test_tries__five_that_fail__lock_for_an_hour(house: House) -> None:
    ctx = house.stranger()
    for _try in range(5):
        assert linking.by_token(ctx, "wrong").kind is OutcomeKind.BAD_INVITE
    locked = linking.by_contact(ctx, _contact(house, "dara"))
    assert locked.kind is OutcomeKind.LOCKED
    assert locked.until == house.clock.now().replace(hour=3)
    assert house.chat().person_id is None
    house.clock.advance(hours=1)
    assert linking.by_contact(ctx, _contact(house, "dara")).kind is OutcomeKind.LINKED
    assert len(house.noted("link.locked")) == 1


def test_tries__of_different_ways__add_up(house: House) -> None:
    ctx = house.stranger()
    for _try in range(4):
        linking.by_token(ctx, "wrong")
    linking.by_contact(ctx, SharedContact("85599999999", STRANGER))
    assert linking.by_token(ctx, _token(house, "dara")).kind is OutcomeKind.LOCKED


def test_tries__linked_in_between__are_forgotten(house: House) -> None:
    ctx = house.stranger()
    for _try in range(4):
        linking.by_token(ctx, "wrong")
    linking.by_contact(ctx, _contact(house, "dara"))
    assert house.chat().failed_tries == 0


def _token(house: House, key: str) -> str:
    made = invites.make(house.ctx, [house.ids[key]])[0]
    return made.link.rpartition("=")[2]
