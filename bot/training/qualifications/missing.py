"""What somebody still has to complete to earn or renew a curriculum, and which class brings it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.qualifications import Curriculum
from bot.models.training import Course
from bot.people.directory import PersonCard
from bot.training import catalogue
from bot.training.qualifications import holding, holdings, next_classes
from bot.training.qualifications.curriculum_cards import title_of
from bot.training.qualifications.deriving import renewal_paths
from bot.training.qualifications.holding import Held
from bot.training.qualifications.holdings import Holding
from bot.training.qualifications.next_classes import NextClass
from bot.training.qualifications.paths import Item, Path
from bot.training.qualifications.validity import Standing

NOT_CONCERNED = _("This qualification is neither held nor required any more.")


@dataclass(frozen=True, slots=True)
class Need:
    """A course of the way; `done_on` is the day of the completion that counts, `early_on` that of
    one that came before the window and does not.
    """

    course_id: int
    code: str
    title: Texts
    optional: bool
    done_on: dt.date | None = None
    early_on: dt.date | None = None
    next_class: NextClass | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a curriculum is earned or renewed from here; `through` names another curriculum by
    which it is renewed, `instead` one that does as well. `more` is how many of the optional ones
    are still needed.
    """

    person: PersonCard
    holding: Holding
    needs: tuple[Need, ...]
    more: int
    through: Texts | None = None
    instead: Texts | None = None


def of_person(ctx: Ctx, person_id: int, curriculum_id: int) -> Way:
    """The way of one curriculum, for its holder and those who may see what they hold.

    Refuses a curriculum that does not concern them.
    """
    found = holdings.of_person(ctx, person_id)
    line = next((one for one in found.lines if one.curriculum_id == curriculum_id), None)
    if line is None:
        raise Refusal(NOT_CONCERNED)
    known = holding.curricula(ctx.session)
    held = holding.of_people(ctx, [person_id])[0]
    last = next((row for row in held.rows[curriculum_id] if row.id == line.qualification_id), None)
    paths: tuple[Path, ...] = (known[curriculum_id].path,)
    if last is not None:
        paths = renewal_paths(known, curriculum_id, last, held.day)
    if not paths:
        return Way(found.person, line, (), 0)
    ways = [(path, _needs(ctx, path, held, line)) for path in paths]
    path, needs = min(ways, key=lambda way: _lacking(*way))
    others = {one.curriculum_id for one in paths} - {path.curriculum_id}
    titles = _titles(ctx, {path.curriculum_id, *others})
    return Way(
        person=found.person,
        holding=line,
        needs=_with_classes(ctx, person_id, needs)
        if line.standing is not Standing.HOLDS
        else needs,
        more=_more(path, needs),
        through=titles[path.curriculum_id] if path.curriculum_id != curriculum_id else None,
        instead=next((titles[one] for one in others), None),
    )


def _needs(ctx: Ctx, path: Path, held: Held, line: Holding) -> tuple[Need, ...]:
    courses = {
        course.id: course
        for course in ctx.session.scalars(
            select(Course).where(Course.id.in_([item.course_id for item in path.items]))
        )
    }
    required = set(path.required)
    return tuple(
        Need(
            course_id=item.course_id,
            code=courses[item.course_id].code,
            title=catalogue.title_of(courses[item.course_id]),
            optional=item not in required,
            done_on=_done(held, item, line.since),
            early_on=_early(held, item, line),
        )
        for item in path.items
    )


def _done(held: Held, item: Item, since: dt.date | None) -> dt.date | None:
    """The first day that counts, as earning counts it."""
    days = (day for day, _what in held.learned.days(item.course_id))
    return min((day for day in days if since is None or day >= since), default=None)


def _early(held: Held, item: Item, line: Holding) -> dt.date | None:
    """The last day after earning and before the window: kept, but it renews nothing."""
    if line.since is None or line.earned_on is None:
        return None
    days = (day for day, _what in held.learned.days(item.course_id))
    return max((day for day in days if line.earned_on < day < line.since), default=None)


def _lacking(path: Path, needs: Iterable[Need]) -> int:
    """How many items are still to be completed; optional ones do not stand in for others."""
    required = sum(not need.optional and need.done_on is None for need in needs)
    return required + _more(path, needs)


def _more(path: Path, needs: Iterable[Need]) -> int:
    chosen = sum(need.optional and need.done_on is not None for need in needs)
    return max(path.count - len(path.required) - chosen, 0)


def _with_classes(ctx: Ctx, person_id: int, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    open_ones = [need.course_id for need in needs if need.done_on is None]
    classes: Mapping[int, NextClass] = next_classes.next_of(ctx, person_id, open_ones)
    return tuple(replace(need, next_class=classes.get(need.course_id)) for need in needs)


def _titles(ctx: Ctx, ids: Iterable[int]) -> dict[int, Texts]:
    rows = ctx.session.scalars(select(Curriculum).where(Curriculum.id.in_(ids)))
    return {row.id: title_of(row) for row in rows if row.id is not None}
