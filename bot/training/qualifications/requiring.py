"""What posts require, as the training unit sets it: whoever holds the post is assigned it at once.

A post is named as the roster spells it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Words, _
from bot.models.people import Person
from bot.models.qualifications import Requirement, RequirementKind
from bot.people import access
from bot.people.access_table import Action
from bot.people.directory import LONGEST_CODE
from bot.people.search import fold
from bot.training.qualifications import curriculum_cards, posts
from bot.training.qualifications.curriculum_cards import CurriculumLine

MOST_DAYS = 3650
KIND_WORDS: Mapping[RequirementKind, Text] = {
    RequirementKind.CORE: _("core: everybody in the post needs it"),
    RequirementKind.ENHANCED: _("enhanced: good to have in the post"),
}


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """That a post requires a curriculum, `within_days` of taking it up if by any day."""

    id: int
    position: str
    curriculum: CurriculumLine
    kind: RequirementKind
    within_days: int | None


def of_curriculum(ctx: Ctx, curriculum_id: int) -> list[RequirementLine]:
    """The posts that require a curriculum, by name."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    found = select(Requirement).where(Requirement.curriculum_id == curriculum_id)
    return [_line(ctx, row) for row in ctx.session.scalars(found.order_by(Requirement.position))]


def everything(ctx: Ctx) -> list[RequirementLine]:
    """What every post requires, by post."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    rows = ctx.session.scalars(
        select(Requirement).order_by(Requirement.position, Requirement.id)
    ).all()
    lines = curriculum_cards.lines_of(ctx.session, {row.curriculum_id for row in rows})
    return [_in_words(row, lines[row.curriculum_id]) for row in rows]


def require(ctx: Ctx, typed: Mapping[str, Any]) -> RequirementLine:
    """Have a post require a curriculum, or require it otherwise than before; refuses what names
    nothing.
    """
    access.require(ctx, Action.EDIT_CURRICULA)
    position = _position(ctx, str(typed.get("position") or ""))
    curriculum_id = curriculum_cards.by_code(ctx, str(typed.get("curriculum") or ""))
    kind, within = _kind(typed), _within(typed)
    row = ctx.session.scalars(
        select(Requirement).where(
            Requirement.position == position, Requirement.curriculum_id == curriculum_id
        )
    ).first() or Requirement(position=position, curriculum_id=curriculum_id)
    row.kind, row.within_days = kind, within
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(
        ctx,
        "requirement.set",
        "curriculum",
        curriculum_id,
        position=position,
        kind=kind.value,
        within_days=within,
    )
    posts.posts_changed(ctx, [position])
    return _line(ctx, row)


def drop(ctx: Ctx, requirement_id: int) -> None:
    """The post does not require it any more; nothing happens to what was earned."""
    access.require(ctx, Action.EDIT_CURRICULA)
    row = ctx.session.get(Requirement, requirement_id)
    if row is None:
        raise Refusal(_("The post does not require this any more."))
    position = row.position
    audit.record(ctx, "requirement.dropped", "curriculum", row.curriculum_id, position=position)
    ctx.session.delete(row)
    ctx.session.flush()
    posts.posts_changed(ctx, [position])


def positions(ctx: Ctx, search: str, most: int) -> Sequence[tuple[str, Words]]:
    """Posts of the roster by a part of their name: a code, and the name with its holders."""
    wanted = fold(search)
    rows = ctx.session.execute(
        select(Person.position, func.count())
        .where(Person.active, ~Person.guest, Person.position != "")
        .group_by(Person.position)
        .order_by(Person.position)
    )
    found = [
        (code_of(position), _("{post} ({count})", post=position, count=count))
        for position, count in rows
        if wanted in fold(position)
    ]
    return found[:most]


def code_of(position: str) -> str:
    """What answers keep for a post: its name, or a short sign for a name that no button holds."""
    if len(position.encode()) <= LONGEST_CODE and not position.startswith("#"):
        return position
    return "#" + hashlib.sha256(position.encode()).hexdigest()[:12]


def _position(ctx: Ctx, code: str) -> str:
    known = ctx.session.scalars(
        select(Person.position).where(Person.position != "").distinct()
    ).all()
    found = [position for position in known if code in (position, code_of(position))]
    if not found:
        raise Refusal(_("Nobody has this post. Choose one from the list."))
    return found[0]


def _kind(typed: Mapping[str, Any]) -> RequirementKind:
    kind = str(typed.get("kind") or RequirementKind.CORE)
    if kind not in list(RequirementKind):
        raise Refusal(_("Choose whether it is core or enhanced."))
    return RequirementKind(kind)


def _within(typed: Mapping[str, Any]) -> int | None:
    text = str(typed.get("within_days") or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_DAYS:
        raise Refusal(_("Give a number from {low} to {high}.", low=0, high=MOST_DAYS))
    return int(text)


def _line(ctx: Ctx, row: Requirement) -> RequirementLine:
    return _in_words(row, curriculum_cards.line_of(ctx.session, row.curriculum_id))


def _in_words(row: Requirement, curriculum: CurriculumLine) -> RequirementLine:
    assert row.id is not None
    return RequirementLine(row.id, row.position, curriculum, row.kind, row.within_days)
