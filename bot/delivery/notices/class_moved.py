"""A class has moved, or has dates now: told once, with what holds in the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.context import Ctx
from bot.delivery.notices import class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.screens import Attachment, Button, Screen, Style
from bot.training import class_calendar, telling
from bot.training.states import LIVE
from bot.training.telling import Timetable

MOST_SHOWN = 6


def still_moved(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Of classes that are held at another time or place than the reader knows of."""
    return [
        item
        for class_id, of_class in _by_class(items).items()
        if _has_moved(ctx, class_id, of_class)
        for item in of_class
        if _concerns(ctx, item)
    ]


@notice("class_moved", holds=still_moved)
def class_moved(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """Each class as it is now, with what was before, and the calendar file of those who have a
    place.
    """
    by_class = _by_class(items)
    body: list[Words] = []
    for class_id, of_class in list(by_class.items())[:MOST_SHOWN]:
        body += [*_one(ctx, class_id, of_class[0]), ""]
    if more := and_more(len(by_class) - MOST_SHOWN):
        body += [*more, ""]
    entry = _entry(ctx, by_class, reader)
    if entry is not None:
        body.append(_("Open the file to correct your calendar."))
    return Screen(
        title=_title(ctx, by_class),
        body=tuple(body),
        rows=_buttons(ctx, by_class),
        attachment=entry,
    )


def _title(ctx: Ctx, by_class: Mapping[int, Sequence[Item]]) -> Text:
    if len(by_class) > 1:
        return _n("{count} class has moved", "{count} classes have moved", len(by_class))
    ((_class_id, items),) = by_class.items()
    before = _before(items[0])
    return _("A class has dates now") if not before.starts_on else _("A class has moved")


def _one(ctx: Ctx, class_id: int, first: Item) -> list[Words]:
    held = ctx.session.get_one(TrainingClass, class_id)
    return [*class_lines.all_of(ctx, held), *_was(held, _before(first))]


def _was(held: TrainingClass, before: Timetable) -> list[Words]:
    """The dates, the hours and the place before, as far as they have changed."""
    lines: list[Words] = []
    days = telling.days_of(before)
    if days and days != (held.starts_on, held.ends_on):
        lines.append(_("Before: from {first} to {last}", first=days[0], last=days[1]))
    hours = telling.hours_of(before)
    if hours and hours != (held.start_time, held.end_time):
        lines.append(_("Before: {start} to {end}", start=hours[0], end=hours[1]))
    if before.place and before.place != held.place:
        lines.append(_("Before: {place}", place=before.place))
    return lines


def _entry(ctx: Ctx, by_class: Mapping[int, Sequence[Item]], reader: Reader) -> Attachment | None:
    rows = [row for items in by_class.values() if (row := _row(ctx, items[-1])) is not None]
    seated = [row for row in rows if row.state is EnrolmentState.ENROLLED]
    return class_calendar.attachment(ctx, seated, reader.language) if seated else None


def _buttons(ctx: Ctx, by_class: Mapping[int, Sequence[Item]]) -> tuple[tuple[Button, ...], ...]:
    """The class as the reader sees it: as somebody on its list, or as who holds it."""
    rows = []
    for class_id, items in list(by_class.items())[:MOST_SHOWN]:
        code = ctx.session.get_one(TrainingClass, class_id).code
        prefix = "c" if items[-1].params["enrolment"] else "myclass"
        label = _("Show class {code}", code=code)
        rows.append((Button(label, f"{prefix}:{class_id}", style=Style.PRIMARY),))
    return tuple(rows)


def _has_moved(ctx: Ctx, class_id: int, items: Sequence[Item]) -> bool:
    held = ctx.session.get_one(TrainingClass, class_id)
    return held.cancelled_at is None and telling.timetable(held) != _before(items[0])


def _concerns(ctx: Ctx, item: Item) -> bool:
    row = _row(ctx, item)
    if row is not None:
        return row.state in LIVE
    held = ctx.session.get_one(TrainingClass, item.params["class"])
    return ctx.actor.person_id in telling.staff_of(ctx, held)


def _row(ctx: Ctx, item: Item) -> Enrolment | None:
    enrolment_id = item.params["enrolment"]
    return ctx.session.get_one(Enrolment, enrolment_id) if enrolment_id else None


def _before(item: Item) -> Timetable:
    return telling.timetable_from(item.params["before"])


def _by_class(items: Sequence[Item]) -> Mapping[int, list[Item]]:
    """The items of each class, the oldest first: what the reader knew stands in that one."""
    found: dict[int, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.id):
        found[item.params["class"]].append(item)
    return found
