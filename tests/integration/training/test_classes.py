"""Classes corrected, moved, cancelled, held again: who is told, who gets a seat, who leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.i18n import render
from bot.models.approvals import Approval
from bot.models.training import EnrolmentState as S
from bot.models.training import Entry, TrainingClass
from bot.models.work import WorkItem
from bot.training import calling_off, clashes, classes, copying, enrolling
from tests.integration.training.conftest import School


def edit(school: School, held: TrainingClass, **typed: Any) -> classes.Done:
    """Correct a class as the form would: everything as it is, but this."""
    unit = school.acting("unit")
    return classes.edit(unit, held.id, classes.as_typed(unit, held.id) | typed)


def refused(school: School, held: TrainingClass, **typed: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        edit(school, held, **typed)
    return render(refusal.value.sentence, "en")


def test_edit__nothing_changed__tells_nobody(school: School) -> None:
    held = school.hold(weekdays="Mon-Wed,Fri", enrol_by=dt.date(2026, 3, 10))
    school.approved("dara", held)
    done = edit(school, held)
    assert (done.told, done.seated) == (0, 0)
    assert school.told("dara", "class_moved") == []
    assert held.weekdays == "Mon-Wed,Fri"


def test_edit__every_field_of_the_form__is_kept(school: School) -> None:
    held = school.hold()
    school.trainer()
    edit(
        school,
        held,
        weekdays=["mon", "tue", "wed", "sun"],
        entry="nominated",
        order_no="12/2026",
        enrol_by="2026-03-10",
        least_trainees="2",
        language="km",
        cohort="Second",
        bring="A laptop",
        backup_trainer="T-trainer",
    )
    assert (held.weekdays, held.entry, held.order_no) == (
        "Mon-Wed,Sun",
        Entry.NOMINATED,
        "12/2026",
    )
    assert (held.enrol_by, held.least_trainees) == (dt.date(2026, 3, 10), 2)
    assert (held.language, held.cohort, held.bring) == ("km", "Second", "A laptop")
    assert held.backup_trainer_id == school.trainer().id


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"enrol_by": "2026-03-20"}, "Enrolment would end after the class has begun."),
        ({"start_time": "10:00", "end_time": "09:00"}, "end before it begins"),
        ({"least_trainees": "3"}, "more trainees than it has seats"),
        ({"ends_on": ""}, "Give both dates, or neither"),
        ({"entry": "by letter"}, "Choose one of the ways"),
        ({"weekdays": "someday"}, "Choose days of the week."),
    ],
)
def test_edit__what_cannot_be__refused(school: School, typed: dict[str, str], said: str) -> None:
    assert said in refused(school, school.hold(seats=2), **typed)


def test_seats__below_those_with_a_place__refused_with_the_number(school: School) -> None:
    held = school.hold(seats=2)
    school.approved("dara", held)
    school.approved("rith", held)
    assert refused(school, held, seats="1").startswith("2 people have a place")
    assert held.seats == 2


def test_seats__added__go_to_who_waits_in_the_same_act(school: School) -> None:
    held = school.hold(seats=1)
    for key in ("dara", "rith", "maly"):
        school.approved(key, held)
        school.pass_days(0.1)
    done = edit(school, held, seats="2")
    assert (done.seated, school.enrolled(held)) == (1, {"dara", "rith"})
    assert school.told_states("rith") == ["approved", "enrolled"]


def test_move__everybody_live_is_told_once__unless_it_is_done_in_silence(school: School) -> None:
    held = school.hold(seats=1)
    school.approved("dara", held)
    school.approved("rith", held)
    school.request("maly", held)
    assert edit(school, held, place="Hall B").told == 3
    assert len(school.told("rith", "class_moved")) == 1
    assert edit(school, held, place="Hall C", telling="silent").told == 0
    assert len(school.told("rith", "class_moved")) == 1


def test_move__more_than_twenty_are_told__asked_first(school: School) -> None:
    held = school.hold(seats=30)
    for number in range(21):
        school.add_person(f"officer {number}")
        enrolling.admit(school.ctx, held.id, school.ids[f"officer {number}"])
    assert refused(school, held, place="Hall B").startswith("21 people would be told of this.")
    assert edit(school, held, place="Hall B", telling="now").told == 21


def test_dates__given_to_a_class_that_gathers_interest__its_people_are_told(
    school: School,
) -> None:
    held = school.hold(begins_in=None)
    row = enrolling.show_interest(school.acting("dara"), held.id)
    done = edit(school, held, starts_on="2026-04-06", ends_on="2026-04-10")
    assert (done.told, row.state) == (1, S.INTERESTED)
    assert school.request("dara", held).state is S.REQUESTED


def test_cancel__everybody_live_is_off_the_list_and_told_the_reason(school: School) -> None:
    held = school.hold(seats=1)
    enrolled, waiting = school.approved("dara", held), school.approved("rith", held)
    requested = school.request("maly", held)
    done = calling_off.cancel(school.acting("unit"), held.id, "Flood")
    assert {row.state for row in (enrolled, waiting, requested)} == {S.CANCELLED}
    assert done.told == 3
    assert school.told_states("maly") == ["cancelled"]
    change = school.changes(enrolled)[-1]
    assert (change.rule, change.reason) == ("class cancelled", "Flood")
    assert school.approval(requested).ended_how == "class cancelled"


def test_cancel__long_list__is_emptied_by_long_work_and_stops_where_it_is_held_after_all(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling_off, "AT_ONCE", 2)
    held, unit = school.hold(seats=1), school.acting("unit")
    school.approved("dara", held)
    school.approved("rith", held)
    requested = school.request("maly", held)
    done = calling_off.cancel(unit, held.id, "Flood")
    assert (done.told, school.enrolled(held)) == (3, {"dara"})
    (work,) = school.ctx.session.exec(select(WorkItem))
    assert (work.kind, work.params) == (
        calling_off.WORK,
        {"class": held.id, "reason": "Flood"},
    )
    assert calling_off.take_off_some(unit, held.id, "Flood", 1) == 1
    assert (school.enrolled(held), school.told_states("dara")[-1]) == (set(), "cancelled")
    calling_off.bring_back(unit, held.id)
    assert calling_off.take_off_some(unit, held.id, "Flood", 1) == 0
    assert (school.enrolled(held), school.state("rith", held)) == ({"dara"}, S.APPROVED)
    asked = school.ctx.session.exec(
        select(Approval).where(Approval.enrolment_id == requested.id, Approval.ended_at.is_(None))
    ).all()
    assert len(asked) == 1


def test_bring_back__seats_are_given_in_the_same_order__requests_are_asked_anew(
    school: School,
) -> None:
    held = school.hold(seats=1)
    school.approved("dara", held)
    school.pass_days(1)
    school.approved("rith", held)
    requested = school.request("maly", held)
    unit = school.acting("unit")
    calling_off.cancel(unit, held.id, "Flood")
    school.pass_days(1)
    assert calling_off.count_back(unit, held.id) == 3
    done = calling_off.bring_back(unit, held.id)
    assert (done.told, done.seated) == (3, 1)
    assert school.enrolled(held) == {"dara"}
    assert (school.state("rith", held), requested.state) == (S.APPROVED, S.REQUESTED)
    assert school.told_states("dara") == ["enrolled", "cancelled", "enrolled"]
    assert school.told_states("rith") == ["approved", "cancelled", "approved"]
    asked = school.ctx.session.exec(
        select(Approval).where(Approval.enrolment_id == requested.id, Approval.ended_at.is_(None))
    ).all()
    assert len(asked) == 1


def test_bring_back__who_had_left_before__stays_away(school: School) -> None:
    held = school.hold(seats=2)
    gone = school.approved("dara", held)
    school.approved("rith", held)
    enrolling.withdraw(school.acting("dara"), gone.id)
    calling_off.cancel(school.ctx, held.id)
    calling_off.bring_back(school.ctx, held.id)
    assert school.enrolled(held) == {"rith"}
    assert gone.state is S.WITHDRAWN


def test_bring_back__once_the_class_has_begun__only_who_had_a_place_is_back(
    school: School,
) -> None:
    held = school.hold(seats=1, begins_in=2)
    row, waiting = school.approved("dara", held), school.approved("rith", held)
    school.pass_days(3)
    calling_off.cancel(school.ctx, held.id)
    done = calling_off.bring_back(school.ctx, held.id)
    assert (done.told, held.cancelled_at) == (1, None)
    assert (row.state, waiting.state) == (S.ENROLLED, S.CANCELLED)
    assert school.told_states("dara") == ["enrolled", "cancelled", "enrolled"]


def test_closed_class__is_not_corrected_or_cancelled(school: School) -> None:
    held = school.hold(closed_at=school.ctx.now())
    assert refused(school, held, place="Hall") == "The class has been closed. Open it again first."
    with pytest.raises(Refusal):
        calling_off.cancel(school.ctx, held.id)


def test_copy__new_code_and_dates__all_else_as_before(school: School) -> None:
    source = school.hold(
        seats=7, place="Hall B", weekdays="Mon-Fri", enrol_by=dt.date(2026, 3, 9), cohort="First"
    )
    school.approved("dara", source)
    typed = {"code": "VAL-B", "starts_on": "2026-05-04", "ends_on": "2026-05-08"}
    made = copying.copy(school.acting("unit"), source.id, typed)
    found = school.ctx.session.get_one(TrainingClass, made.card.id)
    assert (found.from_class_id, found.seats, found.place) == (source.id, 7, "Hall B")
    assert found.enrol_by == dt.date(2026, 4, 27)
    assert (found.cohort, made.card.trainees) == ("", 0)


@pytest.mark.parametrize("code", ["VAL-1", "", "x" * 41])
def test_copy__code_that_cannot_be__refused(school: School, code: str) -> None:
    source = school.hold()
    with pytest.raises(Refusal):
        copying.copy(school.ctx, source.id, {"code": code})


def test_clash__same_trainer_and_same_place__are_named(school: School) -> None:
    trainer = school.trainer()
    one = school.hold(place="Hall B", trainer_id=trainer.id)
    school.hold(course="HS", place="hall b", backup_trainer_id=trainer.id)
    school.hold(course="IPR", place="Hall B", begins_in=60)
    assert [render(words, "en") for words in clashes.of_class(school.ctx, one)] == [
        "On these days Prak Vanna also trains class HS-2, from Mar 16, 2026.",
        "On these days class HS-2 is held at hall b too, from Mar 16, 2026.",
    ]
