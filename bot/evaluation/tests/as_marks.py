"""The results of the test after the class entered as marks, so that its closing counts them."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.stages import POST_TEST
from bot.evaluation.tests import class_results, people_rows, room
from bot.i18n import _
from bot.training import keeping, marks

PAPER = "paper"
"""The kind of mark that a test in the chat counts as."""


def enter(ctx: Ctx, class_id: int) -> int:
    """Set the mark of the paper test of everybody who took the test, to their best attempt; how
    many that were. Other marks stay.

    Refuses who does not keep the class, a closed class, and one in which nobody took the test.
    """
    room.require_opener(ctx, class_id)
    tries = class_results.tries_of(ctx, class_id, POST_TEST)
    taken = [
        (row.id, tries[person.id])
        for row, person in keeping.held_by(ctx, class_id)
        if person.id in tries
    ]
    if not taken:
        raise Refusal(_("Nobody in this class has taken the test after the class yet."))
    old = marks.by_enrolment(ctx, [enrolment_id for enrolment_id, _own in taken])
    for enrolment_id, own in taken:
        assert enrolment_id is not None, "it is stored"
        result = people_rows.best(own)
        percent = 1000 * result.points // (result.maximum or 1) / 10  # never rounded to a pass
        marks.enter(ctx, enrolment_id, {**old.get(enrolment_id, {}), PAPER: percent})
    return len(taken)
