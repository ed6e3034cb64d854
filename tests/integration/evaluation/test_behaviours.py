"""Critical behaviours: named in order, at most eight; what is replaced keeps its answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.evaluation import behaviours, behaviours_asked
from bot.evaluation.asking import Asked, ask
from bot.evaluation.behaviours import Behaviour
from bot.evaluation.stages import FOLLOW_UP_PARTICIPANT, person_subject
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.models.evaluation import CriticalBehaviour
from bot.models.forms import Response
from bot.models.people import Grant, Role
from bot.models.training import TrainingClass
from bot.people.access import OutOfReach
from tests.cast import ZONE, hold_class, settle_cast

ENDS_ON = dt.date(2026, 1, 30)


@dataclass
class Desk:
    """The training unit at a course with one class."""

    ctx: Ctx
    ids: dict[str, int]
    class_id: int
    course_id: int

    def acting(self, who: str) -> Ctx:
        return replace(self.ctx, actor=Actor(self.ids[who], 7, "en", ZONE))

    @property
    def unit(self) -> Ctx:
        return self.acting("unit")

    def add(self, *words: str) -> list[Behaviour]:
        return [behaviours.add(self.unit, self.course_id, {"behaviour": one}) for one in words]

    def listed(self) -> list[str]:
        return [one.words.best("en") for one in behaviours.of_course(self.ctx, self.course_id)]

    def answer(self, **answers: str) -> None:
        person_id = self.ids["dara"]
        subject = person_subject(self.class_id, person_id)
        closes_at = self.ctx.now() + dt.timedelta(days=3)
        one = Asked(person_id, subject, ENDS_ON, closes_at, self.class_id)
        (row,) = ask(self.ctx, FOLLOW_UP_PARTICIPANT, [one])
        self.ctx.session.add(
            Response(
                version_id=versions.current_version(self.ctx, FOLLOW_UP_PARTICIPANT.form),
                assignment_id=row.id,
                person_id=person_id,
                class_id=self.class_id,
                answers=answers,
                submitted_at=self.ctx.now(),
            )
        )
        self.ctx.session.flush()


@pytest.fixture
def desk(ctx: Ctx) -> Desk:
    publish_library(ctx)
    ids = settle_cast(ctx)
    class_id = hold_class(ctx, ids, ENDS_ON)
    return Desk(ctx, ids, class_id, ctx.session.get_one(TrainingClass, class_id).course_id)


def test_add__nine_of_them__refuses_the_ninth(desk: Desk) -> None:
    desk.add(*(f"Does number {number}" for number in range(behaviours.MOST)))
    with pytest.raises(Refusal):
        desk.add("Does one more")
    assert len(desk.listed()) == 8


@pytest.mark.parametrize("words", ["", "  ", "checks", "x" * 161])
def test_add__blank_twice_or_endless__is_refused(desk: Desk, words: str) -> None:
    desk.add("Checks")
    with pytest.raises(Refusal):
        desk.add(words)


@pytest.mark.parametrize(
    ("place", "order"),
    [(1, "CAB"), (2, "ACB"), (3, "ABC"), (0, "CAB"), (99, "ABC")],
)
def test_move__to_a_place__the_others_close_up(desk: Desk, place: int, order: str) -> None:
    *_others, last = desk.add("A", "B", "C")
    listed = behaviours.move(desk.unit, last.id, place)
    assert "".join(desk.listed()) == order
    assert [one.place for one in listed] == [1, 2, 3]


def test_drop__of_the_first__the_rest_move_up(desk: Desk) -> None:
    first, *_rest = desk.add("A", "B", "C")
    behaviours.drop(desk.unit, first.id)
    assert desk.listed() == ["B", "C"]
    with pytest.raises(Refusal):
        behaviours.drop(desk.unit, first.id)


def test_change__before_anybody_was_asked__keeps_the_number(desk: Desk) -> None:
    (card,) = desk.add("A")
    changed = behaviours.change(desk.unit, card.id, {"behaviour": "B", "behaviour_ur": "ب"})
    assert (changed.id, changed.words.best("ur")) == (card.id, "ب")


@pytest.mark.parametrize(("meaning", "is_kept"), [("same", True), ("other", False)])
def test_change__after_answers__is_told_apart_by_meaning(
    desk: Desk, meaning: str, is_kept: bool
) -> None:
    card, _other = desk.add("A", "Z")
    desk.answer(behaviours=str(card.id), often_1="4")
    assert behaviours.as_typed(desk.unit, card.id)["is_asked"] == "yes"
    changed = behaviours.change(desk.unit, card.id, {"behaviour": "B", "meaning": meaning})
    assert (changed.id == card.id, changed.place) == (is_kept, 1)
    assert desk.listed() == ["B", "Z"]
    old = desk.ctx.session.get_one(CriticalBehaviour, card.id)
    assert (old.behaviour, old.place) == (("B", 1) if is_kept else ("A", None))


@pytest.mark.parametrize("who", ["dara", "sokha", "director", "trainer"])
def test_list__opened_by_others__is_refused(desk: Desk, who: str) -> None:
    with pytest.raises(OutOfReach):
        behaviours.named(desk.acting(who), desk.course_id)


def test_part_of_the_unit__reads_the_list__and_changes_nothing(desk: Desk) -> None:
    (card,) = desk.add("A")
    desk.ctx.session.add(
        Grant(
            person_id=desk.ids["rith"],
            role=Role.UNIT,
            scope_unit_id=1,
            granted_at=desk.ctx.now(),
        )
    )
    desk.ctx.session.flush()
    rith = desk.acting("rith")
    assert [one.id for one in behaviours.named(rith, desk.course_id)] == [card.id]
    with pytest.raises(OutOfReach):
        behaviours.drop(rith, card.id)


def test_ratings__with_steps_skipped_or_unknown__hold_what_was_rated() -> None:
    answers = {"behaviours": "7 9 12", "often_1": "5", "often_3": "12", "often_4": "2"}
    assert behaviours_asked.ratings(answers) == {7: 5}
    assert behaviours_asked.ratings({"often_1": "5"}) == {}
