"""The classes that somebody has a place in, as a file for their own calendar.

An entry belongs to an enrolment; its number rises with each step of the enrolment and with each
move of the class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, select

from bot import policy
from bot.context import Ctx
from bot.i18n import Words, _, render
from bot.models.system import AuditEntry, Blob
from bot.models.training import Course, Enrolment, EnrolmentChange, TrainingClass
from bot.screens import Attachment
from bot.training import calendar_file, catalogue
from bot.training.calendar_file import Entry
from bot.training.schedule import DEFAULT_END, DEFAULT_START, zone_of
from bot.training.session_days import days_of

MOVED = "class.moved"
"""The act under which the audit keeps that a class has moved."""
NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def attachment(
    ctx: Ctx, rows: Sequence[Enrolment], language: str, *, cancelled: bool = False
) -> Attachment | None:
    """The file with these enrolments' classes, kept to be sent; None where none has dates.

    `cancelled`: the entries are to be taken out of the calendar.
    """
    entries = [entry for row in rows if (entry := entry_of(ctx, row, language)) is not None]
    if not entries:
        return None
    held = ctx.session.get_one(TrainingClass, rows[0].class_id)
    organizer = render(_("Training unit"), language)
    blob = Blob(
        name=f"{NOT_IN_A_NAME.sub('-', held.code)}.ics",
        mime=calendar_file.MIME,
        content=calendar_file.written(entries, organizer, ctx.now(), cancelled=cancelled),
        made_at=ctx.now(),
    )
    ctx.session.add(blob)
    ctx.session.flush()
    assert blob.id is not None
    return Attachment(blob.id)


def entry_of(ctx: Ctx, row: Enrolment, language: str) -> Entry | None:
    """The class of an enrolment as it stands now; None without dates."""
    held = ctx.session.get_one(TrainingClass, row.class_id)
    days = days_of(held, policy.value(ctx.session, "working_week"), ctx.settings.country)
    if not days:
        return None
    course = ctx.session.get_one(Course, held.course_id)
    lines: list[Words] = [_("Class {code}", code=held.code)]
    if held.bring:
        lines.append(_("Please bring: {things}", things=held.bring))
    return Entry(
        uid=f"enrolment-{row.id}@rollcall",
        sequence=sequence(ctx, row),
        summary=render(catalogue.title_of(course), language),
        description="\n".join(render(line, language) for line in lines),
        place=held.place,
        zone=zone_of(held, ctx.settings.timezone),
        days=days,
        starts=held.start_time or DEFAULT_START,
        ends=held.end_time or DEFAULT_END,
    )


def sequence(ctx: Ctx, row: Enrolment) -> int:
    """How often the enrolment was changed, and its class moved."""
    steps = select(func.count()).where(EnrolmentChange.enrolment_id == row.id)
    return int(ctx.session.execute(steps).scalar_one()) + moves(ctx, row.class_id)


def moves(ctx: Ctx, class_id: int) -> int:
    """How often a class was moved."""
    count = select(func.count()).where(
        AuditEntry.action == MOVED,
        AuditEntry.object_kind == "class",
        AuditEntry.object_id == class_id,
    )
    return int(ctx.session.execute(count).scalar_one())
