"""Reaction over the classes of a year."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.evaluation import answering
from bot.models.people import Person
from bot.reports import year
from bot.training import classes


@pytest.fixture
def two_classes(school):
    """One class of which six answered, one of which four did; both closed."""
    for answers in (6, 4):
        held = school.training_class(trainees=7)
        school.at("2026-03-04T10:00").tick()
        mine = [row for row in school.assignments() if row.class_id == held.id]
        for row in mine[:answers]:
            person = school.session.get_one(Person, row.person_id)
            answering.take_trainee_reaction(
                school.as_person(person), school.submission(row, overall="4")
            )
    return school.at("2026-03-11T17:00")


def test_year__closed_classes__mean_only_where_enough_answered(two_classes):
    two_classes.tick()
    few, many = year.read(two_classes.as_person(two_classes.desk), {})
    assert (few.asked, few.answered, few.mean) == (7, 4, None)
    assert (many.asked, many.answered, many.mean) == (7, 6, 4.0)


def test_year__before_closing__no_mean_at_all(two_classes):
    rows = year.read(two_classes.as_person(two_classes.desk), {})
    assert [row.mean for row in rows] == [None, None]


def test_year__thirteen_months_later__is_empty_and_says_so(two_classes):
    two_classes.tick()
    two_classes.at("2027-04-11T17:00")
    with pytest.raises(Refusal):
        year.read(two_classes.as_person(two_classes.desk), {})


def test_year__an_officer__is_refused(two_classes):
    with pytest.raises(Refusal):
        year.read(two_classes.as_person(two_classes.person("Officer")), {})


def test_year__named_class__has_a_mean_of_the_few(school):
    held = school.training_class(trainees=2, ends_on=dt.date(2026, 3, 4))
    classes.ask_by_name(school.as_person(school.desk), held.id, True)
    school.at("2026-03-04T10:00").tick()
    row = school.assignments()[0]
    person = school.session.get_one(Person, row.person_id)
    answering.take_trainee_reaction(school.as_person(person), school.submission(row, overall="2"))
    school.at("2026-03-11T17:00").tick()
    (found,) = year.read(school.as_person(school.desk), {})
    assert found.mean == 2.0
    (file,) = year.files((found,), "ur")
    assert file.content.startswith(b"PK")
