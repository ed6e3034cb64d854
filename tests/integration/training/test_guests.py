"""Guests of a class: they join by a link with a name, and stand in no roster."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

import bot.people.roster_import
import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.imports import KINDS
from bot.models.people import Person
from bot.models.training import TrainingClass
from bot.people import chats, invites
from bot.training import calling_off, guests, offer
from bot.training.offer import View
from tests.integration.training.conftest import School

STRANGER = 777


@pytest.fixture
def held(school: School) -> TrainingClass:
    invites.remember_bot_name(school.ctx.session, "rollcall_bot")
    return school.hold(seats=2)


def stranger(school: School, user_id: int = STRANGER) -> Ctx:
    """The context of an account, as the person it speaks for by now."""
    chat = chats.get_or_create(school.ctx.session, user_id)
    return replace(school.ctx, actor=Actor(chat.person_id, user_id))


def token_of(school: School, held: TrainingClass) -> str:
    """The token of the link that the unit makes."""
    made = guests.make_link(school.acting("unit"), held.id)
    token = guests.token_in(made.link.partition("start=")[2])
    assert token is not None
    return token


def test_guest__with_no_more_than_a_name__has_a_place(school: School, held: TrainingClass) -> None:
    token = token_of(school, held)
    assert guests.invited_to(stranger(school), token).id == held.id
    guests.join(stranger(school), token, "  Aya   Tanaka ")
    person = school.ctx.session.exec(select(Person).where(Person.guest)).one()
    assert (person.full_name, person.supervisor_id) == ("Aya Tanaka", None)
    assert guests.of_class(school.acting("unit"), held.id).guests == 1


def test_guest__sees_this_class_and_no_other(school: School, held: TrainingClass) -> None:
    school.hold(course="HS")
    guests.join(stranger(school), token_of(school, held), "Aya Tanaka")
    seen = offer.lines(stranger(school), View.CLASSES)
    assert [line.class_id for line in seen] == [held.id]
    assert offer.lines(stranger(school), View.COURSES) == []


def test_guest__of_a_second_class__keeps_the_name(school: School, held: TrainingClass) -> None:
    other = school.hold(course="HS")
    guests.join(stranger(school), token_of(school, held), "Aya Tanaka")
    guests.join(stranger(school), token_of(school, other), "")
    assert len(school.ctx.session.exec(select(Person).where(Person.guest)).all()) == 1


def test_guest__stands_in_no_roster_export_or_list_of_missing(
    school: School, held: TrainingClass
) -> None:
    guests.join(stranger(school), token_of(school, held), "Aya Tanaka")
    for kind in ("people", "enrolments"):
        exporter = KINDS[kind].export
        assert exporter is not None
        cells = [cell for row in exporter(school.ctx.session).rows for cell in row]
        assert not any(str(cell).startswith("G-") for cell in cells)
        assert "Aya Tanaka" not in cells
    unit = school.acting("unit")
    assert "Guests" not in [one.office.name for one in invites.offices(unit)]


@pytest.mark.parametrize("name", ["", "x", "12 34", "y" * 101])
def test_guest__without_a_name__refused(school: School, held: TrainingClass, name: str) -> None:
    token = token_of(school, held)
    with pytest.raises(Refusal):
        guests.join(stranger(school), token, name)


def test_guest__class_full_begun_cancelled_or_link_ended__refused(
    school: School, held: TrainingClass
) -> None:
    full = school.hold(seats=1, course="HS")
    school.approved("dara", full)
    with pytest.raises(Refusal):
        guests.join(stranger(school), token_of(school, full), "Aya Tanaka")
    token = token_of(school, held)
    calling_off.cancel(school.ctx, held.id)
    assert guests.invited_to(stranger(school, 778), token) is None
    calling_off.bring_back(school.ctx, held.id)
    assert guests.invited_to(stranger(school, 779), token) is not None
    guests.end_link(school.acting("unit"), held.id)
    with pytest.raises(Refusal):
        guests.join(stranger(school, 780), token, "Aya Tanaka")


def test_link__is_one_until_it_is_ended__and_not_for_a_class_that_has_begun(
    school: School, held: TrainingClass
) -> None:
    first = token_of(school, held)
    assert token_of(school, held) == first
    guests.end_link(school.acting("unit"), held.id)
    assert token_of(school, held) != first
    with pytest.raises(Refusal):
        guests.make_link(school.acting("unit"), school.hold(begins_in=-1).id)
    with pytest.raises(Refusal):
        guests.make_link(school.acting("dara"), held.id)


def test_officer__who_opens_the_link__does_not_become_a_guest(
    school: School, held: TrainingClass
) -> None:
    token = token_of(school, held)
    with pytest.raises(Refusal):
        guests.join(school.acting("dara"), token, "Sok Dara")


def test_wrong_token__tried_again_and_again__locks_the_account(
    school: School, held: TrainingClass
) -> None:
    token = token_of(school, held)
    for _number in range(10):
        assert guests.invited_to(stranger(school), "nothing") is None
    assert guests.invited_to(stranger(school), token) is None
