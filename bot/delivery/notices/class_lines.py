"""How notices say which class it is, when and where it is held, and what to bring."""

from __future__ import annotations

from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.training import Course, TrainingClass
from bot.training import catalogue
from bot.training.schedule import zone_of


def which(ctx: Ctx, held: TrainingClass) -> Words:
    """Course and code."""
    course = ctx.session.get_one(Course, held.course_id)
    return _("{course}, class {code}", course=catalogue.title_of(course), code=held.code)


def when(ctx: Ctx, held: TrainingClass) -> list[Words]:
    """The days, and the hours on the wall where it is held."""
    if held.starts_on is None or held.ends_on is None:
        return [_("No dates yet: the class gathers interest.")]
    if held.starts_on == held.ends_on:
        days: Words = _("On {day}", day=held.starts_on)
    else:
        days = _("From {first} to {last}", first=held.starts_on, last=held.ends_on)
    return [days, *_hours(held, zone_of(held, ctx.settings.timezone))]


def where(held: TrainingClass) -> list[Words]:
    """The place, if it is known."""
    return [_("Place: {place}", place=held.place)] if held.place else []


def all_of(ctx: Ctx, held: TrainingClass) -> list[Words]:
    """What somebody who comes has to know."""
    lines = [which(ctx, held), *when(ctx, held), *where(held)]
    if held.bring:
        lines.append(_("Please bring: {things}", things=held.bring))
    return lines


def _hours(held: TrainingClass, zone: str) -> list[Words]:
    if held.start_time and held.end_time:
        hours = _("{start} to {end}, {zone}", start=held.start_time, end=held.end_time, zone=zone)
        return [hours]
    if held.start_time:
        return [_("From {start}, {zone}", start=held.start_time, zone=zone)]
    return []
