"""A class begins soon: where and when, what to bring, and one tap for who cannot come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.calendar import local_date
from bot.context import Ctx
from bot.delivery.notices import class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.screens import Button, Screen, Style
from bot.training.schedule import start_of, zone_of

MOST_SHOWN = 6


def still_soon(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose reader has a place in the class, which begins on the day they are about."""
    return [item for item in items if _holds(ctx, item)]


@notice("class_soon", holds=still_soon)
def class_soon(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Each class once, the first to begin first."""
    rows = {item.params["enrolment"]: _row(ctx, item) for item in items}
    found = sorted(
        ((_held(ctx, row), row) for row in rows.values()),
        key=lambda pair: (str(pair[0].starts_on), pair[0].id),
    )
    return _one(ctx, *found[0]) if len(found) == 1 else _several(ctx, found)


def _one(ctx: Ctx, held: TrainingClass, row: Enrolment) -> Screen:
    shown = Button(_("Show the class"), f"c:{held.id}", style=Style.PRIMARY)
    body = class_lines.all_of(ctx, held)
    if row.required:
        body += ["", _("This training is required. If you cannot come, tell your supervisor.")]
        return Screen(title=_title(ctx, held), body=tuple(body), rows=((shown,),))
    body += ["", _("If you cannot come, say so now: your place goes to the next in line.")]
    leave = Button(_("I cannot come"), f"c:{held.id}:out")
    return Screen(title=_title(ctx, held), body=tuple(body), rows=((shown,), (leave,)))


def _several(ctx: Ctx, found: Sequence[tuple[TrainingClass, Enrolment]]) -> Screen:
    body: list[Words] = []
    buttons = []
    for held, _row in found[:MOST_SHOWN]:
        body += [_title(ctx, held), *class_lines.all_of(ctx, held), ""]
        label = _("Show class {code}", code=held.code)
        buttons.append((Button(label, f"c:{held.id}", style=Style.PRIMARY),))
    body += and_more(len(found) - MOST_SHOWN)
    title = _n("{count} class of yours begins soon", "{count} classes of yours begin soon",
               len(found))  # fmt: skip
    return Screen(title=title, body=tuple(body), rows=tuple(buttons))


def _title(ctx: Ctx, held: TrainingClass) -> Text:
    """How many days are left, on the calendar where the class is held."""
    assert held.starts_on is not None, "a class without dates does not begin"
    today = local_date(ctx.now(), zone_of(held, ctx.settings.timezone))
    days = (held.starts_on - today).days
    if days <= 0:
        return _("Your class begins today")
    if days == 1:
        return _("Your class begins tomorrow")
    return _n("Your class begins in {count} day", "Your class begins in {count} days", days)


def _holds(ctx: Ctx, item: Item) -> bool:
    row = _row(ctx, item)
    held = _held(ctx, row)
    starts_at = start_of(held, ctx.settings.timezone)
    return (
        row.state is EnrolmentState.ENROLLED
        and held.cancelled_at is None
        and held.starts_on is not None
        and held.starts_on.isoformat() == item.params["occasion"]
        and starts_at is not None
        and ctx.now() < starts_at
    )


def _row(ctx: Ctx, item: Item) -> Enrolment:
    return ctx.session.get_one(Enrolment, item.params["enrolment"])


def _held(ctx: Ctx, row: Enrolment) -> TrainingClass:
    return ctx.session.get_one(TrainingClass, row.class_id)
