"""Critical behaviours: what people are to do on the job after a course, named before it is held.

They stand in the forms about a class in the order of their places, from 1 on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.behaviours_asked import is_asked
from bot.i18n import Texts, _, _n
from bot.models.evaluation import CriticalBehaviour
from bot.people import access
from bot.people.access_table import Action
from bot.training import courses

MOST = 8
LONGEST = 160
LANGUAGES = ("km", "ur")
SAME = "same"
"""What the form answers where only the wording changes, not what people are to do."""
GONE = _("This behaviour is not on the list any more.")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One behaviour at its place in the list; the place of one that was replaced is 0."""

    id: int
    course_id: int
    place: int
    words: Texts


def of_course(ctx: Ctx, course_id: int) -> list[Behaviour]:
    """The behaviours that are asked about, in their order."""
    return [_card(row) for row in _rows(ctx, course_id)]


def named(ctx: Ctx, course_id: int) -> list[Behaviour]:
    """The same for members of the training unit; refuses all others."""
    access.require(ctx, Action.EDIT_CLASSES)
    courses.row_of(ctx.session, course_id)
    return of_course(ctx, course_id)


def one(ctx: Ctx, behaviour_id: int) -> Behaviour:
    """One behaviour on the list of its course; refuses one that was replaced or taken away."""
    access.require(ctx, Action.EDIT_CLASSES)
    return _card(_listed(ctx, behaviour_id))


def wordings(ctx: Ctx, behaviour_ids: set[int]) -> dict[int, Texts]:
    """What behaviours are called, those that were replaced too."""
    rows = ctx.session.scalars(
        select(CriticalBehaviour).where(CriticalBehaviour.id.in_(behaviour_ids))
    )
    return {card.id: card.words for card in map(_card, rows)}


def add(ctx: Ctx, course_id: int, typed: Mapping[str, Any]) -> Behaviour:
    """Name one more at the end of the list; refuses the ninth, and the same words twice."""
    access.require(ctx, Action.SET_EVALUATION)
    courses.row_of(ctx.session, course_id)
    listed = of_course(ctx, course_id)
    if len(listed) >= MOST:
        raise Refusal(
            _n(
                "There can be {count} behaviour. Take it away first.",
                "There can be {count} behaviours. Take one away first.",
                MOST,
            )
        )
    row = CriticalBehaviour(course_id=course_id, place=len(listed) + 1, **_read(typed))
    _refuse_twice(listed, row)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "behaviour.named", "behaviour", row.id, course=course_id)
    return _card(row)


def change(ctx: Ctx, behaviour_id: int, typed: Mapping[str, Any]) -> Behaviour:
    """Correct the wording, or put another behaviour in its place.

    Where people have been asked already, `meaning` says which of the two it is: answers about
    what was replaced stay with it.
    """
    access.require(ctx, Action.SET_EVALUATION)
    row = _listed(ctx, behaviour_id)
    values = _read(typed)
    others = [card for card in of_course(ctx, row.course_id) if card.id != row.id]
    _refuse_twice(others, CriticalBehaviour(course_id=row.course_id, **values))
    if is_asked(ctx, row.course_id) and str(typed.get("meaning") or "") != SAME:
        row = _replace(ctx, row, values)
    else:
        row.behaviour, row.behaviours = values["behaviour"], values["behaviours"]
    ctx.session.flush()
    audit.record(ctx, "behaviour.changed", "behaviour", row.id, before=behaviour_id)
    return _card(row)


def move(ctx: Ctx, behaviour_id: int, place: int) -> list[Behaviour]:
    """Put one behaviour at a place; the others close up. The new order."""
    access.require(ctx, Action.SET_EVALUATION)
    row = _listed(ctx, behaviour_id)
    rows = [other for other in _rows(ctx, row.course_id) if other.id != row.id]
    rows.insert(min(max(place, 1), len(rows) + 1) - 1, row)
    _number(rows)
    ctx.session.flush()
    audit.record(ctx, "behaviour.moved", "behaviour", row.id, place=row.place)
    return of_course(ctx, row.course_id)


def drop(ctx: Ctx, behaviour_id: int) -> list[Behaviour]:
    """Ask about it no longer; what was answered stays. The list that remains."""
    access.require(ctx, Action.SET_EVALUATION)
    row = _listed(ctx, behaviour_id)
    row.place = None
    ctx.session.flush()
    _number(_rows(ctx, row.course_id))
    ctx.session.flush()
    audit.record(ctx, "behaviour.dropped", "behaviour", row.id, course=row.course_id)
    return of_course(ctx, row.course_id)


def as_typed(ctx: Ctx, behaviour_id: int) -> dict[str, str]:
    """A behaviour's words to fill the form beforehand, and whether it has been asked about."""
    access.require(ctx, Action.SET_EVALUATION)
    row = _listed(ctx, behaviour_id)
    said = {"behaviour": row.behaviour}
    said |= {f"behaviour_{code}": row.behaviours.get(code, "") for code in LANGUAGES}
    said["is_asked"] = "yes" if is_asked(ctx, row.course_id) else ""
    return {name: words for name, words in said.items() if words}


def _replace(ctx: Ctx, old: CriticalBehaviour, values: dict[str, Any]) -> CriticalBehaviour:
    new = CriticalBehaviour(course_id=old.course_id, place=old.place, **values)
    old.place = None
    ctx.session.add(new)
    ctx.session.flush()
    return new


def _rows(ctx: Ctx, course_id: int) -> list[CriticalBehaviour]:
    query = select(CriticalBehaviour).where(
        CriticalBehaviour.course_id == course_id, CriticalBehaviour.place.is_not(None)
    )
    return list(ctx.session.scalars(query.order_by(CriticalBehaviour.place, CriticalBehaviour.id)))


def _number(rows: list[CriticalBehaviour]) -> None:
    for place, row in enumerate(rows, 1):
        row.place = place


def _listed(ctx: Ctx, behaviour_id: int) -> CriticalBehaviour:
    row = ctx.session.get(CriticalBehaviour, behaviour_id)
    if row is None or row.place is None:
        raise Refusal(GONE)
    return row


def _read(typed: Mapping[str, Any]) -> dict[str, Any]:
    words = _line(typed, "behaviour")
    if not words:
        raise Refusal(_("Say in a few words what people are to do."))
    others = {code: said for code in LANGUAGES if (said := _line(typed, f"behaviour_{code}"))}
    return {"behaviour": words, "behaviours": others}


def _line(typed: Mapping[str, Any], name: str) -> str:
    words = " ".join(str(typed.get(name) or "").split())
    if len(words) > LONGEST:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST))
    return words


def _refuse_twice(listed: list[Behaviour], row: CriticalBehaviour) -> None:
    words = row.behaviour.casefold()
    if any(card.words.best("en").casefold() == words for card in listed):
        raise Refusal(_("This behaviour is on the list already."))


def _card(row: CriticalBehaviour) -> Behaviour:
    assert row.id is not None
    words = Texts.of({"en": row.behaviour, **row.behaviours})
    return Behaviour(row.id, row.course_id, row.place or 0, words)
