"""The director's month: its figures, when its picture is due, and that it comes once."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.campaigns import monthly
from bot.errors import Refusal
from bot.evaluation import month
from bot.models.chats import Chat
from bot.models.evaluation import AssignmentState
from bot.models.people import Grant, Person, Role
from bot.models.system import PolicyValue
from bot.reports.month import MONTH
from bot.scheduler.jobs import month_report
from bot.work.queue import is_asked_for
from tests.conftest import START

MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def director(school) -> Person:
    """An executive with a chat, in a zone far to the west."""
    person = school.person("Director General", timezone="Pacific/Pago_Pago")
    school.add(Grant(person_id=person.id, role=Role.EXECUTIVE, granted_at=START))
    school.add(Chat(user_id=77, person_id=person.id, language="en", linked_at=START))
    return person


def test_month__days_per_officer__are_session_days_of_all_over_everybody(school, director):
    school.training_class(4, starts_on=dt.date(2026, 3, 2), ends_on=dt.date(2026, 3, 4))
    figures = month.of_month(school.as_person(director), MARCH)
    assert (figures.classes, figures.trained) == (1, 4)
    assert figures.days_per_officer == pytest.approx(4 * 3 / 6)


def test_month__a_class_that_ended_the_month_before__does_not_count(school, director):
    school.training_class(4, starts_on=dt.date(2026, 2, 26), ends_on=dt.date(2026, 2, 28))
    figures = month.of_month(school.as_person(director), MARCH)
    assert (figures.classes, figures.trained, figures.days_per_officer) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("women", "men", "share"),
    [(5, 5, 0.5), (4, 6, None), (6, 4, None), (0, 7, 0.0), (2, 2, None), (15, 5, 0.75)],
)
def test_month__share_of_women__only_where_no_group_is_too_small(
    school, director, women, men, share
):
    held = school.training_class(0)
    for gender, count in (("F", women), ("m", men)):
        for _one in range(count):
            school.enrol(held, school.person("Trainee", gender=gender))
    assert month.of_month(school.as_person(director), MARCH).women == share


def test_month__response__of_what_was_asked_about_its_days(school, director):
    school.training_class(5)
    school.at("2026-03-04T10:00").tick()
    for row in school.assignments()[:2]:
        row.state = AssignmentState.ANSWERED
    rate = month.of_month(school.as_person(director), MARCH).response
    assert (rate.asked, rate.answered) == (5, 2)


def test_month__an_officer__is_refused(school):
    with pytest.raises(Refusal):
        MONTH.read(school.as_person(school.person("Officer")), {"month": "2026-03-01"})


def test_due__from_eight_on_the_first_where_the_director_is(school, director):
    school.at("2026-04-01T18:59")
    assert monthly.due(school.ctx) == []
    school.at("2026-04-01T19:00")
    assert monthly.due(school.ctx) == [(director.id, "2026-03-01")]
    assert monthly.next_report(school.ctx, school.clock.now()) == dt.datetime(
        2026, 5, 1, 19, tzinfo=dt.UTC
    )


def test_due__after_an_outage__still_within_ten_days_and_then_no_more(school, director):
    school.at("2026-04-10T19:00")
    assert len(monthly.due(school.ctx)) == 1
    school.at("2026-04-11T19:00")
    assert monthly.due(school.ctx) == []


def test_due__before_the_desk_went_live__is_nothing(school, director):
    school.add(PolicyValue(name="go_live", value="2026-04-01"))
    school.at("2026-04-01T19:00")
    assert monthly.due(school.ctx) == []


def test_due__a_director_without_a_chat__is_not_drawn_for(school):
    person = school.person("Director General")
    school.add(Grant(person_id=person.id, role=Role.EXECUTIVE, granted_at=START))
    school.at("2026-04-02T02:00")
    assert monthly.due(school.ctx) == []


def test_job__run_again__asks_for_one_picture(school, director):
    school.at("2026-04-01T19:00")
    month_report.run(school.ctx)
    month_report.run(school.ctx)
    params = {"month": "2026-03-01", "person": director.id}
    assert is_asked_for(school.ctx, "month", params)


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_picture__an_empty_month__is_one_photo_in_any_language(school, director, language):
    data = MONTH.read(school.as_person(director), {"month": "2026-03-01"})
    (picture,) = MONTH.files(data, language)
    assert picture.content.startswith(b"\x89PNG")
    assert MONTH.screens(data) == ()
