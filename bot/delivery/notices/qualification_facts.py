"""What notices about qualifications have in common: the rows they name, the way to renew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot import policy
from bot.context import Ctx
from bot.delivery.notices.registry import Item
from bot.i18n import Texts, Words, _, _n
from bot.long_text import and_more
from bot.models.qualifications import CurriculumAssignment, Qualification
from bot.screens import Button, Style
from bot.training.qualifications import curriculum_cards, holdings, missing, validity
from bot.training.qualifications.missing import Need, Way
from bot.training.qualifications.validity import Standing

MOST_CLASSES = 4
MOST_SHOWN = 8
MINE = (Button(_("My qualifications"), "myq", style=Style.PRIMARY),)


def held_of(ctx: Ctx, item: Item) -> Qualification:
    """The qualification that a notice is about."""
    return ctx.session.get_one(Qualification, item.params["qualification"])


def assignment_of(ctx: Ctx, item: Item) -> CurriculumAssignment:
    """The assignment that a notice is about."""
    return ctx.session.get_one(CurriculumAssignment, item.params["assignment"])


def title_of(ctx: Ctx, row: Qualification | CurriculumAssignment) -> Texts:
    """What it is called."""
    return curriculum_cards.line_of(ctx.session, row.curriculum_id).title


def is_in_force(ctx: Ctx, row: Qualification) -> bool:
    """Whether it is the newest of its kind, and has not lapsed where the reader is."""
    return row.current and standing_of(ctx, row) is not Standing.LAPSED


def standing_of(ctx: Ctx, row: Qualification) -> Standing:
    """How it stands today, where the reader is."""
    return validity.standing(row, ctx.today(), policy.value(ctx.session, "return_days"))


def lapses_after(ctx: Ctx, row: Qualification) -> dt.date | None:
    """The last day on which it can be renewed."""
    return validity.lapses_after(row, policy.value(ctx.session, "return_days"))


def concerned(ctx: Ctx, person_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Each person with each curriculum of which there is a way: not one retired meanwhile."""
    return {
        (person_id, line.curriculum_id)
        for person_id in person_ids
        for line in holdings.of_person(ctx, person_id).lines
    }


def way_of(ctx: Ctx, row: Qualification | CurriculumAssignment) -> Way:
    """What the reader, whose it is, has still to complete, and by which classes."""
    return missing.of_person(ctx, row.person_id, row.curriculum_id)


def way_lines(way: Way) -> list[Words]:
    """What is still to be completed, each with its next class."""
    lacking = [need for need in way.needs if need.done_on is None]
    required = [need for need in lacking if not need.optional]
    optional = [need for need in lacking if need.optional] if way.more else []
    lines: list[Words] = [_line(need) for need in required]
    if optional:
        lines.append(_n("And {count} of these:", "And {count} of these:", way.more))
        lines += [_line(need) for need in optional[:MOST_SHOWN]]
    return [_("Still to be completed:"), *lines[: 2 * MOST_SHOWN]] if lines else []


def class_rows(ways: Iterable[Way]) -> tuple[tuple[Button, ...], ...]:
    """A button to each class that brings something that is missing, each class once."""
    found = {
        need.next_class.class_id: need.next_class
        for way in ways
        for need in way.needs
        if need.next_class is not None and need.done_on is None
    }
    return tuple(
        (Button(_("Show class {code}", code=one.code), f"c:{one.class_id}", style=Style.PRIMARY),)
        for one in list(found.values())[:MOST_CLASSES]
    )


def more_line(count: int) -> list[Words]:
    """How many a list leaves out, if any."""
    return [*and_more(count - MOST_SHOWN)]


def _line(need: Need) -> Words:
    found = need.next_class
    if found is None:
        return _("• {course}: no class of it is planned yet", course=need.title)
    if found.state is not None:
        return _("• {course}: you are on the list of class {code}", course=need.title,
                 code=found.code)  # fmt: skip
    if found.starts_on is None:
        return _("• {course}: class {code} gathers interest", course=need.title, code=found.code)
    return _("• {course}: class {code} on {day}", course=need.title, code=found.code,
             day=found.starts_on)  # fmt: skip
