"""What was earned by completions that were none: withdrawn, borne out by others, given again."""

from __future__ import annotations

from sqlmodel import select

from bot.models.qualifications import ExpiryRule
from bot.models.records import TrainingRecord
from bot.models.system import AuditEntry
from bot.training.qualifications import earning
from tests.integration.qualifications.conftest import Academy, Heard


def take_back(academy: Academy, record: TrainingRecord) -> None:
    academy.ctx.session.delete(record)
    academy.ctx.session.flush()
    earning.settle(academy.ctx, [record.person_id])


def test_taken_back__what_it_earned__is_withdrawn_and_the_one_before_stands(
    academy: Academy, heard: Heard
) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    academy.complete("dara", "VAL", "2025-05-01")
    record = academy.record("dara", "VAL", "2026-03-01")
    earning.earn(academy.ctx, [academy.ids["dara"]])
    take_back(academy, record)
    assert academy.span("dara", row) == ("2025-05-01", "2026-05-01")
    fallen = academy.rows("dara", row)[1]
    assert (fallen.withdrawn_at, fallen.current) == (academy.ctx.now(), False)
    assert [one.qualification_id for one in heard.withdrawn] == [fallen.id]
    kept = academy.ctx.session.exec(
        select(AuditEntry).where(AuditEntry.action == "qualification.withdrawn")
    ).one()
    assert kept.details == {"qualification": fallen.id}


def test_taken_back_and_given_again__stands_with_the_dates_it_had(
    academy: Academy, heard: Heard
) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    record = academy.record("dara", "VAL", "2025-05-01")
    earning.earn(academy.ctx, [academy.ids["dara"]])
    first = academy.held("dara", row)
    assert first is not None
    first.told_stage = 30
    take_back(academy, record)
    assert academy.held("dara", row) is None
    academy.complete("dara", "VAL", "2025-05-01")
    again = academy.held("dara", row)
    assert again is first
    assert (again.told_stage, again.withdrawn_at, again.withdrawn_why) == (30, None, "")
    assert [one.again for one in heard.earned] == [False, True]


def test_taken_back__what_another_completion_bears_out__stays_untold(
    academy: Academy, heard: Heard
) -> None:
    row = academy.curriculum("V", "VAL; LAW", valid_months=12)
    academy.record("dara", "VAL", "2025-01-01")
    record = academy.record("dara", "VAL", "2025-02-01")
    academy.complete("dara", "LAW", "2025-05-01")
    row.valid_months = 6
    take_back(academy, record)
    held = academy.held("dara", row)
    assert held is not None
    assert held.evidence[0][1] == "2025-01-01"
    assert (academy.span("dara", row), heard.withdrawn) == (("2025-05-01", "2026-05-01"), [])
    assert len(heard.earned) == 1


def test_taken_back__the_first_of_a_chain__the_rest_is_derived_anew(
    academy: Academy, heard: Heard
) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12, expiry_rule=ExpiryRule.PREVIOUS)
    first = academy.record("dara", "VAL", "2024-05-01")
    academy.record("dara", "VAL", "2025-04-01")
    earning.earn(academy.ctx, [academy.ids["dara"]])
    assert academy.span("dara", row) == ("2025-04-01", "2026-05-01")
    take_back(academy, first)
    assert academy.span("dara", row) == ("2025-04-01", "2026-04-01")
    assert len(heard.withdrawn) == 2
    standing = [one for one in academy.rows("dara", row) if one.withdrawn_at is None]
    assert len(standing) == 1
