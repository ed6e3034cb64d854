"""Every rule that docs/audiences.md writes is one."""

from __future__ import annotations

import re

import pytest

from bot.campaigns.audiences.grammar import parse
from bot.i18n import Text
from tests.unit.docs.reading import DOCS

TABLE = (DOCS / "audiences.md").read_text("utf-8").partition("## Building one")[0]
JOINING = {"and", "or", "not", "months"}
RULES = [rule for rule in re.findall(r"`([^`]+)`", TABLE) if rule not in JOINING]


@pytest.mark.parametrize("rule", RULES)
def test_rule__in_the_guide__is_read(rule: str) -> None:
    assert not isinstance(parse(rule), (Text, type(None)))


def test_guide__every_kind_of_condition__has_its_line() -> None:
    assert len(set(RULES)) >= 18
