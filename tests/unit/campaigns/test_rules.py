"""The rules name policies that are there and notices that have words."""

from __future__ import annotations

import pytest

from bot.campaigns.rules import CLASS_RULES, RULES
from bot.delivery.notices import registry
from bot.policy import POLICIES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule__its_parts__are_known(rule):
    registry.load_all()
    assert rule.days in POLICIES
    assert rule.notice.name in registry.NOTICES


@pytest.mark.parametrize("rule", CLASS_RULES, ids=lambda rule: rule.name)
def test_class_rule__its_parts__are_known(rule):
    registry.load_all()
    assert not rule.days or rule.days in POLICIES
    assert rule.notice.name in registry.NOTICES


def test_rules__their_names__are_different():
    names = [rule.name for rule in (*RULES, *CLASS_RULES)]
    assert len(set(names)) == len(names)
