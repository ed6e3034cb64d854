"""Offices, courses, qualifications and answers of the cast, so that any rule divides it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from bot.clock import FixedClock
from bot.context import Ctx
from bot.forms import versions
from bot.forms.definition import Choice, FormDefinition, Question
from bot.i18n import Texts
from bot.models.forms import Response
from bot.models.people import Person, Unit
from bot.models.qualifications import Curriculum, Qualification
from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import chats
from tests.integration.training.conftest import School

TODAY = dt.date(2026, 3, 2)


def days(count: int) -> dt.date:
    """So many days from today."""
    return TODAY + dt.timedelta(days=count)


class Crowd(School):
    """The cast at three posts, each person with a different past."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        super().__init__(ctx, clock)
        self.poipet = self.person("dara").unit_id
        region = ctx.session.get_one(Unit, ctx.session.get_one(Unit, self.poipet).parent_id)
        self.bavet = self.add_unit("Bavet", region)
        self.gate = self.add_unit("Gate", self.bavet)
        self._posts()
        self._qualify()
        self._learn()
        self._answer()
        ctx.session.flush()

    def keys(self, person_ids: Iterable[int]) -> set[str]:
        """Whose ids these are."""
        names = {person_id: key for key, person_id in self.ids.items()}
        return {names[person_id] for person_id in person_ids}

    def qualify(
        self, key: str, curriculum: Curriculum, expires_on: dt.date | None, **more: object
    ) -> Qualification:
        fields = {"window_on": expires_on, "earned_on": days(-400)} | more
        return self.add(
            Qualification(
                person_id=self.ids[key],
                curriculum_id=curriculum.id,
                through_id=curriculum.id,
                expires_on=expires_on,
                made_at=self.ctx.now(),
                **fields,
            )
        )

    def record(self, key: str, day: dt.date, course: str = "", title: str = "") -> None:
        course_id = self.course(course).id if course else None
        self.add(
            TrainingRecord(
                person_id=self.ids[key], course_id=course_id, title=title, completed_on=day
            )
        )

    def enrol(
        self,
        key: str,
        held: TrainingClass,
        state: EnrolmentState,
        completed_on: dt.date | None = None,
    ) -> None:
        self.add(
            Enrolment(
                class_id=held.id,
                person_id=self.ids[key],
                state=state,
                changed_at=self.ctx.now(),
                completed_on=completed_on,
            )
        )

    def _posts(self) -> None:
        for key, unit in (("rith", self.bavet), ("maly", self.gate), ("ayesha", self.gate)):
            self.person(key).unit_id = unit.id
        for key, position in (
            ("sokha", "Chief"),
            ("dara", "Inspector"),
            ("rith", "INSPECTOR"),
            ("bopha", "Appraiser"),
        ):
            self.person(key).position = position
        for key, since in (("dara", days(-90)), ("rith", days(-400)), ("maly", days(-170))):
            self.person(key).in_post_since = since
        self.person("sokha").grade = self.person("trainer").grade = "A"
        self.person("maly").grade = "B 2"
        self.person("rith").timezone, self.person("maly").timezone = "Pacific/Apia", "Asia/Kabul"
        chats.get_or_create(self.ctx.session, 1000 + self.ids["dara"]).language = "km"
        self.person("trainer").language = ""
        guest = self.add(Person(staff_no="G1", full_name="Guest", unit_id=self.poipet, guest=True))
        gone = self.add(Person(staff_no="L1", full_name="Left", unit_id=self.poipet, active=False))
        self.ids |= {"guest": guest.id, "gone": gone.id}

    def _qualify(self) -> None:
        self.val = self.add(Curriculum(code="VAL-Q", title="Valuation officer", valid_months=24))
        self.ever = self.add(Curriculum(code="EVER", title="Never ends"))
        for key, last, more in (
            ("dara", days(60), {}),
            ("bopha", days(0), {}),
            ("bilal", days(-1), {}),
            ("sokha", days(-10), {"grace_days": 10}),
            ("maly", days(-10), {"grace_days": 9}),
            ("trainer", days(-10), {"extended_until": days(0)}),
            ("unit", days(-5), {"away_until": days(-4)}),
            ("ayesha", days(-40), {"away_until": days(-30), "grace_days": 2}),
            ("rith", days(-1), {}),
            ("director", days(-60), {"away_until": days(-61), "grace_days": 20}),
        ):
            self.qualify(key, self.val, last, **more)
        self.qualify("dara", self.ever, None)
        self.qualify("rith", self.ever, None, current=False, withdrawn_at=self.ctx.now())

    def _learn(self) -> None:
        hs = self.course("HS")
        self.add(Equivalence(course_id=hs.id, title="CLiKC! HS"))
        self.add(Equivalence(course_id=hs.id, title="", other_course_id=self.course("TARIFF").id))
        rule = 'HS within 2 years and (in post 6 months or position "Inspector")'
        self.course("ORIGIN", prerequisites=rule)
        self.course("WORDS", prerequisites="Knowledge of valuation")
        self.origin = self.hold(course="ORIGIN", begins_in=14)
        self.words = self.hold(course="WORDS", begins_in=14)
        held = self.hold(course="HS", begins_in=-30)
        self.enrol("rith", held, EnrolmentState.COMPLETED)
        self.enrol("sokha", held, EnrolmentState.COMPLETED, days(-1000))
        self.enrol("maly", held, EnrolmentState.ATTENDED)
        self.record("dara", days(-700), "TARIFF")
        self.record("maly", days(-1), title="clikc!  hs")
        self.record("bopha", days(-3), title="Something else")
        self.record("bilal", days(-5000), "HS")
        self.record("ayesha", days(30), "HS")
        self.enrol("dara", self.origin, EnrolmentState.ENROLLED)
        self.enrol("bilal", self.origin, EnrolmentState.NO_SHOW)
        self.enrol("bopha", self.origin, EnrolmentState.REQUESTED)

    def _answer(self) -> None:
        choices = tuple(Choice(code, Texts.of({"en": code})) for code in ("hs", "origin"))
        questions = (
            Question("topic", "select_one", choices=choices),
            Question("needs", "select_multiple", choices=choices),
            Question("years", "integer"),
        )
        form = FormDefinition("needs", Texts.of({"en": "Needs"}), "1", ("en",), "en", questions)
        self.form = versions.publish(self.ctx, "needs", form)
        for key, answers in (
            ("dara", {"topic": "hs", "needs": ["hs", "origin"], "years": 4}),
            ("maly", {"topic": "origin", "needs": ["origin"]}),
            ("sokha", {}),
        ):
            self.add(
                Response(
                    version_id=self.form,
                    person_id=self.ids[key],
                    answers=answers,
                    submitted_at=self.ctx.now(),
                )
            )


@pytest.fixture
def crowd(ctx: Ctx, clock: FixedClock) -> Crowd:
    return Crowd(ctx, clock)
