"""To whoever had a qualification assigned to an audience: how many are to earn it now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _, _n
from bot.models.broadcasts import Audience
from bot.screens import Screen
from bot.training.qualifications import curriculum_cards


@notice("audience_assigned")
def audience_assigned(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Which qualification, which audience, for how many it is new."""
    params = items[0].params
    row = ctx.session.get(Audience, params["audience"])
    title = curriculum_cards.line_of(ctx.session, params["curriculum"]).title
    return Screen(
        title=_("{qualification} is assigned", qualification=title),
        body=(
            *((_("Audience: {name}", name=row.name),) if row is not None else ()),
            _n(
                "It is new for {count} person, who is told.",
                "It is new for {count} people, who are told.",
                params["new"],
            ),
        ),
    )
