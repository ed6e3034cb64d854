"""To a supervisor: who of the own people is in a class in the week to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.calendar import DAY
from bot.context import Ctx
from bot.delivery.notices import class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Joined, Words, _, _n
from bot.models.training import TrainingClass
from bot.people import directory
from bot.screens import Screen
from bot.training import team_weeks

MOST_NAMES = 20


def still_in_class(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """The last week told of, if somebody is in a class then."""
    return [item for item in items if _by_class(ctx, item)][-1:]


@notice("class_team", holds=still_in_class)
def class_team(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Class by class, with dates and names, so that cover can be arranged."""
    by_class = _by_class(ctx, items[0])
    body: list[Words] = []
    for class_id, people in by_class.items():
        held = ctx.session.get_one(TrainingClass, class_id)
        body += [class_lines.which(ctx, held), *class_lines.when(ctx, held)]
        body += [_names(ctx, people), ""]
    number = len({person for people in by_class.values() for person in people})
    title = _n("{count} of your people is in class in the week to come",
               "{count} of your people are in class in the week to come", number)  # fmt: skip
    return Screen(title=title, body=tuple(body))


def _names(ctx: Ctx, people: Sequence[int]) -> Words:
    names = [directory.name_of(ctx.session, person_id) for person_id in people[:MOST_NAMES]]
    more = len(people) - MOST_NAMES
    listed = _("Who: {names}", names=Joined(tuple(names)))
    if more <= 0:
        return listed
    return _n("{names} … and {count} more.", "{names} … and {count} more.", more, names=listed)


def _by_class(ctx: Ctx, item: Item) -> dict[int, list[int]]:
    assert ctx.actor.person_id is not None
    week_end = dt.date.fromisoformat(item.params["week_end"])
    last = week_end + team_weeks.DAYS_A_WEEK * DAY
    return team_weeks.of_supervisor(ctx, ctx.actor.person_id, week_end + DAY, last)
