"""Notices that name many: what does not fit is counted, never left out in silence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlmodel import select

from bot import policy
from bot.calendar import DAY
from bot.delivery.notices import registry
from bot.delivery.notices.registry import Reader
from bot.delivery.rendering import rendered
from bot.evaluation import cascade
from bot.evaluation.task_books import cards, doing, issues, reviewing, signing
from bot.i18n import render
from bot.models.on_the_job import CascadeDuty
from bot.models.people import Person
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.screens import Screen
from tests.conftest import START
from tests.integration.on_the_job.conftest import HOUR, Vessel

SHOWN_OF_CASCADE, SHOWN_OF_BOOKS = 8, 10


@pytest.fixture
def ship(vessel: Vessel) -> Vessel:
    registry.load_all()
    policy.change(vessel.ctx, "go_live", "2026-01-01")
    return vessel


def words_of(ship: Vessel, notice: str, person: Person) -> list[str]:
    rows = [row for row in ship.told(notice) if row.person_id == person.id]
    reader = Reader(1, person.id, "en", "UTC", ship.ctx.now())
    _told, screen = rendered(ship.ctx, rows, reader)
    assert isinstance(screen, Screen)
    return [render(line, "en") for line in screen.body]


def crew(ship: Vessel, count: int) -> list[Person]:
    return [ship.person(f"Mate {at}", supervisor_id=ship.boss.id) for at in range(count)]


def complete(ship: Vessel, course: str, people: Sequence[Person]) -> None:
    row = ship.add(Course(code=course, title=f"Course {course}", mode="foreign offer"))
    held = ship.add(TrainingClass(code=f"{course}-1", course_id=row.id))
    for person in people:
        ship.add(
            Enrolment(
                class_id=held.id,
                person_id=person.id,
                state=EnrolmentState.COMPLETED,
                completed_on=ship.ctx.today() - DAY,
                changed_at=START,
            )
        )


@pytest.mark.parametrize("more", [0, 3])
def test_cascade_due__of_many_courses__counts_the_rest(ship: Vessel, more: int) -> None:
    for number in range(SHOWN_OF_CASCADE + more):
        complete(ship, f"C{number}", [ship.officer])
    cascade.arrange(ship.ctx)
    words = words_of(ship, "cascade_due", ship.officer)
    assert sum(line.startswith("Course C") for line in words) == SHOWN_OF_CASCADE
    assert words[SHOWN_OF_CASCADE:-1] == ([f"… and {more} more."] if more else [])


def test_cascade_reported__by_many__counts_the_rest(ship: Vessel) -> None:
    complete(ship, "C", crew(ship, SHOWN_OF_CASCADE + 2))
    cascade.arrange(ship.ctx)
    for duty in ship.session.exec(select(CascadeDuty)).all():
        own = ship.as_person(ship.session.get_one(Person, duty.person_id))
        cascade.report(own, duty.id, own.today(), 3, "A talk")
    words = words_of(ship, "cascade_reported", ship.boss)
    assert len(words) == SHOWN_OF_CASCADE + 1
    assert words[-1] == "… and 2 more."


def test_task_books__of_many__are_signed_and_reviewed_with_the_rest_counted(ship: Vessel) -> None:
    people = crew(ship, SHOWN_OF_BOOKS + 4)
    book, desk = ship.book({}), ship.as_person(ship.desk)
    given = issues.give(desk, book.id, [one.id for one in people], desk.now() - HOUR)
    for person, issue in zip(people, given, strict=True):
        own = ship.as_person(person)
        (task,) = cards.card(own, issue.id).tasks
        doing.done(own, issue.id, task.item_id)
    words = words_of(ship, "tasks_to_sign", ship.boss)
    assert len(words) == SHOWN_OF_BOOKS + 1
    assert words[-1] == "… and 4 more."
    for person, issue in zip(people, given, strict=True):
        signing.sign_all(ship.as_person(ship.boss), issue.id)
        reviewing.submit(ship.as_person(person), issue.id)
    words = words_of(ship, "task_book_submitted", ship.desk)
    assert len(words) == SHOWN_OF_BOOKS + 1
    assert words[-1] == "… and 4 more."


def test_tasks_decided__many_not_signed__counts_the_rest(ship: Vessel) -> None:
    book, desk = ship.book(*[{}] * (SHOWN_OF_BOOKS + 1)), ship.as_person(ship.desk)
    (issue,) = issues.give(desk, book.id, [ship.officer.id], desk.now() - HOUR)
    own, boss = ship.as_person(ship.officer), ship.as_person(ship.boss)
    for item_id in ship.items(book):
        signing.refuse(boss, doing.done(own, issue.id, item_id).id, "Do it again.")
    words = words_of(ship, "tasks_decided", ship.officer)
    assert len(words) == SHOWN_OF_BOOKS + 1
    assert words[-1] == "… and 1 more."
