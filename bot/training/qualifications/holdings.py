"""What people hold and are to earn, until when, and who of a team has to do something first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot import policy
from bot.context import Ctx
from bot.i18n import Texts
from bot.models.people import Person
from bot.models.qualifications import (
    Curriculum,
    CurriculumAssignment,
    Qualification,
    RequirementKind,
)
from bot.people import directory, own_days, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training.qualifications import validity
from bot.training.qualifications.curriculum_cards import title_of
from bot.training.qualifications.validity import Standing

PAGE = 8


@dataclass(frozen=True, slots=True)
class Holding:
    """One curriculum for one person; without `standing` it has not been earned.

    `last_day` is that of validity, `lapses_on` the last of grace; `required` says how, if it is
    asked of them at all, and `due_on` by when it is to be earned. `since` is the first day whose
    completions renew it.
    """

    curriculum_id: int
    code: str
    title: Texts
    today: dt.date
    qualification_id: int | None = None
    standing: Standing | None = None
    earned_on: dt.date | None = None
    last_day: dt.date | None = None
    lapses_on: dt.date | None = None
    since: dt.date | None = None
    extended_until: dt.date | None = None
    is_away: bool = False
    required: RequirementKind | None = None
    due_on: dt.date | None = None

    @property
    def is_core(self) -> bool:
        """Whether it has to be earned, not only should be."""
        return self.required is RequirementKind.CORE

    @property
    def day(self) -> dt.date | None:
        """The day that matters: the last one of what is held, else that to earn it by."""
        return self.last_day if self.standing is not None else self.due_on

    @property
    def waits(self) -> bool:
        """Whether something has to be done about it now."""
        if self.standing in (None, Standing.LAPSED):
            return self.required is not None
        return self.standing in (Standing.DUE, Standing.OVERDUE)


@dataclass(frozen=True, slots=True)
class Holdings:
    """A person with everything they hold, held or are to earn; what waits stands first."""

    person: PersonCard
    lines: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One curriculum of somebody of a team."""

    person_id: int
    name: Texts
    holding: Holding


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A page of a team's lines, counted from 0; `waiting` of all lines something is to be done."""

    lines: tuple[TeamLine, ...]
    number: int
    pages: int
    waiting: int


def of_person(ctx: Ctx, person_id: int) -> Holdings:
    """What somebody holds and is to earn, for themself and those who may see it."""
    if person_id != ctx.actor.person_id:
        directory.require_card(ctx, person_id, Action.SEE_QUALIFICATIONS)
    person = ctx.session.get_one(Person, person_id)
    found = [] if person.guest else _of_people(ctx, [person])[person_id]
    return Holdings(directory.card(ctx.session, person_id), tuple(sorted(found, key=_urgency)))


def of_team(ctx: Ctx, number: int) -> TeamPage:
    """What the people whom the actor leads hold and are to earn; what waits longest stands first.

    Guests and people who have left are in no team.
    """
    team = ctx.session.scalars(
        select(Person)
        .where(reach.within(ctx, Action.SEE_TEAM), Person.active, Person.guest.is_(False))
        .order_by(Person.full_name, Person.id)
    ).all()
    found = _of_people(ctx, team)
    lines = [
        TeamLine(person.id, directory.names_of(person), holding)
        for person in team
        if person.id is not None
        for holding in found[person.id]
    ]
    lines.sort(key=lambda line: _urgency(line.holding))
    pages = max(1, -(-len(lines) // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = tuple(lines[number * PAGE : (number + 1) * PAGE])
    return TeamPage(shown, number, pages, sum(line.holding.waits for line in lines))


def _of_people(ctx: Ctx, people: Sequence[Person]) -> dict[int, list[Holding]]:
    ids = [person.id for person in people if person.id is not None]
    held, due = _held(ctx, ids), _due(ctx, ids)
    pairs = {*held, *due}
    titles = _curricula(ctx, {curriculum_id for _person, curriculum_id in pairs})
    return_days = policy.value(ctx.session, "return_days")
    today_in = own_days.by_zone(ctx)
    todays = {person.id: today_in(person.timezone) for person in people}
    found: dict[int, list[Holding]] = {one: [] for one in ids}
    for person_id, curriculum_id in sorted(pairs):
        pair, curriculum = (person_id, curriculum_id), titles[curriculum_id]
        today = todays[person_id]
        line = _line(curriculum, held.get(pair), due.get(pair, ()), today, return_days)
        if line.standing is not None or curriculum.active:
            found[person_id].append(line)
    return found


def _held(ctx: Ctx, person_ids: Sequence[int]) -> dict[tuple[int, int], Qualification]:
    rows = ctx.session.scalars(
        select(Qualification).where(
            Qualification.person_id.in_(person_ids),
            Qualification.current,
            Qualification.withdrawn_at.is_(None),
        )
    )
    return {(row.person_id, row.curriculum_id): row for row in rows}


def _due(
    ctx: Ctx, person_ids: Sequence[int]
) -> Mapping[tuple[int, int], list[CurriculumAssignment]]:
    rows = ctx.session.scalars(
        select(CurriculumAssignment).where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.ended_at.is_(None),
        )
    )
    found: dict[tuple[int, int], list[CurriculumAssignment]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.curriculum_id].append(row)
    return found


def _curricula(ctx: Ctx, ids: Iterable[int]) -> dict[int | None, Curriculum]:
    rows = ctx.session.scalars(select(Curriculum).where(Curriculum.id.in_(ids)))
    return {row.id: row for row in rows}


def _line(
    curriculum: Curriculum,
    held: Qualification | None,
    due: Sequence[CurriculumAssignment],
    today: dt.date,
    return_days: int,
) -> Holding:
    assert curriculum.id is not None
    title = title_of(curriculum)
    kinds = {row.kind for row in due}
    core = RequirementKind.CORE if RequirementKind.CORE in kinds else RequirementKind.ENHANCED
    required = core if kinds else None
    due_on = min((row.due_on for row in due if row.due_on is not None), default=None)
    if held is None:
        return Holding(
            curriculum.id, curriculum.code, title, today, required=required, due_on=due_on
        )
    return Holding(
        curriculum_id=curriculum.id,
        code=curriculum.code,
        title=title,
        today=today,
        qualification_id=held.id,
        standing=validity.standing(held, today, return_days),
        earned_on=held.earned_on,
        last_day=held.expires_on,
        lapses_on=validity.lapses_after(held, return_days),
        since=held.window_on,
        extended_until=held.extended_until,
        is_away=validity.is_away(held, today),
        required=required,
        due_on=due_on,
    )


def _urgency(holding: Holding) -> tuple[int, dt.date, str]:
    """What waits first, then what holds, then what has lapsed and nobody asks for."""
    gone = holding.standing is Standing.LAPSED
    rank = 0 if holding.waits else 2 if gone else 1
    return rank, holding.day or dt.date.max, holding.code
