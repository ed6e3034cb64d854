"""Lists of names: who may be chosen, ranked, handed in, and what the unit makes of them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.models.people import Unit
from bot.models.records import TrainingRecord
from bot.models.training import EnrolmentState as S
from bot.people.access import OutOfReach
from bot.training import calls, enrolling, list_cards, nomination_lists, nominees
from bot.training.naming import STRUCK
from tests.integration.training.conftest import School
from tests.integration.training.nominating import DAYS, Round, names, open_round, put


@pytest.fixture
def here(school: School) -> Round:
    return open_round(school)


def test_candidates__who_wants_the_course__come_first_then_who_waited_longest(
    here: Round,
) -> None:
    school = here.school
    someday = school.hold(begins_in=None)
    enrolling.show_interest(school.acting("rith"), someday.id)
    for key, day in (("sokha", 3), ("dara", 1), ("bopha", 2)):
        record = {"title": "Ethics", "completed_on": dt.date(2025, 1, day)}
        school.add(TrainingRecord(person_id=school.ids[key], **record))
    page = nominees.candidates(school.acting("maly"), here.poipet.id)
    rest = nominees.candidates(school.acting("maly"), here.poipet.id, number=1)
    order = [one.person.id for one in (*page.found, *rest.found)]
    assert order[0] == school.ids["rith"]
    assert page.found[0].wants
    trained = [person for person in order if person in {school.ids["dara"], school.ids["bopha"]}]
    assert trained == [school.ids["dara"], school.ids["bopha"]]
    assert school.ids["maly"] not in order
    assert page.total == 10


def test_candidates__named_already_or_of_another_part__are_left_out(here: Round) -> None:
    put(here, "maly", "dara")
    maly = here.school.acting("maly")
    everybody = nominees.candidates(maly, here.poipet.id, "a", 0)
    found = {one.person.id for one in everybody.found}
    assert here.school.ids["dara"] not in found
    assert nominees.candidates(maly, here.poipet.id, "chenda").found == ()
    with pytest.raises(OutOfReach):
        nominees.candidates(maly, here.bavet.id)


def test_facts__of_a_candidate__say_all_it_is_weighed_by(here: Round) -> None:
    school = here.school
    course = school.course()
    course.prerequisites = "completed BASE"
    school.course("BASE")
    other = school.hold(course="DOG", begins_in=14)
    school.approved("dara", other)
    dara = school.person("dara")
    dara.away_until = here.held.starts_on
    for title, kind, sponsor in (("Ethics", "", ""), ("Tokyo week", "foreign", "")):
        record = {"title": title, "kind": kind, "sponsor": sponsor}
        day = dt.date(2024, 5, len(title))
        school.add(TrainingRecord(person_id=dara.id, completed_on=day, **record))
    found = nominees.facts(school.acting("maly"), here.poipet.id, dara.id)
    assert [one.title for one in found.trainings] == ["Tokyo week", "Ethics"]
    assert found.trip is not None
    assert found.trip.title == "Tokyo week"
    assert found.away_until == here.held.starts_on
    assert (len(found.clashes), found.wants, found.gender) == (1, False, "M")


def test_name__of_somebody_elsewhere_oneself_or_twice__is_refused(here: Round) -> None:
    maly = here.school.acting("maly")
    for key in ("chenda", "maly"):
        with pytest.raises(Refusal):
            nomination_lists.name(maly, here.poipet.id, here.school.ids[key])
    put(here, "maly", "dara")
    with pytest.raises(Refusal):
        nomination_lists.name(maly, here.poipet.id, here.school.ids["dara"])


def test_name__beyond_the_seats__can_only_be_a_reserve(here: Round) -> None:
    put(here, "maly", "dara", "bopha")
    with pytest.raises(Refusal, match="reserves"):
        put(here, "maly", "rith")
    put(here, "maly", "rith", reserve=True)
    assert names(here) == ["dara", "bopha", "|", "rith"]


def test_rank__given_as_a_place__moves_only_that_name(here: Round) -> None:
    put(here, "maly", "dara", "bopha")
    ids = put(here, "maly", "rith", "bilal", "ayesha", reserve=True)
    maly = here.school.acting("maly")
    nomination_lists.rank(maly, ids[2], 1)
    assert names(here) == ["dara", "bopha", "|", "ayesha", "rith", "bilal"]
    nomination_lists.rank(maly, ids[2], 1)
    assert names(here) == ["dara", "bopha", "|", "ayesha", "rith", "bilal"]
    nomination_lists.rank(maly, ids[2], 99)
    assert names(here) == ["dara", "bopha", "|", "rith", "bilal", "ayesha"]


def test_reserve__made_a_name__needs_a_free_seat(here: Round) -> None:
    first, second = put(here, "maly", "dara", "bopha")
    (reserve,) = put(here, "maly", "rith", reserve=True)
    maly = here.school.acting("maly")
    with pytest.raises(Refusal):
        nomination_lists.set_reserve(maly, reserve, reserve=False)
    nomination_lists.set_reserve(maly, first, reserve=True)
    nomination_lists.set_reserve(maly, reserve, reserve=False)
    assert names(here) == ["bopha", "rith", "|", "dara"]
    assert second == here.school.enrolment("bopha", here.held).id


def test_strike__before_the_list_is_in__leaves_no_trace_but_history(here: Round) -> None:
    (row_id,) = put(here, "maly", "dara")
    nomination_lists.strike(here.school.acting("maly"), row_id)
    row = here.school.enrolment("dara", here.held)
    assert (row.state, row.quota_id, row.rank) == (S.CANCELLED, None, None)
    assert here.school.told("dara") == []
    assert names(here) == []


def test_strike__of_who_was_interested__gives_the_interest_back(here: Round) -> None:
    school = here.school
    here.held.starts_on, starts = None, here.held.starts_on
    school.ctx.session.flush()
    enrolling.show_interest(school.acting("dara"), here.class_id)
    here.held.starts_on = starts
    school.ctx.session.flush()
    (row_id,) = put(here, "maly", "dara")
    nomination_lists.strike(school.acting("maly"), row_id)
    row = school.enrolment("dara", here.held)
    assert row.state is S.INTERESTED
    assert school.changes(row)[-1].rule == STRUCK


def test_hand_in__tells_named_people_supervisors_and_unit_and_closes_the_list(
    here: Round,
) -> None:
    school = here.school
    put(here, "maly", "dara")
    put(here, "maly", "rith", reserve=True)
    maly = school.acting("maly")
    card = nomination_lists.hand_in(maly, here.poipet.id)
    assert (card.quota.is_sent, card.quota.seats, card.quota.returned) == (True, 1, 1)
    assert school.told_states("dara") == school.told_states("rith") == ["nominated"]
    assert len(school.told("sokha", "team_named")) == 2
    assert len(school.told("unit", "nomination_in")) == 1
    with pytest.raises(Refusal):
        nomination_lists.hand_in(maly, here.poipet.id)
    with pytest.raises(Refusal):
        put(here, "maly", "bopha")


def test_hand_in__by_who_names_for_one_office_of_the_part__is_refused(school: School) -> None:
    here = open_round(school)
    poipet = school.ctx.session.get_one(Unit, here.poipet.unit_id)
    gate = school.add_unit("Gate", poipet)
    school.make_focal_point("rith", gate)
    school.add_person("guard", unit_id=gate.id)
    put(here, "rith", "guard")
    with pytest.raises(OutOfReach):
        put(here, "rith", "dara")
    with pytest.raises(OutOfReach):
        nomination_lists.hand_in(school.acting("rith"), here.poipet.id)


def test_list__past_the_deadline__only_the_unit_may_change(here: Round) -> None:
    school = here.school
    school.pass_days(DAYS + 1)
    with pytest.raises(Refusal):
        put(here, "maly", "dara")
    put(here, "unit", "dara")
    assert names(here) == ["dara"]


def test_list__given_back__can_be_worked_on_and_who_is_struck_is_told(here: Round) -> None:
    school = here.school
    (row_id,) = put(here, "maly", "dara")
    maly, unit = school.acting("maly"), school.acting("unit")
    nomination_lists.hand_in(maly, here.poipet.id)
    with pytest.raises(OutOfReach):
        nomination_lists.give_back(school.acting("director"), here.poipet.id)
    assert nomination_lists.give_back(unit, here.poipet.id).quota.seats == 2
    nomination_lists.strike(maly, row_id)
    assert school.told_states("dara") == ["nominated", "cancelled"]


def test_balance__of_a_list_and_of_all__counts_who_is_named(here: Round) -> None:
    put(here, "maly", "dara", "bopha")
    put(here, "maly", "rith", reserve=True)
    put(here, "vibol", "chenda")
    card = list_cards.show(here.school.acting("unit"), here.poipet.id)
    assert card.quota.genders == (("F", 1), ("M", 1))
    (whole,) = calls.rounds.within_reach(here.school.acting("unit"))
    assert whole.genders == (("F", 2), ("M", 1))
