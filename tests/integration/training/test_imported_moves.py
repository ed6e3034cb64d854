"""Classes that a file moves: who is told, and what becomes of it when the file is undone."""

from __future__ import annotations

from sqlmodel import select

from bot.models.delivery import OutboxItem
from bot.models.training import TrainingClass
from bot.training import enrolling, telling
from tests.integration.training.test_imported import CLASSES, Desk, desk

__all__ = ["desk"]


def place(desk: Desk, who: str) -> None:
    with desk.database.transaction() as session:
        held = session.exec(select(TrainingClass)).one()
        enrolling.admit(desk.ctx(session), held.id, desk.ids[who])


def moves(desk: Desk) -> list[tuple[int, str]]:
    """Who was told of a move, and the first day before."""
    with desk.database.transaction(readonly=True) as session:
        items = session.exec(
            select(OutboxItem)
            .where(OutboxItem.notice == telling.CLASS_MOVED.name)
            .order_by(OutboxItem.id)
        )
        return [(item.person_id, item.params["before"]["starts_on"]) for item in items]


def test_file__that_moves_a_class__tells_who_is_in_it(desk: Desk) -> None:
    place(desk, "dara")
    desk.take("classes", CLASSES.replace("2026-04-06,2026-04-10", "2026-05-04,2026-05-08"))
    assert moves(desk) == [(desk.ids["dara"], "2026-04-06")]


def test_file__that_moves_a_class__undone__tells_that_it_is_back(desk: Desk) -> None:
    place(desk, "dara")
    applied = desk.take(
        "classes", CLASSES.replace("2026-04-06,2026-04-10", "2026-05-04,2026-05-08")
    )
    desk.undo(applied.run_id)
    dara = desk.ids["dara"]
    assert moves(desk) == [(dara, "2026-04-06"), (dara, "2026-05-04")]


def test_file__that_changes_something_else__tells_nobody(desk: Desk) -> None:
    place(desk, "dara")
    desk.take("classes", CLASSES.replace("A laptop", "A laptop and a pen"))
    assert moves(desk) == []
