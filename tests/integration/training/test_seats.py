"""Who gets a seat, in which order, and what is kept and told about it."""

from __future__ import annotations

from bot.models.training import EnrolmentState as S
from bot.training import enrolling, seats
from tests.integration.training.conftest import School


def test_seat__first_approved__is_given_at_once_and_told_once(school: School) -> None:
    held = school.hold(seats=1)
    row = school.approved("dara", held)
    assert row.state is S.ENROLLED
    assert school.history(row) == [
        ("request", "requested"),
        ("approve", "approved"),
        ("seat", "enrolled"),
    ]
    assert school.told_states("dara") == ["enrolled"]


def test_seat__of_who_withdraws__goes_to_the_first_approved(school: School) -> None:
    held = school.hold(seats=1)
    first = school.approved("dara", held)
    school.pass_days(1)
    school.approved("rith", held)
    school.pass_days(1)
    school.approved("maly", held)
    enrolling.withdraw(school.acting("dara"), first.id)
    assert school.enrolled(held) == {"rith"}
    assert school.told_states("rith") == ["approved", "enrolled"]
    assert seats.place_of(school.ctx.session, school.enrolment("maly", held)) == 1


def test_seat__somebody_ordered_later__comes_before_who_asked(school: School) -> None:
    held = school.hold(seats=1)
    first = school.approved("dara", held)
    school.approved("rith", held)
    school.pass_days(1)
    enrolling.order(school.ctx, held.id, school.ids["maly"])
    assert seats.place_of(school.ctx.session, school.enrolment("rith", held)) == 2
    enrolling.cancel(school.ctx, first.id)
    assert school.enrolled(held) == {"maly"}


def test_seat__freed_after_the_class_began__stays_free(school: School) -> None:
    held = school.hold(seats=1, begins_in=3)
    first = school.approved("dara", held)
    school.approved("rith", held)
    school.pass_days(4)
    enrolling.cancel(school.ctx, first.id)
    assert school.enrolled(held) == set()
    assert school.state("rith", held) is S.APPROVED


def test_seat__asked_for_and_not_approved__is_not_given(school: School) -> None:
    held = school.hold(seats=2)
    school.request("dara", held)
    assert not seats.fill(school.ctx, held)
    assert school.state("dara", held) is S.REQUESTED
