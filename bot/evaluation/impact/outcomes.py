"""What is known of single people after a draw: test marks, their own figures, how they are rated.

One value a person and outcome; nothing of it is shown singly.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, TypeAlias

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation.follow_ups import ASKED_ALIKE, BY_SUPERVISOR
from bot.evaluation.impact.indicators import IndicatorCard
from bot.evaluation.stages import POST_TEST
from bot.i18n import Words, _
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.impact import IndicatorValue
from bot.models.records import Mark
from bot.models.tests import TestAttempt
from bot.models.training import Enrolment, TrainingClass

WHOLE = 100
ByPerson: TypeAlias = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value of each person of whom it is known; `sign` is -1 where less is better."""

    code: str
    title: Words
    measure: Words
    sign: int
    values: ByPerson


def of_people(
    ctx: Ctx,
    people: Sequence[int],
    course_id: int,
    since: dt.datetime,
    indicators: Iterable[IndicatorCard],
    months: Sequence[dt.date],
) -> list[Outcome]:
    """Everything that is known of these people since the draw, about the course.

    Whichever class of the course it was: what counts is what had been drawn, not who came in the
    end. Outcomes of which nothing is known of anybody are left out.
    """
    found = [
        Outcome(
            "test",
            _("Test after the course"),
            _("percent"),
            1,
            _marks(ctx, people, course_id, since),
        ),
        *(
            Outcome(one.code, one.title, one.measure, one.sign, _own(ctx, people, one.id, months))
            for one in indicators
        ),
        Outcome(
            "follow_up",
            _("Rating by the supervisor"),
            _("on the scale of the follow-up"),
            1,
            _ratings(ctx, people, course_id, since),
        ),
    ]
    return [one for one in found if one.values]


def _classes(course_id: int) -> Any:
    return select(TrainingClass.id).where(TrainingClass.course_id == course_id)


def _marks(ctx: Ctx, people: Sequence[int], course_id: int, since: dt.datetime) -> ByPerson:
    """The best attempt at the test after the course; without one, the mean of noted marks."""
    attempts = ctx.session.execute(
        select(TestAttempt.person_id, TestAttempt.points, TestAttempt.maximum).where(
            TestAttempt.person_id.in_(people),
            TestAttempt.class_id.in_(_classes(course_id)),
            TestAttempt.stage == POST_TEST.name,
            TestAttempt.handed_in_at > since,
            TestAttempt.maximum > 0,
        )
    )
    noted = ctx.session.execute(
        select(Enrolment.person_id, Mark.percent)
        .join(Enrolment, Enrolment.id == Mark.enrolment_id)
        .where(
            Enrolment.person_id.in_(people),
            Enrolment.class_id.in_(_classes(course_id)),
            Mark.noted_at > since,
        )
    )
    best: dict[int, float] = {}
    for person_id, points, maximum in attempts:
        best[person_id] = max(best.get(person_id, 0.0), points / maximum * WHOLE)
    return {**_means(noted), **best}


def _own(
    ctx: Ctx, people: Sequence[int], indicator_id: int, months: Sequence[dt.date]
) -> ByPerson:
    """A month of each person, on average over the months after the class."""
    rows = ctx.session.execute(
        select(IndicatorValue.person_id, IndicatorValue.figure).where(
            IndicatorValue.indicator_id == indicator_id,
            IndicatorValue.person_id.in_(people),
            IndicatorValue.month.in_(months),
        )
    )
    return _means(rows)


def _ratings(ctx: Ctx, people: Sequence[int], course_id: int, since: dt.datetime) -> ByPerson:
    """The mean of what supervisors rated in all follow-ups about a person."""
    rows = ctx.session.execute(
        select(Response.about_id, Response.answers)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(
            Response.about_id.in_(people),
            Assignment.class_id.in_(_classes(course_id)),
            Assignment.stage.in_([stage.name for stage in BY_SUPERVISOR]),
            Response.submitted_at > since,
        )
    )
    return _means(
        (person_id, float(code))
        for person_id, answers in rows
        for name in ASKED_ALIKE
        if (code := str(answers.get(name) or "")).isdecimal()
    )


def _means(rows: Iterable[Any]) -> dict[int, float]:
    found: dict[int, list[float]] = defaultdict(list)
    for person_id, value in rows:
        found[person_id].append(float(value))
    return {person_id: fmean(values) for person_id, values in found.items()}
