"""Holes that were found and closed, each by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.evaluation import assignments, keying
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Grant, Role
from bot.models.system import AuditEntry
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.models.work import WorkItem
from bot.people import access
from bot.people.access_table import Action
from bot.training import desk, enrolments
from handlers.common.numbers import number_of
from scripts.trespass.hand import Hand
from scripts.trespass.watch import undone
from scripts.trespass.world import OTHER, VICTIM, World


@pytest.fixture
def hand(mirrored: World, session: Session) -> Iterator[Hand]:
    with undone(session):
        yield Hand(mirrored, session)


def acting(hand: Hand, person_id: int) -> Ctx:
    actor = Actor(person_id, 100_000 + person_id, "en", "UTC")
    return Ctx(hand.session, hand.world.clock, actor, hand.world.settings)


def works(hand: Hand) -> int:
    return len(hand.session.exec(select(WorkItem.id)).all())


def test_file__of_a_colleague__is_not_opened_and_the_try_is_kept(hand: Hand) -> None:
    colleague, before = hand.world.accounts["colleague"], works(hand)
    said = hand.press_current(colleague, f"imp:{hand.world.blob_id}:people")
    assert said.toast == "That file is no longer here. Send it again."
    hand.press(colleague, f"formyes:{hand.world.blob_id}")
    assert works(hand) == before
    tried = select(AuditEntry).where(AuditEntry.object_kind == "blob")
    assert len(hand.session.exec(tried).all()) == 2


def test_form__put_in_force_twice__is_taken_once(hand: Hand) -> None:
    sender, before = hand.world.accounts["desk"], works(hand)
    for _time in range(2):
        said = hand.press(sender, f"formyes:{hand.world.blob_id}")
    assert works(hand) == before + 1
    assert said.toast == "That has been decided already. Nothing was changed."


def test_import__said_yes_to_twice__is_applied_once(hand: Hand) -> None:
    sender, before = hand.world.accounts["desk"], works(hand)
    for _time in range(2):
        hand.press(sender, "impyes:2")
    assert works(hand) == before + 1


def test_report__asked_for_twice__is_made_once(hand: Hand) -> None:
    region, before = hand.world.regions[VICTIM], works(hand)
    for _time in range(2):
        hand.press(region.accounts["trainer"], f"rep:{region.classes['read']}")
    assert works(hand) == before + 1


@pytest.mark.parametrize("action", [Action.IMPORT, Action.SET_POLICY])
def test_unit_of_one_region__what_holds_everywhere__is_refused(hand: Hand, action: Action) -> None:
    assert not access.may(acting(hand, hand.world.regions[VICTIM].people["unit"]), action)
    assert access.may(acting(hand, hand.world.accounts["desk"] - 100_000), action)


def test_questionnaire__of_somebody_else__does_not_tell_whether_it_is_answered(hand: Hand) -> None:
    class_id = hand.world.regions[VICTIM].classes["read"]
    rows = hand.session.exec(select(Assignment).where(Assignment.class_id == class_id)).all()
    states = {row.state for row in rows}
    assert {AssignmentState.ANSWERED, AssignmentState.CLOSED} <= states
    region = hand.world.regions[OTHER]
    for who, ask in (("officer1", assignments.begin), ("focal", keying.begin)):
        heard = set()
        for row in rows:
            with pytest.raises(Refusal) as refused:
                ask(acting(hand, region.people[who]), row.id or 0)
            heard.add(refused.value.sentence.msgid)
        assert len(heard) == 1


def test_anonymous_questionnaire__keyed_in__does_not_tell_whether_it_is_answered(
    hand: Hand,
) -> None:
    region = hand.world.regions[VICTIM]
    about = Assignment.class_id == region.classes["read"]
    rows = hand.session.exec(select(Assignment).where(about, Assignment.anonymous)).all()
    heard = set()
    for row in rows:
        with pytest.raises(Refusal) as refused:
            keying.begin(acting(hand, region.people["focal"]), row.id or 0)
        heard.add(refused.value.sentence.msgid)
    assert heard == {"An anonymous questionnaire can be answered only by its owner."}


def test_mixed_class__member_of_another_region__is_not_decided_about(hand: Hand) -> None:
    north, south = hand.world.regions[VICTIM], hand.world.regions[OTHER]
    class_id, person_id = north.classes["named"], south.people["officer1"]
    row = Enrolment(class_id=class_id, person_id=person_id, changed_at=hand.world.clock.now())
    hand.session.add(row)
    hand.session.flush()
    own = hand.session.exec(
        select(Enrolment.id).where(
            Enrolment.class_id == class_id, Enrolment.person_id == north.people["officer1"]
        )
    ).one()
    unit = acting(hand, south.people["unit"])
    assert enrolments.set_state(unit, row.id or 0, EnrolmentState.ATTENDED).counts
    with pytest.raises(access.OutOfReach):
        enrolments.set_state(unit, own or 0, EnrolmentState.NO_SHOW)
    with pytest.raises(access.OutOfReach):
        enrolments.remove(unit, own or 0)


def test_class_without_coordinator__is_kept_by_the_unit_it_lies_with(hand: Hand) -> None:
    region = hand.world.regions[VICTIM]
    held = hand.session.get_one(TrainingClass, region.classes["read"])
    held.coordinator_id = None
    hand.session.flush()
    keepers = desk.keepers_of(acting(hand, region.people["unit"]), held)
    central = [hand.world.accounts[key] - 100_000 for key in ("desk", "colleague", "newcomer")]
    assert keepers == sorted([region.people["unit"], *central])


def test_headquarters__is_nothing_that_can_be_granted(hand: Hand) -> None:
    person_id = hand.world.regions[VICTIM].people["unit"]
    assert Role.HEADQUARTERS not in access.roles(acting(hand, person_id))
    hand.session.add(Grant(person_id=person_id, role=Role.UNIT, granted_at=hand.world.clock.now()))
    hand.session.flush()
    assert Role.HEADQUARTERS in access.roles(acting(hand, person_id))


@pytest.mark.parametrize("text", ["", "-1", "²", "٣", "1.5", "2147483648", "9" * 30, " 1", "1\n"])
def test_number__that_no_button_holds__is_none(text: str) -> None:
    assert number_of(text) is None


def test_number__in_plain_digits__is_itself() -> None:
    assert (number_of("0"), number_of("2147483647")) == (0, 2**31 - 1)
