"""A test given out in the room: those of the class who have not been asked yet are asked now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation import asking, course_forms, windows
from bot.evaluation.asking import Asked
from bot.evaluation.course_forms import TEST_STAGES
from bot.evaluation.stages import PRE_TEST, STAGES, Stage, class_subject
from bot.evaluation.tests import room
from bot.forms import versions
from bot.i18n import Text, Texts, _
from bot.models.delivery import Urgency
from bot.models.evaluation import CourseForm
from bot.models.people import Person
from bot.models.tests import TestAttempt
from bot.models.training import TrainingClass
from bot.people import directory
from bot.training.membership import trainees

OPEN_DAYS = 7
"""So long after its day a test can be taken that was given out in the room."""
TEST_OPEN = outbox.declare(
    NoticeKind("test_open", Urgency.NOW, useful_for=dt.timedelta(days=OPEN_DAYS), repeats=True)
)


@dataclass(frozen=True, slots=True)
class ClassTest:
    """One test of a class as who keeps it sees it."""

    stage: Stage
    title: Text
    form: Texts
    needs_code: bool
    asked: int
    taken: int


def tests_of(ctx: Ctx, class_id: int) -> list[ClassTest]:
    """The tests that the course of a class has; refuses who does not keep the class."""
    held = room.require_opener(ctx, class_id)
    rows = ((stage, course_forms.settings_of(ctx, held.course_id, stage)) for stage in TEST_STAGES)
    return [_card(ctx, class_id, stage, row) for stage, row in rows if row is not None]


def stage_named(name: str) -> Stage:
    """The stage of a test by its name; refuses all others."""
    if name not in course_forms.TEST_NAMES:
        raise Refusal(_("There is no such test."))
    return STAGES[name]


def give_out(ctx: Ctx, class_id: int, stage: Stage) -> int:
    """Ask everybody of a class who has not been asked for this test yet; how many that were.

    Refuses who does not keep the class, a class without dates or that is over for long, and a
    course without such a test.
    """
    held = room.require_opener(ctx, class_id)
    settings = course_forms.settings_of(ctx, held.course_id, stage)
    if settings is None:
        raise Refusal(_("The course has no such test. The training unit can set one."))
    day = _day_of(held, stage)
    found = [
        Asked(person.id, class_subject(class_id), day, closes, class_id, form=settings.form)
        for person in trainees(ctx.session, class_id)
        if person.id is not None and (closes := _closes_at(ctx, person, day)) is not None
    ]
    if not found:
        raise Refusal(_("Nobody of this class can take the test any more: it is over for long."))
    given = asking.ask(ctx, stage, found)
    asking.tell(ctx, TEST_OPEN, given)
    return len(given)


def _day_of(held: TrainingClass, stage: Stage) -> dt.date:
    day = held.starts_on if stage is PRE_TEST else held.ends_on
    if day is None or held.cancelled_at is not None:
        raise Refusal(_("Tests are given out in classes that have dates and are held."))
    return day


def _closes_at(ctx: Ctx, person: Person, day: dt.date) -> dt.datetime | None:
    zone = directory.zone_of(person, ctx.settings)
    return windows.closes_at(day, OPEN_DAYS, zone, ctx.now())


def _card(ctx: Ctx, class_id: int, stage: Stage, row: CourseForm) -> ClassTest:
    taken = select(func.count(TestAttempt.person_id.distinct())).where(
        TestAttempt.class_id == class_id, TestAttempt.stage == stage.name
    )
    form = versions.definition(ctx, versions.current_version(ctx, row.form))
    return ClassTest(
        stage,
        stage.title,
        form.title,
        row.needs_code,
        asking.count_asked(ctx, class_id, stage.name),
        ctx.session.execute(taken).scalar_one(),
    )
