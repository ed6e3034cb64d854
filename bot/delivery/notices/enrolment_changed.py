"""To somebody on the list of a class: one step of their enrolment, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.screens import Button, Screen, Style
from bot.training import catalogue, seats
from bot.training.catalogue import ClassCard

S = EnrolmentState
Lines: TypeAlias = Callable[[Ctx, Enrolment, EnrolmentChange], list[Words]]

TITLES: Mapping[str, Text] = {
    S.APPROVED: _("Approved: you are on the wait list"),
    S.ENROLLED: _("You have a place"),
    S.DECLINED: _("Your request has been declined"),
    S.CANCELLED: _("You are not on the list any more"),
    S.WITHDRAWN: _("Your place has been given back"),
    S.NOMINATED: _("You have been nominated"),
}


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those after which the enrolment has not moved on."""
    found = []
    for item in items:
        change = ctx.session.get_one(EnrolmentChange, item.params["change"])
        row = ctx.session.get_one(Enrolment, change.enrolment_id)
        if row.state.value == change.new:
            found.append(item)
    return found


@notice("enrolment_changed", holds=still_so)
def enrolment_changed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Which class, when and where, and the reason if there is one."""
    change = ctx.session.get_one(EnrolmentChange, items[0].params["change"])
    row = ctx.session.get_one(Enrolment, change.enrolment_id)
    held = catalogue.card(ctx, row.class_id)
    body = _class_lines(held)
    if row.state is S.APPROVED:
        place = seats.place_of(ctx.session, row)
        body.append(_("Your place on the wait list: {place}.", place=place))
    if change.reason:
        body += ["", _("Reason: {reason}", reason=change.reason)]
    return Screen(
        title=TITLES[change.new],
        body=tuple(body),
        rows=((Button(_("Show the class"), f"c:{held.id}", style=Style.PRIMARY),),),
    )


def _class_lines(held: ClassCard) -> list[Words]:
    lines: list[Words] = [_("{course}, class {code}", course=held.title, code=held.code)]
    if held.starts_on is not None and held.ends_on is not None:
        lines.append(_("From {start} to {end}.", start=held.starts_on, end=held.ends_on))
    if held.place:
        lines.append(_("Place: {place}", place=held.place))
    return lines
