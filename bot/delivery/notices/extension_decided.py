"""To a holder: more time to renew was given, or not, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.system import AuditEntry
from bot.screens import Button, Screen
from bot.training.qualifications import extensions


@notice("extension_decided")
def extension_decided(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Until when it can be renewed, and the classes that would do it."""
    item = items[-1]
    held = facts.held_of(ctx, item)
    entry = ctx.session.get(AuditEntry, item.params["entry"])
    if entry is None or not held.current:
        return Drop("it was renewed, or withdrawn")
    given = entry.action == extensions.GRANTED
    if given and entry.details.get("until") != str(held.extended_until):
        return Drop("it was decided otherwise since")
    if given and not facts.is_in_force(ctx, held):
        return Drop("that day has passed")
    title, until = facts.title_of(ctx, held), facts.lapses_after(ctx, held)
    body: list[Words] = [_("{title}: you may renew it until {day}.", title=title, day=until)]
    if not given:
        body = [_("{title}: it ends on {day}.", title=title, day=held.expires_on)]
    if entry.reason:
        body.append(_("Reason: {reason}", reason=entry.reason))
    way = facts.way_of(ctx, held)
    return Screen(
        title=_("You have more time to renew") if given else _("No more time is given to renew"),
        body=(*body, "", *facts.way_lines(way)),
        rows=(
            *facts.class_rows([way]),
            (Button(_("Show it"), f"myq1:{held.curriculum_id}"),),
        ),
    )
