"""Results over many classes: only from what each class's own report shows, within one's reach."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import (
    answering,
    class_results,
    published,
    reaction_level,
    response_rates,
    scopes,
)
from bot.evaluation.levels import SUMMARIES, Scope, ScopeKind, sections, summary
from bot.evaluation.stages import REACTION_TRAINEE
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import Enrolment
from bot.reports import results
from tests.conftest import START


@pytest.fixture
def answered(school):
    """Holds a class in which as many women and men answer as asked for, and closes it."""

    def hold(
        women: int, men: int, code: str = "4", month: int = 3, silent: int = 0, **fields: object
    ):
        school.at(f"2026-{month:02}-04T02:00")
        people = [
            school.person("Trainee", gender=gender)
            for gender in itertools.chain(["f"] * women, ["m"] * men)
        ]
        ends = dt.date(2026, month, 4)
        held = school.training_class(0, starts_on=ends, ends_on=ends, **fields)
        for person in (*people, *(school.person("Silent") for _ in range(silent))):
            school.enrol(held, person)
        school.at(f"2026-{month:02}-04T10:00").tick()
        for row in school.assignments():
            if row.class_id == held.id and row.person_id in {one.id for one in people}:
                person = school.session.get_one(Person, row.person_id)
                answering.take_trainee_reaction(
                    school.as_person(person), school.submission(row, overall=code)
                )
        school.at(f"2026-{month:02}-11T17:00").tick()
        return held

    return hold


def overall(school, kind: ScopeKind, number: int = 0) -> published.Rating | None:
    scope = scopes.opened(school.as_person(school.desk), kind, number)
    return reaction_level.ratings(school.as_person(school.desk), scope).rating("overall")


def test_ratings__a_class_of_four__adds_nothing_to_any_total(school, answered):
    answered(3, 3, "4")
    few = answered(2, 2, "1", month=4, silent=3)
    found = overall(school, ScopeKind.COURSE, school.course.id)
    assert (found.whole.n, found.whole.mean) == (6, 4.0)
    assert few.id not in found.by_class


def test_ratings__by_gender__only_of_classes_that_show_it_themselves(school, answered):
    answered(5, 6, "4")
    answered(7, 3, "2", month=4)
    found = overall(school, ScopeKind.YEAR)
    assert found.whole.n == 21
    assert {gender: tally.n for gender, tally in found.by_gender.items()} == {"f": 5, "m": 6}


def test_ratings__every_cell__is_what_the_report_of_the_class_shows(school, answered):
    classes = [
        answered(6, 5, "3"),
        answered(5, 2, "5", month=4),
        answered(1, 2, month=5, silent=4),
    ]
    rating = overall(school, ScopeKind.YEAR)
    for held in classes:
        own = class_results.read(school.as_person(school.desk), held.id)
        (question,) = own.questions or (None,)
        shown = question.figures.mean if question else None
        tally = rating.by_class.get(held.id)
        assert (tally.mean if tally else None) == shown


def test_ratings__before_closing__are_not_there(school, answered):
    answered(3, 3)
    held = school.training_class(6, starts_on=dt.date(2026, 3, 11), ends_on=dt.date(2026, 3, 11))
    school.tick()
    found = overall(school, ScopeKind.COURSE, school.course.id)
    assert held.id not in found.by_class
    with pytest.raises(Refusal, match="once the questionnaire has closed"):
        results.read(school.as_person(school.desk), {"of": "class", "id": held.id})


def test_before__of_a_class__are_the_earlier_ones_of_its_course(school, answered):
    answered(5, 0, "2")
    later = answered(6, 0, "5", month=4)
    data = results.read(school.as_person(school.desk), {"of": "class", "id": later.id})
    line = next(line for line in data.sections[0].lines if line.code == "overall")
    assert (line.value, line.before) == (5.0, 2.0)


def test_unit__its_answers__are_a_rate_and_no_ratings(school, answered):
    answered(6, 0)
    data = results.read(school.as_person(school.desk), {"of": "unit", "id": school.unit.id})
    assert data.reaction.ratings == ()
    assert [line.code for line in data.sections[0].lines] == ["response"]
    assert [(row.path, row.rate.asked) for row in data.offices] == [("Coast/Coral Region/Port", 6)]


def test_rates__of_an_office__count_its_own_people_only(school, answered):
    held = answered(5, 0)
    elsewhere = school.add(Unit(name="Post", path="Coast/Coral Region/Post"))
    person = school.session.get_one(
        Person, school.session.exec(select(Enrolment.person_id)).first()
    )
    person.unit_id = elsewhere.id
    school.session.flush()
    scope = scopes.opened(school.as_person(school.desk), ScopeKind.UNIT, elsewhere.id)
    rate = response_rates.of_scope(school.ctx, scope, REACTION_TRAINEE)
    assert (rate.asked, rate.answered) == (1, 1)
    assert held.id in set(school.session.scalars(scopes.classes(school.ctx, scope)))


@pytest.mark.parametrize(("kind", "number"), [("course", 1), ("unit", 1), ("year", 0)])
def test_results__an_officer__is_refused_whatever_they_ask_for(school, answered, kind, number):
    answered(5, 0)
    with pytest.raises(Refusal):
        results.read(school.as_person(school.person("Officer")), {"of": kind, "id": number})


def test_results__a_branch__reads_neither_other_offices_nor_their_classes(school, answered):
    answered(6, 0)
    branch = school.add(Unit(name="Branch", path="Hills/Branch"))
    member = school.person("Branch Member")
    member.unit_id = branch.id
    grant = Grant(person_id=member.id, role=Role.UNIT, scope_unit_id=branch.id, granted_at=START)
    school.add(grant)
    own = school.as_person(member)
    with pytest.raises(Refusal):
        results.read(own, {"of": "unit", "id": school.unit.id})
    year = scopes.opened(own, ScopeKind.YEAR)
    assert list(school.session.scalars(scopes.classes(own, year))) == []


def test_trainer__their_own_classes__are_read_by_them_alone(school, answered):
    trainer, other = school.trainer("Lead"), school.trainer("Other")
    answered(5, 0, trainer_id=trainer.id)
    lead = school.as_person(school.session.get_one(Person, trainer.person_id))
    assert results.read(lead, {"of": "trainer", "id": trainer.id}).reaction.ratings
    stranger = school.as_person(school.session.get_one(Person, other.person_id))
    with pytest.raises(Refusal):
        results.read(stranger, {"of": "trainer", "id": trainer.id})


def test_levels__a_second_summary_of_a_name__is_refused():
    with pytest.raises(ValueError, match="summed up twice"):
        summary("reaction", 1)(lambda _ctx, _scope: None)


def test_levels__sections__come_in_the_order_of_the_levels(school, answered):
    answered(5, 0)
    scope = Scope(ScopeKind.COURSE, school.course.id)
    levels = [section.level for section in sections(school.ctx, scope)]
    assert levels == sorted(levels)
    assert "reaction" in SUMMARIES
