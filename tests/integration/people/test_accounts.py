"""One account is one person: moved to another phone, taken from leavers, given back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.events import SharedContact
from bot.models.forms import Draft, FormVersion
from bot.people import accounts, linking
from bot.people.linking import OutcomeKind
from tests.integration.people.conftest import STRANGER, House


@pytest.fixture
def linked(house: House) -> House:
    house.link("dara")
    return house


def _move(house: House) -> None:
    contact = SharedContact(house.person("dara").phone, STRANGER)
    assert linking.by_contact(house.stranger(), contact).kind is OutcomeKind.LINKED


def test_relink__from_another_account__ends_the_old_one_and_tells(linked: House) -> None:
    _move(linked)
    assert linked.chat(linked.account("dara")).person_id is None
    assert linked.chat().person_id == linked.ids["dara"]
    at = {"at": linked.clock.now().isoformat()}
    assert linked.told("linked_elsewhere") == [(None, linked.account("dara"), at)]
    assert linked.told("relinked") == [
        (linked.ids["unit"], None, {"person": linked.ids["dara"], **at})
    ]


def test_relink__language_and_notice__come_along(linked: House) -> None:
    old = linked.chat(linked.account("dara"))
    old.language, old.privacy_version = "ur", 1
    _move(linked)
    assert (linked.chat().language, linked.chat().privacy_version) == ("ur", 1)


def test_relink__drafts__come_along(linked: House) -> None:
    draft = _draft(linked, linked.account("dara"))
    _move(linked)
    assert draft.user_id == STRANGER


def test_link__drafts_of_somebody_before__are_gone(linked: House) -> None:
    _draft(linked, linked.account("dara"))
    linking.unlink_leavers(linked.ctx, [linked.ids["dara"]])
    contact = SharedContact(linked.person("rith").phone, linked.account("dara"))
    linking.by_contact(linked.stranger(linked.account("dara")), contact)
    assert linked.ctx.session.exec(select(Draft)).all() == []


def test_leavers__account_and_invites__are_gone_at_once(linked: House) -> None:
    person_id = linked.ids["dara"]
    assert linking.unlink_leavers(linked.ctx, [person_id]) == 1
    assert linked.chat(linked.account("dara")).person_id is None
    assert linking.unlink_leavers(linked.ctx, [person_id]) == 0


def test_leavers__import_undone__have_their_account_again(linked: House) -> None:
    linking.unlink_leavers(linked.ctx, [linked.ids["dara"], linked.ids["rith"]])
    assert accounts.give_back(linked.ctx, [linked.ids["dara"], linked.ids["rith"]]) == 1
    assert linked.chat(linked.account("dara")).person_id == linked.ids["dara"]


def test_give_back__account_moved_or_taken_by_hand__stays_ended(linked: House) -> None:
    linking.unlink(linked.acting("unit"), linked.ids["dara"])
    assert accounts.give_back(linked.ctx, [linked.ids["dara"]]) == 0


def test_give_back__account_of_somebody_else_by_now__stays_theirs(linked: House) -> None:
    linking.unlink_leavers(linked.ctx, [linked.ids["dara"]])
    account = linked.account("dara")
    linking.by_contact(
        linked.stranger(account), SharedContact(linked.person("rith").phone, account)
    )
    assert accounts.give_back(linked.ctx, [linked.ids["dara"]]) == 0
    assert linked.chat(account).person_id == linked.ids["rith"]


@pytest.mark.parametrize("key", ["sokha", "dara", "director", "trainer"])
def test_unlink__by_anybody_but_unit_and_hr__is_refused(linked: House, key: str) -> None:
    with pytest.raises(Refusal):
        linking.unlink(linked.acting(key), linked.ids["dara"])
    assert linked.chat(linked.account("dara")).person_id == linked.ids["dara"]


def _draft(house: House, user_id: int) -> Draft:
    version = FormVersion(
        form="f", version=1, structure="", digest="", definition={}, made_at=house.ctx.now()
    )
    house.ctx.session.add(version)
    house.ctx.session.flush()
    assert version.id is not None
    draft = Draft(
        user_id=user_id,
        version_id=version.id,
        begun_at=house.ctx.now(),
        touched_at=house.ctx.now(),
    )
    house.ctx.session.add(draft)
    house.ctx.session.flush()
    return draft
