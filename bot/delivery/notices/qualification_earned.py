"""To who completed what was needed: a qualification earned, or renewed, and its last day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.models.qualifications import Qualification
from bot.screens import Button, Screen


def still_earned(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that were not withdrawn, or followed by a newer one, and hold."""
    return [item for item in items if facts.is_in_force(ctx, facts.held_of(ctx, item))]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    if len(items) == 1:
        return _sentence(ctx, facts.held_of(ctx, items[0]))
    return _n("You have earned {count} qualification.",
              "You have earned {count} qualifications.", len(items))  # fmt: skip


@notice("qualification_earned", line=one_line, holds=still_earned)
def qualification_earned(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """What it is, and until when it is valid."""
    held = [facts.held_of(ctx, item) for item in items]
    shown = held[: facts.MOST_SHOWN]
    button = (Button(_("Show it"), f"myq1:{held[0].curriculum_id}"),)
    return Screen(
        title=_n("A qualification of yours", "{count} qualifications of yours", len(held)),
        body=(*(_sentence(ctx, row) for row in shown), *facts.more_line(len(held))),
        rows=(button if len(held) == 1 else facts.MINE,),
    )


def _sentence(ctx: Ctx, row: Qualification) -> Words:
    title, day = facts.title_of(ctx, row), row.expires_on
    if _renews(ctx, row):
        if day is None:
            return _("{title} is renewed. It is valid without end.", title=title)
        return _("{title} is renewed. It is valid until {day}.", title=title, day=day)
    if day is None:
        return _("You have earned {title}. It is valid without end.", title=title)
    return _("You have earned {title}. It is valid until {day}.", title=title, day=day)


def _renews(ctx: Ctx, row: Qualification) -> bool:
    before = exists().where(
        Qualification.person_id == row.person_id,
        Qualification.curriculum_id == row.curriculum_id,
        Qualification.withdrawn_at.is_(None),
        Qualification.id != row.id,
        Qualification.earned_on <= row.earned_on,
    )
    return bool(ctx.session.execute(select(before)).scalar_one())
