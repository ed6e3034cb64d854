"""Who did the original courses again in the window instead of the refresher is not told that it
has lapsed: on that day it is earned by them.
"""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.campaigns import qualification_reminders
from bot.models.delivery import OutboxItem
from tests.integration.qualifications.conftest import Academy


def told(academy: Academy, key: str) -> list[str]:
    query = select(OutboxItem.notice).where(OutboxItem.person_id == academy.ids[key])
    return [name for name in academy.ctx.session.exec(query) if name.startswith("qualification_l")]


def test_lapse__original_done_again_meanwhile__is_earned_and_the_others_are_told(
    academy: Academy,
) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12, grace_days=10)
    row.renewed_by_id = academy.curriculum("R", "REF").id
    for key in ("dara", "rith"):
        academy.complete(key, "VAL", "2025-03-05")
        academy.person(key).timezone = "Asia/Phnom_Penh"
    academy.complete("dara", "VAL", "2026-02-20")
    for _day in range(20):
        qualification_reminders.remind(academy.ctx)
        academy.pass_days(1)
    assert academy.span("dara", row) == ("2026-02-20", "2027-02-20")
    held = academy.held("rith", row)
    assert held is not None
    assert held.expires_on == dt.date(2026, 3, 5)
    assert (told(academy, "dara"), told(academy, "rith")) == ([], ["qualification_lapsed"])


def test_lapses__of_more_people_than_are_looked_at_together__are_told_at_the_next_ticks(
    academy: Academy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qualification_reminders, "LOOKED_AT", 1)
    row = academy.curriculum("V", "VAL", valid_months=12)
    row.renewed_by_id = academy.curriculum("R", "REF").id
    for key in ("dara", "rith", "maly"):
        academy.complete(key, "VAL", "2025-03-05")
        academy.person(key).timezone = "Asia/Phnom_Penh"
    academy.complete("maly", "VAL", "2026-02-20")
    academy.pass_days(10)
    heard = []
    for _tick in range(4):
        qualification_reminders.remind(academy.ctx)
        academy.ctx.session.flush()
        heard.append(sum(len(told(academy, key)) for key in ("dara", "rith", "maly")))
    assert (heard, told(academy, "maly")) == ([1, 2, 2, 2], [])
