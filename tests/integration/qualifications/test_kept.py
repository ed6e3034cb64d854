"""What is kept of somebody's qualifications is theirs to read, and its words go with them."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.i18n import LANGUAGES, render
from bot.models.qualifications import (
    AssignedBy,
    CurriculumAssignment,
    Evidence,
    EvidenceState,
    Qualification,
)
from bot.people import mydata
from bot.training import forgetting
from tests.integration.qualifications.conftest import Academy

DAY = dt.date(2026, 5, 1)


def fill(academy: Academy) -> None:
    """Dara holds one with more time, lost one, is asked for one; the unit refused a picture."""
    row = academy.curriculum("V", "VAL", valid_months=12)
    lost = academy.curriculum("L", "LAW")
    academy.complete("dara", "VAL", "2025-03-05")
    academy.complete("dara", "LAW", "2025-03-05")
    held, gone = academy.held("dara", row), academy.held("dara", lost)
    assert held is not None
    assert gone is not None
    held.extended_until, held.extended_why = DAY, "On leave"
    held.extended_by = academy.ids["sokha"]
    gone.withdrawn_at, gone.current = academy.ctx.now(), False
    gone.withdrawn_why = "a completion it was earned with was taken back"
    academy.add(
        CurriculumAssignment(
            person_id=academy.ids["dara"],
            curriculum_id=row.id,
            assigned_by=AssignedBy.HAND,
            from_on=DAY,
            due_on=DAY,
            made_by=academy.ids["unit"],
            made_at=academy.ctx.now(),
            reason="New tasks",
        )
    )
    academy.add(
        Evidence(
            person_id=academy.ids["dara"],
            blob_id=7,
            title="Paper",
            sent_at=academy.ctx.now(),
            state=EvidenceState.REFUSED,
            decided_by=academy.ids["unit"],
            reason="Not readable",
        )
    )


def test_mydata__everything_kept__is_shown_to_its_owner_only(academy: Academy) -> None:
    fill(academy)
    section = mydata.about_me(academy.acting("dara"), "qualifications")
    assert section is not None
    said = [(render(one.label, "en"), render(one.value, "en")) for one in section.facts]
    assert said == [
        ("Title L", "withdrawn: a completion it was earned with was taken back"),
        ("Title V", "earned on Mar 5, 2025, valid until Mar 5, 2026"),
        ("Title V: more time until May 1, 2026", "On leave"),
        ("Title V", "to be earned by May 1, 2026. Reason: New tasks"),
        ("Certificate “Paper”", "not accepted: Not readable"),
    ]
    for language in LANGUAGES:
        assert all(render(one.value, language) for one in section.facts)
    other = mydata.about_me(academy.acting("rith"), "qualifications")
    assert other is not None
    assert other.facts == ()


def reasons(academy: Academy) -> list[str]:
    academy.ctx.session.expire_all()
    found: list[str] = []
    for column in (
        Qualification.extended_why,
        CurriculumAssignment.reason,
        Evidence.title,
        Evidence.reason,
    ):
        found += academy.ctx.session.exec(select(column)).all()
    return [word for word in found if word]


def test_erased__officer__all_words_about_them_go(academy: Academy) -> None:
    fill(academy)
    forgetting.forget_words(academy.ctx.session, academy.ids["dara"])
    assert reasons(academy) == []


def test_erased__who_decided__only_their_own_words_go(academy: Academy) -> None:
    fill(academy)
    forgetting.forget_words(academy.ctx.session, academy.ids["unit"])
    assert reasons(academy) == ["On leave", "Paper"]
    forgetting.forget_words(academy.ctx.session, academy.ids["sokha"])
    assert reasons(academy) == ["Paper"]
