"""What the training unit makes of a list of names: accepted in order, declined, replaced."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.models.training import EnrolmentState as S
from bot.training import list_cards, nomination_lists, nominations
from tests.integration.training.conftest import School
from tests.integration.training.nominating import Round, names, open_round, put


@pytest.fixture
def here(school: School) -> Round:
    return open_round(school)


def test_accept_all__takes_names_in_rank_order_within_the_seats(here: Round) -> None:
    school = here.school
    put(here, "maly", "dara", "bopha")
    put(here, "maly", "rith", reserve=True)
    nomination_lists.hand_in(school.acting("maly"), here.poipet.id)
    unit = school.acting("unit")
    assert nominations.accept_all(unit, here.poipet.id) == 2
    assert school.enrolled(here.held) == {"dara", "bopha"}
    assert school.state("rith", here.held) is S.NOMINATED
    assert school.told_states("dara") == ["nominated", "enrolled"]
    assert [change["change"] for change in school.told("sokha", "team_named")] != []
    with pytest.raises(Refusal):
        nominations.accept_all(unit, here.poipet.id)


def test_accept__by_who_named__is_refused(here: Round) -> None:
    (row_id,) = put(here, "maly", "dara")
    for key in ("maly", "director", "records", "sokha"):
        with pytest.raises(Refusal):
            nominations.accept(here.school.acting(key), row_id)
        with pytest.raises(Refusal):
            nominations.accept_all(here.school.acting(key), here.poipet.id)
    assert here.school.state("dara", here.held) is S.NOMINATED


def test_accept__past_an_earlier_name__needs_a_reason_that_is_kept(here: Round) -> None:
    _first, second = put(here, "maly", "dara", "bopha")
    unit = here.school.acting("unit")
    with pytest.raises(Refusal, match="reason"):
        nominations.accept(unit, second)
    nominations.accept(unit, second, "More women in this cohort")
    assert here.school.state("bopha", here.held) is S.ENROLLED
    card = list_cards.show(unit, here.poipet.id)
    assert card.quota.deviation == "More women in this cohort"


def test_accept__beyond_the_seats__departs_from_the_quota(here: Round) -> None:
    put(here, "maly", "dara", "bopha")
    (reserve,) = put(here, "maly", "rith", reserve=True)
    unit = here.school.acting("unit")
    nominations.accept_all(unit, here.poipet.id)
    assert nominations.departs(unit, reserve)
    nominations.accept(unit, reserve, "A seat of Bavet is free")
    assert names(here) == ["dara", "bopha", "rith"]


def test_decline__tells_officer_and_supervisor_why(here: Round) -> None:
    (row_id,) = put(here, "maly", "dara")
    unit = here.school.acting("unit")
    with pytest.raises(Refusal):
        nominations.decline(unit, row_id, "  ")
    nominations.decline(unit, row_id, "Retires this year")
    row = here.school.enrolment("dara", here.held)
    assert (row.state, row.reason) == (S.DECLINED, "Retires this year")
    assert here.school.told_states("dara") == ["declined"]
    assert len(here.school.told("sokha", "team_named")) == 1


def test_decision__about_oneself__is_for_a_colleague(here: Round) -> None:
    (own,) = put(here, "maly", "unit")
    unit = here.school.acting("unit")
    for refused in (
        lambda: nominations.accept(unit, own),
        lambda: nominations.accept_all(unit, here.poipet.id),
        lambda: nominations.decline(unit, own, "No time"),
    ):
        with pytest.raises(Refusal, match="colleague"):
            refused()
    assert here.school.state("unit", here.held) is S.NOMINATED


def test_replace__takes_the_first_reserve(here: Round) -> None:
    first, _second = put(here, "maly", "dara", "bopha")
    put(here, "maly", "rith", "bilal", reserve=True)
    unit = here.school.acting("unit")
    nominations.replace(unit, first, "On sick leave")
    assert here.school.state("dara", here.held) is S.DECLINED
    assert here.school.state("rith", here.held) is S.ENROLLED
    assert here.school.state("bilal", here.held) is S.NOMINATED


def test_replace__without_a_reserve__is_refused(here: Round) -> None:
    (row_id,) = put(here, "maly", "dara")
    with pytest.raises(Refusal):
        nominations.replace(here.school.acting("unit"), row_id, "On sick leave")
    assert here.school.state("dara", here.held) is S.NOMINATED
