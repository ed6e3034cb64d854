"""How follow-ups look in a chat: ratings side by side, and the way from a class to them."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import group_words
from bot.evaluation.follow_up_pairs import Beside, PersonPair
from bot.i18n import Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button
from bot.training import class_reach
from handlers.common.paging import Rows

NONE = "–"


def pair_title(pair: PersonPair) -> list[Words]:
    """After which class, how long ago, and who has not answered."""
    lines: list[Words] = [
        _("{course}, class {code}", course=pair.title, code=pair.class_code),
        pair.timing.title,
    ]
    if not pair.own_answered:
        lines.append(_("The officer has not answered."))
    if not pair.supervisor_answered:
        lines.append(_("The supervisor has not answered."))
    return lines


def pair_lines(pair: PersonPair) -> list[Words]:
    """One line a rating; what neither rated is left out."""
    return [_line(one) for one in pair.lines if one.own is not None or one.supervisor is not None]


def class_rows(ctx: Ctx, class_id: int) -> Rows:
    """The ways from a class to its follow-ups and to what its group said, where there are any."""
    rows: Rows = []
    of_unit = access.may(ctx, Action.EDIT_CLASSES)
    if of_unit and group_words.has_follow_ups(ctx, class_id):
        rows.append((Button(_("Follow-ups"), f"fuc:{class_id}"),))
    keeps = of_unit or class_reach.is_own(ctx, class_id)
    if keeps and group_words.has_words(ctx, class_id):
        rows.append((Button(_("What the group says"), f"gsay:{class_id}"),))
    return rows


def _line(one: Beside) -> Words:
    own: Words = str(one.own) if one.own is not None else NONE
    other: Words = str(one.supervisor) if one.supervisor is not None else NONE
    return _("{what}: {own} / {supervisor}", what=one.label, own=own, supervisor=other)
