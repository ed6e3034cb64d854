"""Rounds: opened and shared out, told to who names people, closed by the deadline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.models.people import Role, Unit, UnitKind
from bot.models.training import Entry
from bot.people.access import OutOfReach
from bot.training import calls, nomination_lists, quotas, rounds
from bot.training.quota_shares import Share, shared
from tests.integration.training.conftest import School
from tests.integration.training.nominating import DAYS, open_round


@given(st.integers(0, 500), st.lists(st.integers(0, 2000), max_size=30))
def test_shares__of_any_weights__give_out_all_seats_and_never_turn_the_order(
    seats: int, weights: list[int]
) -> None:
    given = shared(seats, weights)
    assert sum(given) == (seats if sum(weights) else 0)
    by_weight = sorted(zip(weights, given, strict=True))
    assert all(one[1] <= other[1] + (one[0] == other[0]) for one, other in _pairs(by_weight))
    assert all(abs(got - seats * w / (sum(weights) or 1)) < 1 for w, got in by_weight)


def _pairs(items: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(one, other) for one, other in zip(items, items[1:], strict=False)]


def test_round__of_a_class_that_anybody_may_ask_for__is_refused(school: School) -> None:
    held = school.hold(entry=Entry.OPEN)
    with pytest.raises(Refusal, match="nominated"):
        rounds.open_round(school.acting("unit"), held.id, {"deadline": "2026-03-09"})


@pytest.mark.parametrize("deadline", ["2026-03-01", "2026-03-16", "soon", ""])
def test_round__with_a_deadline_that_cannot_be__is_refused(school: School, deadline: str) -> None:
    held = school.hold(entry=Entry.NOMINATED)
    with pytest.raises(Refusal):
        rounds.open_round(school.acting("unit"), held.id, {"deadline": deadline})


def test_round__opened_by_who_keeps_no_classes__is_refused(school: School) -> None:
    held = school.hold(entry=Entry.NOMINATED)
    with pytest.raises(OutOfReach):
        rounds.open_round(school.acting("sokha"), held.id, {"deadline": "2026-03-09"})


def test_quota__more_than_the_class_has__is_refused(school: School) -> None:
    here = open_round(school)
    with pytest.raises(Refusal):
        quotas.set_quota(school.acting("unit"), here.class_id, here.bavet.unit_id, 3)
    changed = quotas.set_quota(school.acting("unit"), here.class_id, here.bavet.unit_id, 2)
    assert changed is not None
    assert changed.seats == 2


def test_quota__of_a_part_inside_another__is_refused(school: School) -> None:
    here = open_round(school)
    region = school.ctx.session.get_one(Unit, here.poipet.unit_id).parent_id
    assert region is not None
    with pytest.raises(Refusal):
        quotas.set_quota(school.acting("unit"), here.class_id, region, 1)


def test_quota__of_no_seats__is_gone_unless_somebody_is_named(school: School) -> None:
    here = open_round(school)
    unit = school.acting("unit")
    assert quotas.set_quota(unit, here.class_id, here.bavet.unit_id, 0) is None
    nomination_lists.name(school.acting("maly"), here.poipet.id, school.ids["dara"])
    with pytest.raises(Refusal):
        quotas.set_quota(unit, here.class_id, here.poipet.unit_id, 0)


def test_share__by_headcount__follows_the_people_of_each_part(school: School) -> None:
    here = open_round(school, seats=14)
    unit = school.acting("unit")
    by_people = rounds_of(quotas.share(unit, here.class_id, Share.BY_HEADCOUNT).quotas)
    assert by_people == {"Bavet": 3, "Poipet": 11}
    equally = rounds_of(quotas.share(unit, here.class_id, Share.EQUALLY).quotas)
    assert equally == {"Bavet": 7, "Poipet": 7}


def test_share__without_quotas__goes_to_all_directorates(school: School) -> None:
    held = school.hold(seats=5, entry=Entry.NOMINATED)
    school.add(Unit(name="Coral", path="Coral", kind=UnitKind.DIRECTORATE))
    unit = school.acting("unit")
    rounds.open_round(unit, held.id, {"deadline": "2026-03-09"})
    shares = rounds_of(quotas.share(unit, held.id, Share.EQUALLY).quotas)
    assert shares == {"Coral": 3, "Mekong": 2}


def test_call__tells_focal_points_heads_and_hr_once(school: School) -> None:
    here = open_round(school)
    unit = school.acting("unit")
    assert calls.uncalled(unit, here.class_id) == 4
    assert calls.call(unit, here.class_id) == 4
    assert calls.call(unit, here.class_id) == 0
    for key in ("maly", "vibol", "director", "records"):
        assert len(school.told(key, "nomination_called")) == 1, key
    assert school.told("records", "nomination_called")[0]["units"] == sorted(
        [here.poipet.unit_id, here.bavet.unit_id]
    )
    assert school.told("dara", "nomination_called") == []


def test_call__before_the_deadline__reminds_two_days_ahead(school: School) -> None:
    here = open_round(school)
    calls.call(school.acting("unit"), here.class_id)
    assert len(school.told("maly", "nomination_reminder")) == 1


def test_deadline__passed__closes_lists_and_returns_unused_seats(school: School) -> None:
    here = open_round(school)
    nomination_lists.name(school.acting("maly"), here.poipet.id, school.ids["dara"])
    calls.close_due(school.ctx)
    assert school.told("dara") == []
    due = calls.next_close(school.ctx, school.ctx.now())
    assert due is not None
    school.clock.set(due)
    calls.close_due(school.ctx)
    card = rounds.of_class(school.acting("unit"), here.class_id)
    assert card is not None
    assert {one.unit: (one.seats, one.returned, one.is_sent) for one in card.quotas} == {
        "Bavet": (0, 1, True),
        "Poipet": (1, 1, True),
    }
    assert card.left == 3
    assert school.told_states("dara") == ["nominated"]
    assert len(school.told("sokha", "team_named")) == 1
    assert len(school.told("unit", "nomination_in")) == 2
    calls.close_due(school.ctx)
    assert calls.next_close(school.ctx, school.ctx.now()) is None
    assert len(school.told("unit", "nomination_in")) == 2


def test_round__with_names_undecided__cannot_be_closed(school: School) -> None:
    here = open_round(school)
    nomination_lists.name(school.acting("maly"), here.poipet.id, school.ids["dara"])
    with pytest.raises(Refusal):
        rounds.settle(school.acting("unit"), here.class_id)


def test_within_reach__holds_only_parts_of_the_actor(school: School) -> None:
    here = open_round(school)
    (seen,) = rounds.within_reach(school.acting("maly"))
    assert [quota.id for quota in seen.quotas] == [here.poipet.id]
    (by_hr,) = rounds.within_reach(school.acting("records"))
    assert len(by_hr.quotas) == 2
    with pytest.raises(OutOfReach):
        rounds.within_reach(school.acting("dara"))
    school.pass_days(DAYS + 1)
    assert not rounds.within_reach(school.acting("maly"))[0].is_open


def test_unit__for_one_part_only__cannot_give_seats_elsewhere(school: School) -> None:
    here = open_round(school)
    school.add_person("branch")
    poipet = school.ctx.session.get_one(Unit, here.poipet.unit_id)
    school.grant("branch", Role.UNIT, poipet)
    here.held.coordinator_id = school.ids["branch"]
    school.ctx.session.flush()
    branch = school.acting("branch")
    assert quotas.set_quota(branch, here.class_id, here.poipet.unit_id, 1) is not None
    with pytest.raises(OutOfReach):
        quotas.set_quota(branch, here.class_id, here.bavet.unit_id, 2)


def rounds_of(cards: tuple[quotas.QuotaCard, ...]) -> dict[str, int]:
    return {card.unit: card.seats for card in cards}


def test_round__of_a_class_that_is_cancelled__asks_nobody_any_more(school: School) -> None:
    here = open_round(school)
    calls.call(school.acting("unit"), here.class_id)
    nomination_lists.name(school.acting("maly"), here.poipet.id, school.ids["dara"])
    here.held.cancelled_at = school.ctx.now()
    school.ctx.session.flush()
    assert rounds.within_reach(school.acting("maly")) == []
    params = school.told("maly", "nomination_called")[0]
    assert calls.waiting_for(school.acting("maly"), [params["round"]]) == []
    with pytest.raises(Refusal):
        nomination_lists.hand_in(school.acting("maly"), here.poipet.id)
    school.pass_days(DAYS + 1)
    calls.close_due(school.ctx)
    assert school.told("unit", "nomination_in") == []


def test_round__of_a_class_that_has_begun__is_not_closed_with_a_notice(school: School) -> None:
    here = open_round(school)
    school.pass_days(20)
    calls.close_due(school.ctx)
    assert school.told("unit", "nomination_in") == []
    with pytest.raises(Refusal):
        nomination_lists.name(school.acting("unit"), here.poipet.id, school.ids["dara"])
