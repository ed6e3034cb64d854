"""Competencies made, corrected, described level by level, retired: what headquarters may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import code_in, line_in
from bot.i18n import _
from bot.models.needs import (
    Competency,
    CompetencyKind,
    CompetencyLevel,
    CompetencyRating,
    PositionLevel,
)
from bot.needs.competencies import (
    MOST_LEVELS,
    CompetencyCard,
    card,
    codes,
    id_of,
    levels_of,
    row_of,
)
from bot.people import access
from bot.people.access_table import Action

LANGUAGES = ("km", "ur")
LONGEST, LONGEST_BEHAVIOUR = 200, 300


def create(ctx: Ctx, typed: Mapping[str, Any]) -> CompetencyCard:
    """Make a competency from a form's answers; refuses bad values and a code that is taken."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    code = code_in(typed, "code")
    if code in codes(ctx.session):
        raise Refusal(_("There is a competency {code} already. Give another code.", code=code))
    row = Competency(code=code, **_values(typed))
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "competency.made", "competency", row.id, code=code)
    return card(ctx, id_of(row))


def edit(ctx: Ctx, competency_id: int, typed: Mapping[str, Any]) -> CompetencyCard:
    """Correct a competency; names in languages that the form does not ask for stay."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = row_of(ctx.session, competency_id)
    values = _values(typed)
    values["names"] = _others(row.names) | values["names"]
    for name, value in values.items():
        setattr(row, name, value)
    ctx.session.flush()
    audit.record(ctx, "competency.corrected", "competency", competency_id)
    return card(ctx, competency_id)


def switch(ctx: Ctx, competency_id: int, *, active: bool) -> CompetencyCard:
    """Retire a competency or bring it back; nothing is forgotten, but nobody is rated at it."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = row_of(ctx.session, competency_id)
    if row.active != active:
        row.active = active
        ctx.session.flush()
        act = "competency.brought_back" if active else "competency.retired"
        audit.record(ctx, act, "competency", competency_id)
    return card(ctx, competency_id)


def describe(ctx: Ctx, competency_id: int, level: int, typed: Mapping[str, Any]) -> CompetencyCard:
    """Say which behaviour shows a level: one that is described, or the next above.

    Refuses a level after a gap, and more than seven.
    """
    access.require(ctx, Action.EDIT_COMPETENCIES)
    known = _described(ctx.session, competency_id)
    if not 1 <= level <= min(len(known) + 1, MOST_LEVELS):
        raise Refusal(_("Levels are described one after the other, {most} at most.",
                        most=MOST_LEVELS))  # fmt: skip
    words = line_in(typed, "behaviour", LONGEST_BEHAVIOUR)
    if not words:
        raise Refusal(_("Describe the behaviour that shows this level."))
    row = known.get(level) or CompetencyLevel(competency_id=competency_id, level=level)
    row.behaviour = words
    row.behaviours = _others(row.behaviours) | _translated(typed, "behaviour", LONGEST_BEHAVIOUR)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "competency.described", "competency", competency_id, level=level)
    return card(ctx, competency_id)


def take_off(ctx: Ctx, competency_id: int, level: int) -> CompetencyCard:
    """Take the highest level off; refuses any other, and one that a post requires or at which
    somebody was rated.
    """
    access.require(ctx, Action.EDIT_COMPETENCIES)
    known = _described(ctx.session, competency_id)
    if level != max(known, default=0):
        raise Refusal(_("Only the highest level can be taken off."))
    if _is_used(ctx.session, competency_id, level):
        raise Refusal(_("A post requires this level, or somebody was rated at it. It stays."))
    ctx.session.delete(known[level])
    ctx.session.flush()
    audit.record(ctx, "competency.level_dropped", "competency", competency_id, level=level)
    return card(ctx, competency_id)


def as_typed(ctx: Ctx, competency_id: int) -> dict[str, str]:
    """A competency's fields to fill the form beforehand."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = row_of(ctx.session, competency_id)
    shown = {"name": row.name, "kind": row.kind.value, "field": row.field}
    shown |= {f"name_{language}": row.names.get(language, "") for language in LANGUAGES}
    return {name: value for name, value in shown.items() if value}


def level_as_typed(ctx: Ctx, competency_id: int, level: int) -> dict[str, str]:
    """The behaviour of a level to fill the form beforehand; nothing for a new one."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = _described(ctx.session, competency_id).get(level)
    if row is None:
        return {}
    shown = {"behaviour": row.behaviour}
    shown |= {f"behaviour_{language}": row.behaviours.get(language, "") for language in LANGUAGES}
    return {name: value for name, value in shown.items() if value}


def _described(session: Session, competency_id: int) -> dict[int, CompetencyLevel]:
    row_of(session, competency_id)
    return levels_of(session, [competency_id])[competency_id]


def _is_used(session: Session, competency_id: int, level: int) -> bool:
    required = select(PositionLevel.id).where(
        PositionLevel.competency_id == competency_id, PositionLevel.level >= level
    )
    rated = select(CompetencyRating.person_id).where(
        CompetencyRating.competency_id == competency_id, CompetencyRating.level >= level
    )
    return any(session.execute(query.limit(1)).first() for query in (required, rated))


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    name = line_in(typed, "name")
    if not name:
        raise Refusal(_("Give the competency a name."))
    kind = str(typed.get("kind") or CompetencyKind.FUNCTIONAL)
    if kind not in set(CompetencyKind):
        raise Refusal(_("Choose whether it is behavioural or functional."))
    return {
        "name": name,
        "names": _translated(typed, "name"),
        "kind": CompetencyKind(kind),
        "field": line_in(typed, "field"),
    }


def _translated(typed: Mapping[str, Any], name: str, longest: int = LONGEST) -> dict[str, str]:
    words = {language: line_in(typed, f"{name}_{language}", longest) for language in LANGUAGES}
    return {language: one for language, one in words.items() if one}


def _others(wordings: Mapping[str, str]) -> dict[str, str]:
    """The wordings in languages that no form asks for."""
    return {language: words for language, words in wordings.items() if language not in LANGUAGES}
