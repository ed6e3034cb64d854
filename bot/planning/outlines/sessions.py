"""The sessions of an outline, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.planning import CourseOutline, OutlineSession
from bot.planning.outlines import reaching, writing
from bot.planning.outlines.cards import SessionCard
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import session_in
from bot.planning.outlines.words import METHODS, methods_of

MOST = 100


def add(ctx: Ctx, outline_id: int, typed: Mapping[str, Any]) -> SessionCard:
    """Put a session at the end; refuses bad values, and more than a hundred."""
    row = reaching.require_writer(ctx, outline_id, Act.WRITE)
    query = select(func.count()).where(OutlineSession.outline_id == outline_id)
    count = int(ctx.session.execute(query).scalar_one())
    if count >= MOST:
        raise Refusal(_("An outline has at most {count} sessions.", count=MOST))
    made = OutlineSession(outline_id=outline_id, place=count + 1, **session_in(typed))
    ctx.session.add(made)
    return _changed(ctx, row, made, "outline.session_added")


def edit(ctx: Ctx, session_id: int, typed: Mapping[str, Any]) -> SessionCard:
    """Change a session where it stands; refuses bad values."""
    row, session = _require(ctx, session_id)
    for name, value in session_in(typed).items():
        setattr(session, name, value)
    return _changed(ctx, row, session, "outline.session_changed")


def move(ctx: Ctx, session_id: int, place: int) -> SessionCard:
    """Put a session at this place, from 1; the others close up. Past the end is the end."""
    row, session = _require(ctx, session_id)
    others = [one for one in _rows(ctx, session.outline_id) if one.id != session_id]
    others.insert(min(max(place, 1), len(others) + 1) - 1, session)
    _number(others)
    return _changed(ctx, row, session, "outline.session_moved")


def drop(ctx: Ctx, session_id: int) -> int:
    """Take a session out; the outline it was of."""
    row, session = _require(ctx, session_id)
    ctx.session.delete(session)
    ctx.session.flush()
    _number(_rows(ctx, session.outline_id))
    audit.record(ctx, "outline.session_dropped", reaching.KIND, row.id)
    writing.changed(ctx, row)
    return session.outline_id


def card(ctx: Ctx, session_id: int) -> tuple[SessionCard, int]:
    """A session and the outline it is of; refuses whom the outline does not concern."""
    session = _session(ctx, session_id)
    reaching.require_reader(ctx, session.outline_id)
    return _card(session), session.outline_id


def as_typed(ctx: Ctx, session_id: int) -> dict[str, str]:
    """A session's fields to fill the form beforehand."""
    _row, session = _require(ctx, session_id)
    known = [one for one in methods_of(session.methods) if one in METHODS]
    own = [one for one in methods_of(session.methods) if one not in METHODS]
    shown = {
        "title": session.title,
        "objectives": session.objectives,
        "methods": " ".join(known),
        "other_methods": ", ".join(own),
        "hours": f"{session.hours:g}",
    }
    return {name: value for name, value in shown.items() if value}


def _require(ctx: Ctx, session_id: int) -> tuple[CourseOutline, OutlineSession]:
    session = _session(ctx, session_id)
    return reaching.require_writer(ctx, session.outline_id, Act.WRITE), session


def _session(ctx: Ctx, session_id: int) -> OutlineSession:
    session = ctx.session.get(OutlineSession, session_id)
    if session is None:
        raise Refusal(_("This session is not there any more."))
    return session


def _rows(ctx: Ctx, outline_id: int) -> list[OutlineSession]:
    return list(
        ctx.session.scalars(
            select(OutlineSession)
            .where(OutlineSession.outline_id == outline_id)
            .order_by(OutlineSession.place, OutlineSession.id)
        )
    )


def _number(rows: list[OutlineSession]) -> None:
    for place, row in enumerate(rows, 1):
        row.place = place


def _changed(ctx: Ctx, row: CourseOutline, session: OutlineSession, act: str) -> SessionCard:
    writing.changed(ctx, row)
    audit.record(ctx, act, reaching.KIND, row.id, session=session.id)
    return _card(session)


def _card(row: OutlineSession) -> SessionCard:
    return SessionCard(row.id, row.place, row.title, row.objectives, row.methods, row.hours)
