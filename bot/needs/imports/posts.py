"""Posts in a file: spelled as the roster spells them, each with its second key once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.models.needs import FrameworkCourse, PositionLevel
from bot.models.people import Person
from bot.people.search import fold

NOBODY = _("Nobody on the roster has the post “{post}”. It is kept for whoever takes it up.")
TWICE = _("The post and what it requires stand in row {row} already. Delete one of the two rows.")


def spelled(
    session: Session,
    model: type[PositionLevel] | type[FrameworkCourse],
    records: Records,
    found: Findings,
) -> list[str]:
    """The post of each row as `model` has it, else as the roster spells it, else as the file does;
    warns of posts that nobody holds.
    """
    held = {fold(one): one for one in session.scalars(_roster())}
    laid_down = session.scalars(select(model.position).distinct())
    known = held | {fold(one): one for one in sorted(laid_down, reverse=True)}
    posts = []
    for row, written in zip(records.rows, records.values["position"], strict=True):
        position = known.get(fold(written or ""), written or "")
        posts.append(position)
        if position and fold(position) not in held:
            sentence = Text(NOBODY.msgid, (("post", position),))
            found.warn("post-of-nobody", sentence, row, records.heading("position"))
    return posts


def refuse_doubles(
    records: Records, posts: Sequence[str], ids: Sequence[int], column: str, found: Findings
) -> None:
    """Refuse what one post requires twice, also where its name is written differently."""
    first: dict[tuple[str, int], int] = {}
    for row, key in zip(records.rows, zip(posts, ids, strict=True), strict=True):
        known = first.setdefault(key, row)
        if known != row and all(key):
            sentence = Text(TWICE.msgid, (("row", str(known)),))
            found.refuse("post-doubled", sentence, row, records.heading(column))


def _roster() -> Select[str]:
    return select(Person.position).where(Person.active, ~Person.guest).distinct()
