"""How a class stands to an officer: what can be done, why not, the charter, whom it lies with."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.training import EnrolmentState, Entry
from bot.training import enrolling, standing
from bot.training.standing import Standing
from bot.training.states import Act
from tests.integration.training.conftest import School

S = EnrolmentState


def of(school: School, key: str, class_id: int) -> Standing:
    return standing.standing(school.acting(key), class_id)


def test_class__open__can_be_asked_for(school: School) -> None:
    shown = of(school, "dara", school.hold().id)
    assert (shown.state, shown.can, shown.reasons) == (None, {Act.REQUEST}, ())
    assert (shown.free, shown.waiting, shown.place) == (2, 0, 0)


def test_class__that_cannot_be_asked_for__says_every_reason(school: School) -> None:
    school.course("HS", prerequisites='position "Inspector"')
    held = school.hold(course="HS", entry=Entry.NOMINATED)
    shown = of(school, "dara", held.id)
    assert shown.can == frozenset()
    assert len(shown.reasons) == 2


def test_class__without_dates__gathers_interest(school: School) -> None:
    held = school.hold(begins_in=None)
    assert of(school, "dara", held.id).can == {Act.INTEREST}
    standing.show_interest(school.acting("dara"), held.id)
    shown = of(school, "dara", held.id)
    assert (shown.state, shown.can) == (S.INTERESTED, {Act.WITHDRAW})


@pytest.mark.parametrize(("days", "over"), [(18, False), (19, True)])
def test_class__after_its_end__is_over(school: School, days: int, over: bool) -> None:
    held = school.hold()
    school.approved("dara", held)
    school.pass_days(days)
    assert of(school, "dara", held.id).over is over


def test_class__closed_before_its_end__is_over(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    assert not of(school, "dara", held.id).over
    held.closed_at = school.ctx.now()
    assert of(school, "dara", held.id).over


def test_request__without_the_charter__is_refused(school: School) -> None:
    held = school.hold()
    with pytest.raises(Refusal):
        standing.ask(school.acting("dara"), held.id)
    state = standing.ask(school.acting("dara"), held.id, accepts=True)
    assert state is S.REQUESTED
    assert school.enrolment("dara", held).charter_at == school.ctx.now()
    assert not of(school, "dara", held.id).owes_charter


def test_request__of_a_course_without_charter__needs_none(school: School) -> None:
    school.course(has_charter=False)
    held = school.hold()
    standing.ask(school.acting("dara"), held.id)
    assert school.enrolment("dara", held).charter_at is None


def test_charter__of_who_was_ordered__is_accepted_afterwards_once(school: School) -> None:
    held = school.hold()
    enrolling.order(school.ctx, held.id, school.ids["dara"])
    assert of(school, "dara", held.id).owes_charter
    standing.accept_charter(school.acting("dara"), held.id)
    first = school.enrolment("dara", held).charter_at
    school.pass_days(1)
    standing.accept_charter(school.acting("dara"), held.id)
    assert school.enrolment("dara", held).charter_at == first
    with pytest.raises(Refusal):
        standing.accept_charter(school.acting("rith"), held.id)


def test_request__lies_with_the_supervisor_by_name_or_with_the_unit(school: School) -> None:
    held = school.hold()
    school.request("dara", held)
    shown = of(school, "dara", held.id)
    assert shown.is_asked
    assert render(shown.asked, "en") == "Keo Sokha"
    for key in ("sokha", "director"):
        school.unlink(key)
    school.request("rith", held)
    shown = of(school, "rith", held.id)
    assert (shown.is_asked, shown.asked) == (True, None)


def test_wait_list__place_and_length__are_shown(school: School) -> None:
    held = school.hold(seats=1)
    for key in ("dara", "rith", "maly"):
        school.approved(key, held)
    assert [of(school, key, held.id).place for key in ("dara", "rith", "maly")] == [0, 1, 2]
    assert (of(school, "bopha", held.id).free, of(school, "bopha", held.id).waiting) == (0, 2)


def test_required__cannot_be_left__and_says_why(school: School) -> None:
    held = school.hold()
    enrolling.order(school.ctx, held.id, school.ids["dara"])
    shown = of(school, "dara", held.id)
    assert Act.WITHDRAW not in shown.can
    with pytest.raises(Refusal) as refused:
        standing.require_leaving(shown)
    assert render(refused.value.sentence, "en").startswith("This training is required.")
    with pytest.raises(Refusal):
        standing.withdraw(school.acting("dara"), held.id, "ill")


def test_withdrawal__twice__is_refused_the_second_time(school: School) -> None:
    held = school.hold()
    school.approved("dara", held)
    standing.withdraw(school.acting("dara"), held.id, "I am ill")
    assert of(school, "dara", held.id).can == {Act.REQUEST}
    with pytest.raises(Refusal):
        standing.withdraw(school.acting("dara"), held.id, "I am ill")
