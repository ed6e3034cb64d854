"""To a supervisor: somebody of theirs has been named for a class, or what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Lines, Words, _
from bot.long_text import and_more
from bot.models.training import Enrolment, EnrolmentChange
from bot.people import directory
from bot.screens import Screen
from bot.training import catalogue
from bot.training.enrolments import STATE_WORDS

MOST = 10


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those after which nothing more has become of the enrolment."""
    return [item for item in items if _stands(ctx, item)]


@notice("team_named", holds=still_so)
def team_named(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who, for which class, in which state, and why if there is a reason."""
    body: list[Words] = [_line(ctx, item) for item in items[:MOST]]
    body += and_more(len(items) - MOST)
    return Screen(title=_("Nominations of your people"), body=tuple(body))


def _stands(ctx: Ctx, item: Item) -> bool:
    change = ctx.session.get_one(EnrolmentChange, item.params["change"])
    return ctx.session.get_one(Enrolment, change.enrolment_id).state.value == change.new


def _line(ctx: Ctx, item: Item) -> Words:
    change = ctx.session.get_one(EnrolmentChange, item.params["change"])
    row = ctx.session.get_one(Enrolment, change.enrolment_id)
    held = catalogue.card(ctx, row.class_id)
    said = _(
        "{name}: {state}, {course}, class {code}",
        name=directory.name_of(ctx.session, row.person_id),
        state=STATE_WORDS[row.state],
        course=held.title,
        code=held.code,
    )
    if held.starts_on is not None:
        said = _("{sentence}, from {day}", sentence=said, day=held.starts_on)
    if change.reason:
        return Lines((said, _("Reason: {reason}", reason=change.reason)))
    return said
