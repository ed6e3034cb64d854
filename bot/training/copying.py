"""A class held once more: a new code and new dates, all else as in the one it is copied from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.training import TrainingClass
from bot.training import class_fields, class_reach, classes
from bot.training.classes import Done

COPIED = (
    "course_id",
    "timezone",
    "start_time",
    "end_time",
    "weekdays",
    "place",
    "seats",
    "trainer_id",
    "backup_trainer_id",
    "coordinator_id",
    "entry",
    "language",
    "least_trainees",
    "bring",
)


def copy(ctx: Ctx, class_id: int, typed: Mapping[str, Any]) -> Done:
    """Make a class like this one, with the code and the dates typed; its list is empty.

    Enrolment ends as many days before it as before the other. Refuses a code that is taken,
    dates that cannot be, and classes out of reach.
    """
    source = class_reach.require_editor(ctx, class_id)
    starts, ends = class_fields.dates(ctx, typed)
    made = TrainingClass(
        code=classes.free_code(ctx, typed),
        starts_on=starts,
        ends_on=ends,
        from_class_id=source.id,
        offer=dict(source.offer),
        **{name: getattr(source, name) for name in COPIED},
    )
    if source.enrol_by is not None and source.starts_on is not None and starts is not None:
        made.enrol_by = starts - (source.starts_on - source.enrol_by)
        if made.enrol_by < ctx.today():
            raise Refusal(
                _("Enrolment would have ended on {day}. Give later dates.", day=made.enrol_by)
            )
    return classes.add(ctx, made)
