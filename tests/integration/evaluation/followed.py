"""Classes that are followed up: who was asked what, when, about whom."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.campaigns import evaluations
from bot.evaluation.stages import STAGES
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import FormVersion
from bot.models.people import Person, Posting
from bot.models.training import Course, TrainingClass
from tests.conftest import START
from tests.integration.evaluation.conftest import FORM, School

LONG_AGO = dt.date(2020, 1, 1)


class Followed:
    """A school with a form for every stage; time passes from one asking to the next."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.basic = school.add(Course(code="BASIC", title="Basic Course", category="Basic"))
        for form in sorted({stage.form for stage in STAGES.values() if stage.form}):
            if form != "reaction_trainee":
                self.publish(form)

    def publish(self, form: str) -> None:
        self.school.add(
            FormVersion(
                form=form, version=1, structure="", digest="", definition=FORM, made_at=START
            )
        )

    def officer(self, boss: Person | None = None, since: dt.date = LONG_AGO, **fields) -> Person:
        """Somebody whom `boss` has led since a day."""
        person = self.school.person("Officer", **fields)
        return self.led_by(person, boss, since)

    def led_by(self, person: Person, boss: Person | None, since: dt.date) -> Person:
        """From a day on the person is led by somebody else."""
        query = select(Posting).where(Posting.person_id == person.id, Posting.until_on.is_(None))
        for row in self.school.session.exec(query):
            row.until_on = since
        person.supervisor_id = boss.id if boss is not None else None
        self.school.add(
            Posting(
                person_id=person.id,
                unit_id=person.unit_id,
                supervisor_id=person.supervisor_id,
                from_on=since,
            )
        )
        return person

    def held(
        self, ends_on: str, *people: Person, starts_on: str = "", basic: bool = False
    ) -> TrainingClass:
        """A class of the plain course, or of the basic one, with these trainees."""
        end = dt.date.fromisoformat(ends_on)
        start = dt.date.fromisoformat(starts_on) if starts_on else end
        held = self.school.training_class(trainees=0, starts_on=start, ends_on=end)
        held.course_id = self.basic.id if basic else held.course_id
        for person in people:
            self.school.enrol(held, person)
        return held

    def at(self, moment: str) -> Followed:
        """Set the clock, in UTC, and let the rules ask."""
        self.school.at(moment)
        evaluations.arrange(self.school.ctx)
        self.school.session.flush()
        return self

    def play(self, until: str) -> Followed:
        """From one moment at which something falls due to the next."""
        last = dt.datetime.fromisoformat(until).replace(tzinfo=dt.UTC)
        while True:
            evaluations.arrange(self.school.ctx)
            due = evaluations.next_due(self.school.ctx, self.school.clock.now())
            if due is None or due > last:
                break
            self.school.clock.set(due)
        return self.at(until)

    def asked(self, stage: str) -> list[Assignment]:
        """Every assignment there ever was at a stage."""
        return self.school.assignments(stage)

    def open(self, stage: str) -> list[Assignment]:
        return [row for row in self.asked(stage) if row.state is AssignmentState.OPEN]

    def opened(self, stage: str) -> list[str]:
        """When each of them was given, in UTC to the minute."""
        return [f"{row.opens_at:%Y-%m-%dT%H:%M}" for row in self.asked(stage)]

    def askers(self, stage: str) -> list[int]:
        """Who has something open at a stage."""
        return [row.person_id for row in self.open(stage)]
