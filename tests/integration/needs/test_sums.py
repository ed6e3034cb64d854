"""The sums of a very large round: kept with it, made anew when they are old, for whom they are."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.people import Role
from bot.models.work import WorkItem, WorkState
from bot.needs import analysis, priority, sums
from tests.integration.needs.analysed import Needy


@pytest.fixture
def needy(ctx: Ctx, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Needy:
    monkeypatch.setattr(analysis, "MOST_AT_ONCE", 3)
    needy = Needy(ctx, clock)
    for who, level in (("dara", 1), ("rith", 2)):
        needy.rate(who, level)
    return needy


def asked_for(needy: Needy) -> int:
    return len(needy.ctx.session.exec(select(WorkItem).where(WorkItem.kind == sums.KIND)).all())


def test_sums__kept__are_what_is_read_until_they_are_made_anew(needy: Needy) -> None:
    unit = needy.acting("unit")
    assert analysis.by_competency(unit, needy.round_id) == {}
    sums.keep(needy.ctx, needy.round_id, sums.reckon(needy.ctx, needy.round_id))
    kept = analysis.by_competency(unit, needy.round_id)
    assert kept == analysis.by_competency(unit, needy.round_id, live=True)
    needy.rate("maly", 1)
    assert analysis.by_competency(unit, needy.round_id) == kept
    assert analysis.by_competency(unit, needy.round_id, live=True) != kept


def test_sums__asked_for__once_and_again_after_an_hour(needy: Needy) -> None:
    unit = needy.acting("unit")

    def look() -> int:
        sums.refresh(unit, analysis.round_card(unit, needy.round_id))
        return asked_for(needy)

    assert (look(), look()) == (1, 1)
    needy.ctx.session.exec(select(WorkItem)).one().state = WorkState.DONE
    sums.keep(needy.ctx, needy.round_id, sums.reckon(needy.ctx, needy.round_id))
    assert look() == 1
    needy.clock.advance(seconds=3600)
    assert look() == 2


def test_sums__of_all__are_not_shown_to_a_branch(needy: Needy) -> None:
    sums.keep(needy.ctx, needy.round_id, sums.reckon(needy.ctx, needy.round_id))
    needy.topic("Tariff", "HS")
    office = needy.add_unit("Bavet")
    for number in range(4):
        needy.add_person(f"b{number}", unit_id=office.id)
    needy.add_person("branch", unit_id=office.id)
    needy.grant("branch", Role.UNIT, office)
    branch = needy.acting("branch")
    assert not sums.are_needed(branch)
    assert priority.ranking(branch, needy.round_id) == []
    (ranked,) = priority.ranking(needy.acting("unit"), needy.round_id)
    assert ranked.figures.tally.missing == 3
