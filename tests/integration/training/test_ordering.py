"""Ordered attendance by staff number: all of them or nobody, told, first in line."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.training import EnrolmentState as S
from bot.people.access import OutOfReach
from bot.training import ordering
from tests.integration.training.conftest import School


def numbers(school: School, *keys: str) -> str:
    return ", ".join(school.person(key).staff_no for key in keys)


@pytest.mark.parametrize("between", [" ", ",", ";", "\n", " ، "])
def test_order__of_numbers_with_any_sign_between__orders_each_once(
    school: School, between: str
) -> None:
    held = school.hold(seats=2)
    typed = between.join(["1011", "1014", "1011"])
    assert ordering.order_people(school.acting("unit"), held.id, typed, "21/2026") == 2
    assert school.enrolled(held) == {"dara", "rith"}
    change = school.changes(school.enrolment("dara", held))[0]
    assert (change.act, change.details["order"]) == ("order", "21/2026")
    assert len(school.told("sokha", "approval_ordered")) == 2


def test_order__in_a_full_class__comes_before_who_asked(school: School) -> None:
    held = school.hold(seats=1)
    school.approved("maly", held)
    school.approved("rith", held)
    ordering.order_people(school.acting("unit"), held.id, numbers(school, "dara"))
    assert school.state("dara", held) is S.APPROVED
    assert school.enrolment("dara", held).required


def test_order__with_several_faults__names_each(school: School) -> None:
    held = school.hold()
    school.person("rith").active = False
    school.ctx.session.flush()
    with pytest.raises(Refusal) as refusal:
        ordering.order_people(school.acting("unit"), held.id, "7777 1014 8888")
    said = render(refusal.value.sentence, "en")
    assert all(word in said for word in ("7777", "8888", "Nhem Rith", "Nobody was ordered"))


def test_order__of_who_trains_the_class__is_refused_by_name(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id)
    with pytest.raises(Refusal) as refusal:
        ordering.order_people(school.acting("unit"), held.id, numbers(school, "trainer"))
    assert "Prak Vanna" in render(refusal.value.sentence, "en")


@pytest.mark.parametrize("typed", ["", " , ;", " ".join(str(9000 + n) for n in range(201))])
def test_order__of_nobody_or_of_too_many__is_refused(school: School, typed: str) -> None:
    held = school.hold()
    with pytest.raises(Refusal, match="from 1 to"):
        ordering.order_people(school.acting("unit"), held.id, typed)


def test_order__by_who_keeps_no_classes__is_refused(school: School) -> None:
    held = school.hold()
    with pytest.raises(OutOfReach):
        ordering.order_people(school.acting("sokha"), held.id, numbers(school, "dara"))
