"""Ordered attendance: people are named by staff number, and have to come."""

from __future__ import annotations

import re

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Lines, Text, Words, _
from bot.people import access, directory
from bot.people.access_table import Action
from bot.training import class_reach, enrolling, postponements, rounds

MOST = 200
BETWEEN = re.compile(r"[\s,;،؛]+")


def order_people(ctx: Ctx, class_id: int, typed: str, order_no: str = "") -> int:
    """Order everybody whose staff number is typed, with signs or spaces between; how many.

    Each is told, and so is their supervisor. Refuses all of them, with a line for each fault, if
    one is unknown, out of reach, no longer serves, or cannot be ordered.
    """
    class_reach.require_editor(ctx, class_id)
    number = rounds.order_no(order_no)
    people = _people(ctx, list(dict.fromkeys(filter(None, BETWEEN.split(typed)))))
    faults = [fault for person_id in people if (fault := _order(ctx, class_id, person_id, number))]
    if faults:
        raise _refused(faults)
    return len(people)


def _people(ctx: Ctx, numbers: list[str]) -> list[int]:
    if not 0 < len(numbers) <= MOST:
        raise Refusal(_("Give from 1 to {most} staff numbers.", most=MOST))
    found, faults = [], []
    for number in numbers:
        person = directory.by_staff_no(ctx.session, number)
        if person is None:
            faults.append(_("Nobody has the staff number {number}.", number=number))
        elif not person.active:
            faults.append(_("{name} does not serve any more.", name=person.name))
        else:
            access.require(ctx, Action.EDIT_CLASSES, person.id)
            found.append(person.id)
    if faults:
        raise _refused(faults)
    return found


def _order(ctx: Ctx, class_id: int, person_id: int, order_no: str) -> Text | None:
    try:
        row = enrolling.order(ctx, class_id, person_id, order_no)
    except Refusal as refusal:
        name = directory.name_of(ctx.session, person_id)
        return _("{name}: {reason}", name=name, reason=refusal.sentence)
    postponements.tell_supervisor(ctx, row)
    return None


def _refused(faults: list[Text]) -> Refusal:
    lines: tuple[Words, ...] = (*faults, _("Nobody was ordered. Correct these and submit again."))
    return Refusal(Text("{reasons}", (("reasons", Lines(lines)),)))
