"""The training record that a confirmed certificate makes, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.qualifications import Evidence
from bot.models.records import TrainingRecord
from bot.models.system import Blob
from bot.models.training import Course
from bot.people import own_days
from bot.training import course_fields

BY_CERTIFICATE = "certificate"
"""The kind of a record that was made because a certificate was confirmed."""

ONE_TRAINING = ("person_id", "course_id", "title", "completed_on")


@dataclass(frozen=True, slots=True)
class ConfirmedAs:
    """What a certificate counts as: a course of the catalogue by its code, else a title."""

    course: str
    title: str
    completed_on: dt.date

    @classmethod
    def of(cls, typed: Mapping[str, Any], otherwise: str) -> ConfirmedAs:
        """From a form's answers; without course and title it counts under its own."""
        course, title = (str(typed.get(name) or "").strip() for name in ("course", "title"))
        day = dt.date.fromisoformat(str(typed["completed_on"]))
        return cls(course, "" if course else title or otherwise, day)


def keep(ctx: Ctx, person_id: int, as_what: ConfirmedAs) -> TrainingRecord:
    """The record of this training: the one there is, else a new one.

    Refuses a course that is not in the catalogue, and a day to come.
    """
    course_id = _course_id(ctx, as_what.course) if as_what.course else None
    title = "" if course_id is not None else course_fields.line(as_what.title)
    new = TrainingRecord(
        person_id=person_id,
        course_id=course_id,
        title=title,
        completed_on=_past_for(ctx, person_id, as_what.completed_on),
        kind=BY_CERTIFICATE,
    )
    same = select(TrainingRecord).where(
        *(getattr(TrainingRecord, name) == getattr(new, name) for name in ONE_TRAINING)
    )
    known = ctx.session.scalars(same.limit(1)).first()
    if known is not None:
        return known
    ctx.session.add(new)
    ctx.session.flush()
    return new


def drop(ctx: Ctx, record: TrainingRecord) -> bool:
    """Whether the record of a certificate that does not count after all is gone.

    One that was there before, or that another certificate bears out, stays.
    """
    assert record.id is not None
    made_for_it = record.kind == BY_CERTIFICATE and record.enrolment_id is None
    other = exists().where(Evidence.record_id == record.id)
    if not made_for_it or ctx.session.execute(select(other)).scalar_one():
        return False
    ctx.session.delete(record)
    ctx.session.flush()
    return True


def past(ctx: Ctx, day: dt.date) -> dt.date:
    """The day again; refuses one that has not come yet where the actor is."""
    if day > ctx.today():
        raise Refusal(
            _("This day has not come yet. Give the day on which the training was completed.")
        )
    return day


def has_file(ctx: Ctx, blob_id: int | None) -> bool:
    """Whether the picture is still kept."""
    return bool(ctx.session.execute(select(exists().where(Blob.id == blob_id))).scalar_one())


def _past_for(ctx: Ctx, person_id: int, day: dt.date) -> dt.date:
    """As `past`, where its owner lives: the unit may be a day behind."""
    return day if day <= own_days.today_of(ctx, person_id) else past(ctx, day)


def _course_id(ctx: Ctx, code: str) -> int:
    found = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if found is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return int(found)
