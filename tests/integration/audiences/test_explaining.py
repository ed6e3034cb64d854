"""Why somebody is in an audience or not: the same answer as the audience, with its grounds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.campaigns.audiences import explaining
from bot.campaigns.audiences.expanding import read
from bot.campaigns.audiences.rule import AllOf, AnyOf, Not, Rule, write
from bot.i18n import render
from bot.models.broadcasts import Audience
from bot.models.people import Role
from bot.people.access import OutOfReach
from tests.integration.audiences.conftest import Crowd
from tests.integration.audiences.test_clauses import LEAVES, meant


def said(crowd: Crowd, text: str, key: str) -> list[str]:
    found = explaining.explain(crowd.ctx, read(text), crowd.ids[key])
    return [render(line, "en") for line in found.lines]


def _grown(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(parts.map(Not), several.map(AllOf), several.map(AnyOf))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    rule=st.recursive(st.sampled_from([*LEAVES]).map(read), _grown, max_leaves=5),
    data=st.data(),
)
def test_explain__any_rule_and_person__agrees_with_the_audience(
    crowd: Crowd, rule: Rule, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(crowd.ids)))
    found = explaining.explain(crowd.ctx, rule, crowd.ids[key])
    assert found.is_in is (key in meant(crowd, write(rule)))


def test_explain__every_condition__is_answered_with_what_it_rests_on(crowd: Crowd) -> None:
    crowd.add(Audience(name="Posts", rule="unit Bavet", made_at=crowd.ctx.now()))
    text = (
        'unit Poipet and (position Chief or holds VAL-Q) and not (audience "Posts" or '
        "completed HS within 1 month) and in class ORIGIN-1 and meets ORIGIN-1"
    )
    assert said(crowd, text, "dara") == [
        "Yes: all of this:",
        "– Yes: serves in Poipet (Mekong/Poipet)",
        "– Yes: at least one of these:",
        "–– No: has the position Chief (Inspector)",
        "–– Yes: holds Valuation officer (earned on Jan 26, 2025, valid until May 1, 2026)",
        "– Yes: not so:",
        "–– No: at least one of these:",
        "––– No: is in the audience “Posts”",
        "––– No: has completed Course HS in the last 1 month (last on Apr 1, 2024)",
        "– Yes: has a place in class ORIGIN-1 (enrolled)",
        "– Yes: meets what class ORIGIN-1 asks for",
    ]
    assert said(crowd, text, "bopha")[-3:-1] == [
        "– No: meets what class ORIGIN-1 asks for",
        "–– Course HS has to be completed before. No class of it is planned.",
    ]


def test_explain__who_has_left_and_guests__are_never_in(crowd: Crowd) -> None:
    for key, sentence in (("gone", "off the roster"), ("guest", "Guests of a class")):
        found = explaining.explain(crowd.ctx, read("everybody"), crowd.ids[key])
        assert not found.is_in
        assert sentence in render(found.lines[0], "en")


def test_explain__out_of_reach__is_refused(crowd: Crowd) -> None:
    crowd.grant("trainer", Role.UNIT, crowd.bavet)
    with pytest.raises(OutOfReach):
        explaining.explain(crowd.acting("trainer"), read("everybody"), crowd.ids["dara"])
    assert explaining.find(crowd.acting("trainer"), "dara", 10) == []
    assert [card.staff_no for card in explaining.find(crowd.acting("trainer"), "rith", 10)] == [
        "1014"
    ]
