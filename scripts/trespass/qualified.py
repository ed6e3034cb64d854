"""Curricula, what people of a region hold and are to earn, and certificates that they sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    CurriculumItem,
    Qualification,
    Requirement,
)
from bot.models.records import TrainingRecord
from bot.models.system import Blob
from bot.training.qualifications import earning, evidence, extensions
from bot.training.qualifications.evidence_records import ConfirmedAs

COMPLETED = {
    "officer3": dt.date(2025, 3, 15),
    "officer4": dt.date(2023, 3, 15),
    "officer6": dt.date(2025, 12, 1),
    "chief": dt.date(2025, 3, 15),
}
ASKING = "officer3"
SENDING = ("officer1", "officer2", "officer5")
TITLES = {"VALUER": "Words of the Law", "TRADER": "Words of Trade"}
"""Two that one typed word means alike, so that one of them has to be chosen."""


def add_curricula(ctx: Ctx, course_id: int) -> None:
    """Curricula are the same everywhere: one is required of inspectors, another of nobody."""
    for code, title in TITLES.items():
        row = Curriculum(code=code, title=title, valid_months=12, grace_days=20)
        ctx.session.add(row)
        ctx.session.flush()
        assert row.id is not None
        ctx.session.add(CurriculumItem(curriculum_id=row.id, course_id=course_id))
        if code == "TRADER":
            ctx.session.add(Requirement(position="Inspector", curriculum_id=row.id))
    ctx.session.flush()


def qualify(ctx: Ctx, mark: str, people: Mapping[str, int], course_id: int) -> None:
    """Somebody holds, renews, has let lapse and is to earn; one asks for more time."""
    for key, day in COMPLETED.items():
        ctx.session.add(
            TrainingRecord(person_id=people[key], course_id=course_id, completed_on=day)
        )
    ctx.session.flush()
    earning.earn(ctx, [people[key] for key in COMPLETED])
    _assign(ctx, mark, people["officer7"])
    rows = ctx.session.exec(select(Qualification).where(Qualification.person_id == people[ASKING]))
    for held in rows.all():
        assert held.id is not None
        extensions.ask(_as(ctx, people[ASKING]), held.id, f"Until the end, {mark}")
    _send_certificates(ctx, mark, people)


def _assign(ctx: Ctx, mark: str, person_id: int) -> None:
    ctx.session.add(
        CurriculumAssignment(
            person_id=person_id,
            curriculum_id=1,
            assigned_by=AssignedBy.HAND,
            from_on=ctx.today(),
            due_on=ctx.today() + dt.timedelta(days=20),
            made_at=ctx.now(),
            reason=f"Wanted in {mark}",
        )
    )
    ctx.session.flush()


def _send_certificates(ctx: Ctx, mark: str, people: Mapping[str, int]) -> None:
    """One waits, one counts, one does not."""
    unit = _as(ctx, people["unit"])
    sent = {}
    for key in SENDING:
        own = _as(ctx, people[key])
        blob = Blob(name="certificate.pdf", content=b"%PDF-1.7", made_at=ctx.now())
        ctx.session.add(blob)
        ctx.session.flush()
        number = evidence.receive(own, blob.id, blob.name)
        day = dt.date(2025, 6, 1)
        row = evidence.send(own, number, f"A certificate of {mark}", day, is_photo=False)
        assert row.id is not None
        sent[key] = row.id
    as_what = ConfirmedAs("", f"A certificate of {mark}", dt.date(2025, 6, 1))
    evidence.confirm(unit, sent["officer2"], as_what)
    evidence.refuse(unit, sent["officer5"], f"It is unknown in {mark}.")


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, zone=ctx.actor.zone))
