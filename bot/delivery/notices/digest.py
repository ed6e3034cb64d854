"""Several notices for one person as one message, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import NOTICES, Item, Reader
from bot.delivery.outbox import KINDS
from bot.i18n import Words, _
from bot.screens import Button, Screen, Style
from bot.training.qualifications.telling import MERGED


def digest(ctx: Ctx, by_notice: Mapping[str, Sequence[Item]], reader: Reader) -> Screen:
    """A line for each notice; raises LookupError for one that has no line to join others with."""
    return Screen(
        title=_("This is waiting for you"),
        body=tuple(_line(ctx, name, items, reader) for name, items in by_notice.items()),
        rows=((_way_on(by_notice),),),
    )


def _way_on(by_notice: Mapping[str, Sequence[Item]]) -> Button:
    """What is merged with qualifications is about nothing else."""
    kinds = [KINDS.get(name) for name in by_notice]
    if all(kind is not None and kind.merge == MERGED for kind in kinds):
        return Button(_("My qualifications"), "myq", style=Style.PRIMARY)
    return Button(_("Show my tasks"), "tasks", style=Style.PRIMARY)


def _line(ctx: Ctx, name: str, items: Sequence[Item], reader: Reader) -> Words:
    line = NOTICES[name].line
    if line is None:
        raise LookupError(f"notice {name} has no line to join others with")
    return line(ctx, items, reader)
