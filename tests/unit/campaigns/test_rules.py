"""The rules name policies that are there and notices that have words."""

from __future__ import annotations

import pytest

from bot.campaigns.rules import RULES
from bot.delivery.notices import registry
from bot.policy import POLICIES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule__its_parts__are_known(rule):
    registry.load_all()
    assert rule.days in POLICIES
    assert rule.notice.name in registry.NOTICES


def test_rules__their_names__are_different():
    assert len({rule.name for rule in RULES}) == len(RULES)
