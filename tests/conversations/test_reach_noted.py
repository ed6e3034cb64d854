"""Out of reach: the right role about the wrong person is refused, undone and kept in the audit."""

from __future__ import annotations

from sqlmodel import select

from bot.models.people import Grant, Role, Unit
from bot.models.system import AuditEntry
from tests.conversations.stage import Stage


async def test_scoped_member__about_somebody_elsewhere__is_refused_and_noted(stage: Stage) -> None:
    with stage.database.transaction() as session:
        far = Unit(name="Lautoka", path="Coral/Lautoka")
        session.add(far)
        session.flush()
        session.add(
            Grant(
                person_id=stage.ids["maly"],
                role=Role.UNIT,
                scope_unit_id=far.id,
                granted_at=stage.clock.now(),
            )
        )
    maly, dara = await stage.join("maly"), stage.ids["dara"]
    for data in (f"person:{dara}", f"takeoff:{dara}:retired", f"onelink:{dara}"):
        await maly.forge(data)
        assert "You cannot do this." in maly.phone.toasts[-1]
    with stage.database.transaction(readonly=True) as session:
        refused = select(AuditEntry).where(AuditEntry.action == "access.refused")
        noted = [(row.details["what"], row.object_id) for row in session.exec(refused)]
    assert noted == [("edit people", dara), ("edit people", dara), ("invite people", dara)]
