"""What the training unit reads after assigning a curriculum: both days, and whether it is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot import policy
from bot.context import Ctx
from bot.i18n import Text, Texts, _
from bot.people import accounts, directory
from bot.training.qualifications import assignments, curriculum_cards


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of assigning by hand: whether it is `new` to somebody, and they are `told`.

    `repeated` if it had been assigned by hand before, then by `day_before`; `day` counts now.
    """

    new: bool
    told: bool
    repeated: bool
    day_before: dt.date | None
    day: dt.date | None


def said(
    ctx: Ctx, person_id: int, curriculum_id: int, done: Assigned, asked: dt.date | None
) -> Text:
    """What came of it, where `asked` was the last day given."""
    name = directory.name_of(ctx.session, person_id)
    title = curriculum_cards.line_of(ctx.session, curriculum_id).title
    if done.new:
        return _("{curriculum} is assigned to {name}. {told}", curriculum=title, name=name,
                 told=_told(ctx, person_id, curriculum_id, done))  # fmt: skip
    if done.repeated:
        return _repeated(name, title, done, asked)
    if done.day is None:
        return _("{name} had {curriculum} to earn already.", curriculum=title, name=name)
    return _("{name} had {curriculum} to earn already, for another reason. The training unit asks "
             "for it by {day} too.", name=name, curriculum=title, day=done.day)  # fmt: skip


def _told(ctx: Ctx, person_id: int, curriculum_id: int, done: Assigned) -> Text:
    if not done.told:
        if assignments.held_pairs(ctx, {(person_id, curriculum_id)}):
            return _("They hold it, so nothing is sent to them now.")
        first = policy.go_live(ctx.session)
        return _("Nothing is sent to them: nobody is told of days before {day}.", day=first)
    chat = accounts.of_person(ctx, person_id)
    if chat is None or chat.blocked_at is not None:
        return _("The bot does not reach them: please tell them yourself.")
    return _("They are told.")


def _repeated(name: Texts, title: Texts, done: Assigned, asked: dt.date | None) -> Text:
    """By which day it was to be earned, and by which it is now."""
    before, day = done.day_before, done.day
    if before is None and day is None:
        return _("{name} had {curriculum} to earn already.", curriculum=title, name=name)
    if before is None:
        return _("{name} had {curriculum} to earn already, without a last day. From now on it is "
                 "to be earned by {day}.", name=name, curriculum=title, day=day)  # fmt: skip
    if day != before:
        return _("{name} had {curriculum} to earn by {before}. From now on it is to be earned by "
                 "{day}.", name=name, curriculum=title, before=before, day=day)  # fmt: skip
    if asked == before:
        return _("{name} had {curriculum} to earn by {day} already.", name=name,
                 curriculum=title, day=day)  # fmt: skip
    return _("{name} has {curriculum} to earn by {day} already, and the earlier day counts. For "
             "more time, take the assignment away first and assign it again.", name=name,
             curriculum=title, day=day)  # fmt: skip
