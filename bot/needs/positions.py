"""What posts require: which level of which competency, and how important it is there.

A post is named as the roster spells it; who is entered with another spelling holds it, too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, case, func, select, true
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import whole_in
from bot.i18n import _
from bot.models.needs import Competency, FrameworkCourse, PositionLevel
from bot.models.people import Person
from bot.needs import competencies
from bot.needs.competencies import CompetencyLine
from bot.people import access, reach
from bot.people.access_table import Action
from bot.people.search import fold

Table: TypeAlias = type[PositionLevel] | type[FrameworkCourse]
MOST_IMPORTANT, USUAL_IMPORTANCE = 5, 3
MOST_REQUIRED = 40
"""So many competencies one post may require; a survey can ask no more of anybody."""
DIGITS = 12
NO_POST = _("Nobody has this post any more, and nothing is known of it. Open the list again.")
NOT_REQUIRED = _("The post does not require this competency any more.")


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in a list: how many people within reach hold it, how many competencies it requires,
    how many courses its training framework has. `sign` stands for its name in buttons.
    """

    sign: str
    position: str
    people: int
    competencies: int
    courses: int


@dataclass(frozen=True, slots=True)
class RequiredLine:
    """That a post requires a level of a competency; `importance` is 1 to 5."""

    id: int
    position: str
    competency: CompetencyLine
    level: int
    importance: int


def find(ctx: Ctx, search: str = "") -> list[PostLine]:
    """Posts of the people within reach and those something is required of, by name; a part of it
    finds them.

    Refuses who reads nothing of needs.
    """
    access.require(ctx, Action.READ_NEEDS)
    wanted = fold(search).split()
    levels = _counted(ctx.session, PositionLevel)
    courses = _counted(ctx.session, FrameworkCourse)
    people = _holders(ctx)
    names: dict[str, str] = {}
    for counted in (levels, courses, people):
        for one in sorted(counted):
            names.setdefault(fold(one), one)
    people, levels, courses = (_by_name(one, names) for one in (people, levels, courses))
    return [
        PostLine(sign_of(one), one, people[one], levels[one], courses[one])
        for one in sorted(names.values(), key=str.casefold)
        if all(word in fold(one) for word in wanted)
    ]


def signed(ctx: Ctx, sign: str) -> PostLine:
    """The post that a button's sign means; refuses one that is not there any more."""
    for line in find(ctx):
        if line.sign == sign:
            return line
    raise Refusal(NO_POST)


def of_post(ctx: Ctx, position: str) -> list[RequiredLine]:
    """What a post requires, the most important first; refuses who reads nothing of needs."""
    access.require(ctx, Action.READ_NEEDS)
    return required(ctx.session, position)


def of_competency(ctx: Ctx, competency_id: int) -> list[RequiredLine]:
    """The posts that require a competency, by name; refuses who reads nothing of needs."""
    access.require(ctx, Action.READ_NEEDS)
    line = competencies.described(ctx.session, competency_id).line
    rows = ctx.session.scalars(
        select(PositionLevel)
        .where(PositionLevel.competency_id == competency_id)
        .order_by(PositionLevel.position)
    )
    return [_line(row, line) for row in rows]


def one(ctx: Ctx, required_id: int) -> RequiredLine:
    """One thing that a post requires; refuses what it does not require any more."""
    access.require(ctx, Action.READ_NEEDS)
    row = _row(ctx, required_id)
    return _line(row, competencies.described(ctx.session, row.competency_id).line)


def require(ctx: Ctx, position: str, typed: Mapping[str, Any]) -> RequiredLine:
    """Have a post require a level of a competency, or another level than before.

    Refuses a competency that is retired, a level it does not have, and too many.
    """
    access.require(ctx, Action.EDIT_COMPETENCIES)
    competency_id = competencies.codes(ctx.session).get(str(typed.get("competency") or ""))
    if competency_id is None:
        raise Refusal(_("Choose a competency from the list."))
    position = spelt(ctx.session, PositionLevel, position)
    line = competencies.described(ctx.session, competency_id).line
    if not line.active:
        raise Refusal(_("This competency is retired. Bring it back first, or choose another."))
    level = whole_in(typed, "level", 1, line.highest)
    shown = {"importance": str(USUAL_IMPORTANCE)} | {k: v for k, v in typed.items() if v}
    importance = whole_in(shown, "importance", 1, MOST_IMPORTANT)
    row = _kept(ctx, position, competency_id)
    row.level, row.importance = level, importance
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "position_level.set", "competency", competency_id, position=position,
                 level=level, importance=importance)  # fmt: skip
    return _line(row, line)


def drop(ctx: Ctx, required_id: int) -> str:
    """The post does not require it any more; ratings stay. The post's name."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = _row(ctx, required_id)
    position = row.position
    audit.record(ctx, "position_level.dropped", "competency", row.competency_id, position=position)
    ctx.session.delete(row)
    ctx.session.flush()
    return position


def as_typed(ctx: Ctx, required_id: int) -> dict[str, str]:
    """What a post requires, to fill the form beforehand."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    line = one(ctx, required_id)
    return {
        "competency": line.competency.code,
        "level": str(line.level),
        "importance": str(line.importance),
    }


def required(session: Session, position: str) -> list[RequiredLine]:
    """What a post requires of competencies in use, the most important first; for services that
    have asked before who may read it.
    """
    rows = session.execute(
        select(PositionLevel, Competency)
        .join(Competency, Competency.id == PositionLevel.competency_id)
        .where(
            PositionLevel.position == spelt(session, PositionLevel, position), Competency.active
        )
        .order_by(PositionLevel.importance.desc(), Competency.kind.desc(), Competency.code)
    ).all()
    lines = competencies.lines_of(session, [competency for _level, competency in rows])
    return [_line(level, line) for (level, _row), line in zip(rows, lines, strict=True)]


def spelt(session: Session, model: Table, position: str) -> str:
    """A post as it is spelt where something is laid down for it, else as it is given."""
    wanted = fold(position)
    known = session.scalars(select(model.position).distinct())
    return min((one for one in known if fold(one) == wanted), default=position)


def as_required(session: Session, which: ColumnElement[bool] | None = None) -> ColumnElement[str]:
    """The position of people as `spelt` has it, to be joined with what posts require; `which` are
    the people it is for, all of them by default.
    """
    laid_down = session.scalars(select(PositionLevel.position).distinct())
    posts = {fold(post): post for post in sorted(laid_down, reverse=True)}
    whose = true() if which is None else which
    held = session.scalars(select(Person.position).where(whose).distinct())
    otherwise = {
        written: posts[fold(written)]
        for written in held
        if fold(written) in posts and posts[fold(written)] != written
    }
    position: Any = Person.position
    return case(otherwise, value=position, else_=position) if otherwise else position


def sign_of(position: str) -> str:
    """What stands for a post in a button, whatever its name holds, however long it is and however
    it is spelt.
    """
    return hashlib.sha256(fold(position).encode()).hexdigest()[:DIGITS]


def _kept(ctx: Ctx, position: str, competency_id: int) -> PositionLevel:
    rows = ctx.session.scalars(
        select(PositionLevel).where(PositionLevel.position == position)
    ).all()
    for row in rows:
        if row.competency_id == competency_id:
            return row
    if len(rows) >= MOST_REQUIRED:
        raise Refusal(_("A post requires at most {count} competencies.", count=MOST_REQUIRED))
    return PositionLevel(position=position, competency_id=competency_id, level=1)


def _row(ctx: Ctx, required_id: int) -> PositionLevel:
    row = ctx.session.get(PositionLevel, required_id)
    if row is None:
        raise Refusal(NOT_REQUIRED)
    return row


def _holders(ctx: Ctx) -> Counter[str]:
    """How many of the people within reach hold each post."""
    within = reach.within(ctx, Action.READ_NEEDS)
    rows = ctx.session.execute(
        select(Person.position, func.count())
        .where(within, Person.active, ~Person.guest, Person.position != "")
        .group_by(Person.position)
    )
    return Counter(dict(rows.all()))


def _by_name(counted: Counter[str], names: Mapping[str, str]) -> Counter[str]:
    """Counts of every spelling of a post added up under its one name."""
    found: Counter[str] = Counter()
    for one, count in counted.items():
        found[names[fold(one)]] += count
    return found


def _counted(session: Session, model: Table) -> Counter[str]:
    query = select(model.position, func.count()).group_by(model.position)
    return Counter(dict(session.execute(query).all()))


def _line(row: PositionLevel, competency: CompetencyLine) -> RequiredLine:
    assert row.id is not None
    return RequiredLine(row.id, row.position, competency, row.level, row.importance)
