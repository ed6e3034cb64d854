"""To somebody on the list of a class: one step of their enrolment, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from bot.context import Ctx
from bot.delivery.notices import class_lines
from bot.delivery.notices.enrolment_words import title_of
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.training import (
    Course,
    Enrolment,
    EnrolmentChange,
    EnrolmentState,
    TrainingClass,
)
from bot.screens import Attachment, Button, Screen, Style
from bot.training import class_calendar, lots, seats, standing
from bot.training.schedule import end_of
from bot.training.states import HELD, LIVE, Act

S = EnrolmentState
EXPLAINED = frozenset({S.APPROVED, S.DECLINED, S.CANCELLED, S.WITHDRAWN})
"""States of which people ask why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step with the enrolment and the class that it is about."""

    change: EnrolmentChange
    row: Enrolment
    held: TrainingClass
    owes_charter: bool

    @property
    def gives_place(self) -> bool:
        return self.row.state is S.ENROLLED

    @property
    def takes_place(self) -> bool:
        return self.change.old == S.ENROLLED and self.row.state not in HELD


def still_last(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those after which the enrolment has not moved on."""
    later = aliased(EnrolmentChange)
    moved_on = exists().where(
        later.enrolment_id == EnrolmentChange.enrolment_id, later.id > EnrolmentChange.id
    )
    wanted = [item.params["change"] for item in items]
    query = select(EnrolmentChange.id).where(EnrolmentChange.id.in_(wanted), ~moved_on)
    last = set(ctx.session.scalars(query))
    return [item for item in items if item.params["change"] in last]


@notice("enrolment_changed", holds=still_last)
def enrolment_changed(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """What has happened, which class, when and where, why; with a file for the calendar."""
    step = _step(ctx, items[0])
    if step.row.state in LIVE and _is_over(ctx, step.held):
        return Drop("the class is over")
    entry = _entry(ctx, step, reader)
    return Screen(
        title=title_of(ctx, step.change),
        body=(*_class(ctx, step), *_particulars(ctx, step), *_reason(step), *_about(step, entry)),
        rows=_buttons(step),
        attachment=entry,
    )


def _step(ctx: Ctx, item: Item) -> Step:
    change = ctx.session.get_one(EnrolmentChange, item.params["change"])
    row = ctx.session.get_one(Enrolment, change.enrolment_id)
    held = ctx.session.get_one(TrainingClass, row.class_id)
    course = ctx.session.get_one(Course, held.course_id)
    return Step(change, row, held, standing.owes_charter(course, row))


def _is_over(ctx: Ctx, held: TrainingClass) -> bool:
    ends_at = end_of(held, ctx.settings.timezone)
    return ends_at is not None and ends_at <= ctx.now()


def _class(ctx: Ctx, step: Step) -> list[Words]:
    if step.row.state in (S.DECLINED, S.CANCELLED, S.WITHDRAWN):
        return [class_lines.which(ctx, step.held), *class_lines.when(ctx, step.held)]
    return class_lines.all_of(ctx, step.held)


def _particulars(ctx: Ctx, step: Step) -> list[Words]:
    """The place on the wait list, the order's number, whose turn it is."""
    change, row = step.change, step.row
    lines: list[Words] = []
    if number := change.details.get("order"):
        lines.append(_("Order number {number}", number=str(number)))
    if change.act == Act.DRAW:
        lines.append(lots.lot_words(change))
    lines += _waiting(ctx, step)
    if row.required and row.state in (S.APPROVED, S.ENROLLED):
        lines.append(_("This training is required. Your supervisor can ask for it to be put off."))
    if row.state is S.NOMINATED:
        lines += [_("You are named as a reserve.")] if row.reserve else []
        lines.append(_("The training unit decides about those who were nominated."))
    if change.act == Act.ADMIT:
        lines.append(_("The training unit has put you on the list."))
    if step.owes_charter:
        lines.append(_("Please read the training charter and accept it."))
    return lines


def _waiting(ctx: Ctx, step: Step) -> list[Words]:
    """What is waited for: a seat, or a decision."""
    if step.row.state is S.APPROVED:
        place = seats.place_of(ctx.session, step.row)
        return [
            _("Place on the wait list: {place}.", place=place),
            _("You will be told as soon as you have a place."),
        ]
    if step.row.state is S.REQUESTED:
        return [_("You will be told what is decided.")]
    return []


def _reason(step: Step) -> list[Words]:
    return [_("Reason: {reason}", reason=step.change.reason)] if step.change.reason else []


def _entry(ctx: Ctx, step: Step, reader: Reader) -> Attachment | None:
    if not (step.gives_place or step.takes_place):
        return None
    return class_calendar.attachment(
        ctx, [step.row], reader.language, cancelled=not step.gives_place
    )


def _about(step: Step, entry: Attachment | None) -> list[Words]:
    if entry is None:
        return []
    if step.gives_place:
        return ["", _("Open the file to put the class into your calendar.")]
    return ["", _("Open the file to take the class out of your calendar.")]


def _buttons(step: Step) -> tuple[tuple[Button, ...], ...]:
    about = f"c:{step.held.id}"
    buttons = [Button(_("Show the class"), about, style=Style.PRIMARY)]
    if step.owes_charter:
        buttons.append(Button(_("Read the charter"), f"{about}:ask"))
    if step.row.state in EXPLAINED:
        buttons.append(Button(_("Why?"), f"why:{step.row.id}"))
    return tuple((button,) for button in buttons)
