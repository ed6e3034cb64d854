"""Curricula as the training unit keeps them: what has to be completed, and for how long it holds.

What is changed here counts for what is earned afterwards, never for what was earned before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.qualifications import Curriculum, CurriculumItem
from bot.models.training import Course
from bot.people import access
from bot.people.access_table import Action
from bot.training import courses
from bot.training.course_fields import LANGUAGES
from bot.training.qualifications import afterwards, curriculum_fields, items, posts
from bot.training.qualifications.curriculum_cards import (
    CurriculumCard,
    by_code,
    card,
    items_of,
    row_of,
)
from bot.training.qualifications.items import Written

EARNED_BY = frozenset({"items", "needed", "renewed_by_id"})
"""The facts that decide who earns it; the others only say what is earned, from then on."""


def create(ctx: Ctx, typed: Mapping[str, Any]) -> CurriculumCard:
    """Make a curriculum from a form's answers; refuses bad values and a code that is taken."""
    access.require(ctx, Action.EDIT_CURRICULA)
    code = courses.code_of(typed)
    if ctx.session.scalars(select(Curriculum.id).where(Curriculum.code == code)).first():
        raise Refusal(_("There is a qualification {code} already. Give another code.", code=code))
    values, wanted = _read(ctx, typed)
    row = Curriculum(code=code, **values)
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    _put(ctx, row.id, wanted)
    audit.record(ctx, "curriculum.created", "curriculum", row.id, code=code)
    afterwards.curricula_changed(ctx, [row.id])
    return card(ctx, row.id)


def edit(ctx: Ctx, curriculum_id: int, typed: Mapping[str, Any]) -> CurriculumCard:
    """Correct a curriculum; titles in languages that the form does not ask for stay."""
    access.require(ctx, Action.EDIT_CURRICULA)
    row = row_of(ctx, curriculum_id)
    values, wanted = _read(ctx, typed)
    others = {lang: words for lang, words in row.titles.items() if lang not in LANGUAGES}
    values["titles"] = {**others, **values["titles"]}
    changed = {name: new for name, new in values.items() if getattr(row, name) != new}
    before = {name: str(getattr(row, name)) for name in changed}
    after = {name: str(new) for name, new in changed.items()}
    old_items = items.write(_written(ctx.session, curriculum_id))
    if items.write(wanted) != old_items:
        before["items"], after["items"] = old_items, items.write(wanted)
        _put(ctx, curriculum_id, wanted)
    for name, new in changed.items():
        setattr(row, name, new)
    if after:
        ctx.session.flush()
        audit.record(
            ctx, "curriculum.corrected", "curriculum", curriculum_id, old=before, new=after
        )
        if after.keys() & EARNED_BY:
            afterwards.curricula_changed(ctx, [curriculum_id])
    return card(ctx, curriculum_id)


def as_typed(ctx: Ctx, curriculum_id: int) -> dict[str, str]:
    """A curriculum's fields to fill the form beforehand."""
    access.require(ctx, Action.EDIT_CURRICULA)
    row = row_of(ctx, curriculum_id)
    typed = curriculum_fields.as_typed(row)
    typed["items"] = items.write(_written(ctx.session, curriculum_id))
    if row.renewed_by_id is not None:
        typed["renewed_by"] = ctx.session.get_one(Curriculum, row.renewed_by_id).code
    return typed


def retire(ctx: Ctx, curriculum_id: int) -> CurriculumCard:
    """Nobody earns it for the first time from now on, and it is asked of nobody; who holds it
    keeps it, and may renew it.
    """
    return _set_active(ctx, curriculum_id, active=False)


def bring_back(ctx: Ctx, curriculum_id: int) -> CurriculumCard:
    """A curriculum that was retired can be earned again, and posts require it again."""
    return _set_active(ctx, curriculum_id, active=True)


def _set_active(ctx: Ctx, curriculum_id: int, *, active: bool) -> CurriculumCard:
    access.require(ctx, Action.EDIT_CURRICULA)
    row = row_of(ctx, curriculum_id)
    if row.active != active:
        row.active = active
        ctx.session.flush()
        what = "curriculum.brought_back" if active else "curriculum.retired"
        audit.record(ctx, what, "curriculum", curriculum_id)
        afterwards.curricula_changed(ctx, [curriculum_id] if active else [])
        posts.retired_or_back(ctx, [curriculum_id])
    return card(ctx, curriculum_id)


def _read(ctx: Ctx, typed: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Written, ...]]:
    """The values of the row, and its items; refuses codes that name nothing."""
    values = curriculum_fields.read(typed)
    wanted = items.parse(str(typed.get("items") or ""))
    if not wanted or len(wanted) > curriculum_fields.MOST_ITEMS:
        raise Refusal(
            _("Name from 1 to {most} courses by code.", most=curriculum_fields.MOST_ITEMS)
        )
    if (fault := items.fault_in(wanted, values["needed"])) is not None:
        raise Refusal(fault)
    _course_ids(ctx, wanted)
    after = str(typed.get("renewed_by") or "").strip()
    values["renewed_by_id"] = by_code(ctx, after) if after else None
    return values, wanted


def _course_ids(ctx: Ctx, wanted: Sequence[Written]) -> dict[str, int]:
    codes = [item.code for item in wanted]
    query = select(Course.code, Course.id).where(Course.code.in_(codes))
    found = dict(ctx.session.execute(query).all())
    for code in codes:
        if code not in found:
            raise Refusal(_("There is no course {code}. Correct its code.", code=code))
    return found


def _put(ctx: Ctx, curriculum_id: int, wanted: Sequence[Written]) -> None:
    ids = _course_ids(ctx, wanted)
    ctx.session.execute(
        delete(CurriculumItem).where(CurriculumItem.curriculum_id == curriculum_id)
    )
    ctx.session.add_all(
        CurriculumItem(
            curriculum_id=curriculum_id,
            course_id=ids[item.code],
            optional=item.optional,
            place=place,
        )
        for place, item in enumerate(wanted, start=1)
    )
    ctx.session.flush()


def _written(session: Session, curriculum_id: int) -> list[Written]:
    return [Written(one.code, one.optional) for one in items_of(session, curriculum_id)]
