"""Drawing lots: who takes part, in which order seats are filled, what is kept, told, refused."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.i18n import render
from bot.models.impact import Lottery, LotteryEntry
from bot.models.training import EnrolmentState as S
from bot.models.training import TrainingClass
from bot.training import calling_off, enrolling, history, lots, seats
from tests.integration.training.conftest import School

PEOPLE = ("dara", "bopha", "bilal", "rith", "maly")


def waiting_class(school: School, *who: str, taken: int = 0) -> TrainingClass:
    """A class whose seats are all taken, by the first of these people, and the others wait."""
    held = school.hold(seats=taken)
    for key in who:
        school.approved(key, held)
    return held


def by_lot(school: School, held: TrainingClass) -> list[str]:
    names = {person_id: key for key, person_id in school.ids.items()}
    draw = lots.of_class(school.acting("unit"), held.id)
    return [names[entry.person_id] for entry in draw.entries]


def test_draw__fewer_seats_than_people__are_filled_by_lot(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    lots.draw(school.acting("unit"), held.id, 2)
    order = by_lot(school, held)
    assert set(order) == set(PEOPLE)
    assert school.enrolled(held) == set(order[:2])
    places = [school.enrolment(key, held) for key in order[2:]]
    assert [seats.place_of(school.ctx.session, row) for row in places] == [1, 2, 3]
    entries = school.ctx.session.exec(select(LotteryEntry).order_by(LotteryEntry.place)).all()
    assert [entry.won for entry in entries] == [True, True, False, False, False]
    assert held.seats == 2


def test_draw__its_seed__gives_the_order_again_by_hand(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    draw = lots.draw(school.acting("unit"), held.id, 2)
    numbers = [school.person(key).staff_no for key in PEOPLE]
    expected = [school.person(key).staff_no for key in by_lot(school, held)]
    assert lots.order_of(draw.seed, reversed(numbers)) == expected


def test_order_of__a_known_seed__sorts_by_the_sums_that_sha256sum_gives() -> None:
    # printf 7:1013 | sha256sum gives 39c0f6ae…
    # printf 7:1012 | sha256sum gives 83064c3a…
    # printf 7:1011 | sha256sum gives b736cae0…
    assert lots.order_of("7", ("1011", "1012", "1013")) == ["1013", "1012", "1011"]


def test_draw__each_person__is_told_once(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    before = {key: len(school.told(key)) for key in PEOPLE}
    lots.draw(school.acting("unit"), held.id, 2)
    order = by_lot(school, held)
    told = {key: school.told_states(key)[before[key] :] for key in PEOPLE}
    assert [told[key] for key in order] == [["enrolled"]] * 2 + [["approved"]] * 3


def test_draw__somebody_leaves_later__the_next_lot_gets_the_seat(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    lots.draw(school.acting("unit"), held.id, 2)
    order = by_lot(school, held)
    enrolling.withdraw(school.acting(order[0]), school.enrolment(order[0], held).id)
    assert school.enrolled(held) == {order[1], order[2]}
    row = school.enrolment(order[2], held)
    assert school.history(row)[-2:] == [("draw lots", "approved"), ("seat", "enrolled")]


def test_draw__who_is_approved_later_or_anew__comes_after_all_lots(school: School) -> None:
    held = waiting_class(school, *PEOPLE[:4])
    lots.draw(school.acting("unit"), held.id, 1)
    first_left_out = by_lot(school, held)[1]
    school.approved("maly", held)
    school.pass_days(1)
    row = school.enrolment(first_left_out, held)
    enrolling.withdraw(school.acting(first_left_out), row.id)
    enrolling.approve(school.ctx, school.request(first_left_out, held).id)
    assert row.lot is None
    assert seats.place_of(school.ctx.session, row) == 4
    assert seats.place_of(school.ctx.session, school.enrolment("maly", held)) == 3


def test_draw__required_training__takes_no_part_and_goes_first(school: School) -> None:
    held = waiting_class(school, *PEOPLE[:3])
    enrolling.order(school.ctx, held.id, school.ids["maly"])
    lots.draw(school.acting("unit"), held.id, 2)
    order = by_lot(school, held)
    assert set(order) == set(PEOPLE[:3])
    assert school.enrolled(held) == {"maly", order[0]}
    assert school.enrolment("maly", held).lot is None


def test_draw__class_called_off_and_held__keeps_seats_and_lots(school: School) -> None:
    held = waiting_class(school, *PEOPLE, taken=1)
    lots.draw(school.acting("unit"), held.id, 2)
    before = school.enrolled(held)
    assert "dara" in before
    calling_off.cancel(school.acting("unit"), held.id, "no room")
    calling_off.bring_back(school.acting("unit"), held.id)
    assert school.enrolled(held) == before


def test_hold_back__free_seats__are_given_to_nobody_until_the_draw(school: School) -> None:
    held = school.hold(seats=2)
    school.approved("dara", held)
    lots.hold_back(school.acting("unit"), held.id)
    for key in ("rith", "maly", "bopha"):
        school.approved(key, held)
    assert school.enrolled(held) == {"dara"}
    lots.draw(school.acting("unit"), held.id, 1)
    assert len(school.enrolled(held)) == 2


def test_story__after_a_draw__says_the_lot_and_the_order_of_seats(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    lots.draw(school.acting("unit"), held.id, 1)
    last = by_lot(school, held)[-1]
    story = history.story(school.acting(last), school.enrolment(last, held).id)
    said = "\n".join(render(line, "en") for line in (*story.steps, *story.now))
    assert "lots drawn (the training unit). Lot 5 of 5" in said
    assert "then by lot, then by the time of approval" in said
    assert "The lot of this person is 5." in said
    assert "Place on the wait list: 4." in said


@pytest.mark.parametrize(
    ("waiting", "more", "sentence"),
    [
        (1, 1, "two or more"),
        (3, 3, "Give from 1 to 2 seats"),
        (3, 0, "Give from 1 to 2 seats"),
        (2, 2, "Give 1 seat:"),
    ],
)
def test_draw__that_decides_nothing__is_refused(
    school: School, waiting: int, more: int, sentence: str
) -> None:
    held = waiting_class(school, *PEOPLE[:waiting])
    with pytest.raises(Refusal) as refused:
        lots.draw(school.acting("unit"), held.id, more)
    assert sentence in render(refused.value.sentence, "en")


def test_draw__a_second_time__is_refused(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    lots.draw(school.acting("unit"), held.id, 2)
    with pytest.raises(Refusal, match="second draw"):
        lots.draw(school.acting("unit"), held.id, 1)
    with pytest.raises(Refusal, match="second draw"):
        lots.hold_back(school.acting("unit"), held.id)


def test_draw__class_has_begun__is_refused(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    school.pass_days(20)
    with pytest.raises(Refusal, match="has begun"):
        lots.draw(school.acting("unit"), held.id, 2)


def test_draw__by_somebody_else__is_refused(school: School) -> None:
    held = waiting_class(school, *PEOPLE)
    with pytest.raises(Refusal):
        lots.draw(school.acting("sokha"), held.id, 2)
    assert school.enrolled(held) == set()
    assert school.ctx.session.exec(select(Lottery)).first() is None
    assert school.state("dara", held) is S.APPROVED
