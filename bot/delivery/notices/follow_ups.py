"""About follow-ups: to an officer, that somebody answered about them; to those who read it, that
the officer has replied.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation import reported
from bot.evaluation.reported import Report, ReportLine
from bot.i18n import Words, _
from bot.long_text import and_more
from bot.models.evaluation import FollowUpReply
from bot.screens import Button, Screen

MOST_SHOWN = 8


def not_read(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that are there still and that the officer has not opened by themself."""
    return [item for item in items if _is_new(ctx, item)]


@notice("follow_up_written", holds=not_read)
def follow_up_written(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """After which class and by whom; several make one message."""
    found = [one.line for item in items if (one := _report(ctx, item)) is not None]
    lines: list[Words] = [_line(one) for one in found[:MOST_SHOWN]]
    lines += and_more(len(found) - MOST_SHOWN)
    button = Button(_("Show them"), "fu")
    if len(found) == 1:
        button = Button(_("Read it"), f"fur:{found[0].response_id}")
    return Screen(
        title=_("A supervisor has answered about your work"),
        body=(*lines, _("You can read what was answered, and reply to it.")),
        rows=((button,),),
    )


@notice("follow_up_replied")
def follow_up_replied(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Whose reply it is, and to which report."""
    found = _report(ctx, items[0])
    if found is None:
        return Drop("the report is gone")
    return Screen(
        title=_("An officer has replied to a report"),
        body=(_("{name} replied.", name=found.line.about), _line(found.line)),
        rows=((Button(_("Read it"), f"fur:{found.line.response_id}"),),),
    )


def _is_new(ctx: Ctx, item: Item) -> bool:
    if ctx.session.get(FollowUpReply, item.params["response"]) is not None:
        return False
    return _report(ctx, item) is not None


def _report(ctx: Ctx, item: Item) -> Report | None:
    return reported.of(ctx, item.params["response"])


def _line(line: ReportLine) -> Words:
    return _(
        "{course}, class {code}: by {name}",
        course=line.course,
        code=line.class_code,
        name=line.by,
    )
