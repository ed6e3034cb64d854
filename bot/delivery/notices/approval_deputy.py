"""To who stands in for a supervisor, and to the supervisor where the unit arranged it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.screens import Button, Screen, Style
from bot.training import deputies


@notice("deputy_named")
def deputy_named(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """For whom, and until when."""
    said = items[0].params
    card = deputies.of(ctx, said["person"])
    if card is None or card.deputy.id != said["deputy"]:
        return Drop("it has ended")
    until = dt.date.fromisoformat(said["until"])
    if reader.person_id == card.person.id:
        sentence = _("{name} decides in your stead until {day}.", name=card.deputy.name, day=until)
        return Screen(
            title=_("Somebody stands in for you"),
            body=(sentence, _("The training unit has arranged it. You can end it.")),
            rows=((Button(_("Who stands in"), "dep"),),),
        )
    return Screen(
        title=_("You stand in for {name}", name=card.person.name),
        body=(
            _("Until {day} you decide about the requests for training of these officers.",
              day=until),
        ),
        rows=((Button(_("Requests to decide"), "apps", style=Style.PRIMARY),),),
    )  # fmt: skip
