"""The words of queued items, in the receiver's language and only of those that still hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.context import Actor, Ctx
from bot.delivery.notices.digest import digest
from bot.delivery.notices.registry import NOTICES, Drop, Item, Reader
from bot.models.delivery import OutboxItem
from bot.screens import Screen

NO_MORE = "no reason left"


def rendered(
    ctx: Ctx, rows: Sequence[OutboxItem], reader: Reader
) -> tuple[list[OutboxItem], Screen | Drop]:
    """One message of these rows: which of them it tells, and its screen; or why none is sent."""
    seen = Ctx(
        ctx.session,
        ctx.clock,
        Actor(reader.person_id, reader.user_id, reader.language, reader.zone),
        ctx.settings,
    )
    by_notice = _holding(seen, rows)
    told = {item.id for items in by_notice.values() for item in items}
    return [row for row in rows if row.id in told], _screen(seen, by_notice, reader)


def _holding(ctx: Ctx, rows: Sequence[OutboxItem]) -> dict[str, Sequence[Item]]:
    by_notice: dict[str, list[Item]] = defaultdict(list)
    for row in rows:
        assert row.id is not None
        by_notice[row.notice].append(Item(row.id, row.params, row.due_at))
    found: dict[str, Sequence[Item]] = {}
    for name, items in by_notice.items():
        holds = NOTICES[name].holds
        left = items if holds is None else holds(ctx, items)
        if left:
            found[name] = left
    return found


def _screen(ctx: Ctx, by_notice: dict[str, Sequence[Item]], reader: Reader) -> Screen | Drop:
    if not by_notice:
        return Drop(NO_MORE)
    if len(by_notice) > 1:
        return digest(ctx, by_notice, reader)
    ((name, items),) = by_notice.items()
    return NOTICES[name].render(ctx, items, reader)
