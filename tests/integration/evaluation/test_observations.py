"""Observations of trainers: by whom, of whom, read by whom, and when the next is due."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.evaluation import observations, trainer_pages
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.models.forms import Response
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import Trainer
from bot.operations import erasure
from tests.conftest import START
from tests.statements import loaded


def observe(school, trainer: Trainer, day: str, **ratings: str) -> None:
    ctx = school.as_person(school.desk)
    publish_library(ctx)
    purpose, answers = observations.opening(ctx, trainer.id)
    version = versions.current_version(ctx, observations.FORM)
    given = {**answers, observations.DAY: day, **ratings}
    observations.record(ctx, Submission(version, None, purpose, given))


def test_observation__recorded__is_read_by_the_trainer_with_words_for_each_rating(school):
    trainer = school.trainer()
    observe(school, trainer, "2026-03-01", expertise="5", passion="2", agreed="One more case")
    person = school.session.get_one(Person, trainer.person_id)
    own = school.as_person(person)
    (seen,) = trainer_pages.page(own, trainer_pages.own_id(own)).observations
    rated = {aspect.name: aspect.choice.best("en") for aspect in seen.aspects}
    assert len(rated) == 9
    assert (rated["expertise"], rated["passion"], rated["references"]) == ("Very good", "Poor", "")
    assert [words for _question, words in seen.words] == ["One more case"]
    assert [item.person_id for item in school.told("trainer_observed")] == [person.id]


def test_observation__several__stand_latest_first_whenever_they_were_written(school):
    trainer = school.trainer()
    observe(school, trainer, "2026-02-01")
    observe(school, trainer, "2025-06-01")
    days = [one.observed_on for one in observations.of_trainer(school.ctx, trainer.id)]
    assert days == [dt.date(2026, 2, 1), dt.date(2025, 6, 1)]


def test_observation__of_a_trainer_from_outside__is_kept_by_the_trainer_code(school):
    guest = school.add(Trainer(code="EXT1", name="A. Visitor"))
    observe(school, guest, "2026-03-01", expertise="4")
    found = trainer_pages.page(school.as_person(school.desk), guest.id)
    assert [one.observed_on for one in found.observations] == [dt.date(2026, 3, 1)]
    assert school.told("trainer_observed") == []


def test_observation__its_observer_is_erased__ratings_stay_and_words_go(school):
    trainer = school.trainer()
    observe(school, trainer, "2026-03-01", expertise="4", agreed="One more case")
    school.desk.active = False
    school.session.flush()
    erasure.erase(school.ctx, erasure.look(school.ctx, school.desk.staff_no))
    (seen,) = observations.of_trainer(school.ctx, trainer.id)
    assert seen.aspects[0].code == "4"
    assert seen.words == ()
    assert observations.last_days(school.ctx) == {trainer.code: dt.date(2026, 3, 1)}


def test_observation__of_one_trainer__is_read_without_those_of_others(school):
    mine, other = school.trainer("Mine"), school.trainer("Other")
    for day in ("2026-02-01", "2026-03-01"):
        observe(school, mine, day, expertise="4")
        observe(school, other, day, expertise="1")
    mine_id = mine.id
    school.session.expunge_all()
    with loaded(Response) as rows:
        found = observations.of_trainer(school.ctx, mine_id)
    assert [one.aspects[0].code for one in found] == ["4", "4"]
    assert len(rows) == 2


def test_observation__of_oneself__is_refused(school):
    trainer = school.trainer()
    school.add(Grant(person_id=trainer.person_id, role=Role.UNIT, granted_at=START))
    person = school.session.get_one(Person, trainer.person_id)
    with pytest.raises(Refusal, match="Nobody observes themself"):
        observations.opening(school.as_person(person), trainer.id)


def test_observation__by_a_branch_of_a_trainer_elsewhere__is_refused(school):
    trainer = school.trainer()
    branch = school.add(Unit(name="Branch", path="Hills/Branch"))
    member = school.person("Branch Member")
    school.add(
        Grant(person_id=member.id, role=Role.UNIT, scope_unit_id=branch.id, granted_at=START)
    )
    with pytest.raises(Refusal):
        observations.opening(school.as_person(member), trainer.id)
    assert trainer_pages.pool(school.as_person(member)) == []


def test_observation__read_by_another_trainer__is_refused(school):
    first, second = school.trainer("One"), school.trainer("Two")
    observe(school, first, "2026-03-01")
    other = school.session.get_one(Person, second.person_id)
    with pytest.raises(Refusal):
        trainer_pages.page(school.as_person(other), first.id)


@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (None, dt.date(2026, 3, 1), True),
        (dt.date(2024, 3, 2), dt.date(2026, 3, 1), False),
        (dt.date(2024, 3, 1), dt.date(2026, 3, 1), True),
        (dt.date(2024, 2, 29), dt.date(2026, 2, 28), True),
        (dt.date(2024, 2, 29), dt.date(2026, 2, 27), False),
    ],
)
def test_due__two_years_after_the_last__to_the_day(last, today, due):
    assert observations.is_due(last, today) is due


def test_pool__those_who_are_due__come_first(school):
    seen, unseen = school.trainer("Seen"), school.trainer("Unseen")
    observe(school, seen, "2026-03-01")
    lines = trainer_pages.pool(school.as_person(school.desk))
    assert [(line.trainer_id, line.due) for line in lines] == [(unseen.id, True), (seen.id, False)]
