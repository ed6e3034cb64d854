"""A desk with outlines of courses: written, reviewed, approved, in as few calls as there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from bot.context import Ctx
from bot.models.delivery import OutboxItem
from bot.models.people import Role
from bot.models.planning import CourseOutline, Verdict
from bot.planning.outlines import cards, deciding, reviewing, sessions, writing
from bot.planning.outlines.cards import OutlineCard
from tests.integration.training.conftest import School

PARTS: Mapping[str, Any] = {
    "rationale": "Undervaluation grows.\nOnline trade grows.",
    "outcomes": "Apply the six methods",
    "population": "Appraisers",
    "mode": "blended",
    "days": "2.5",
    "least": "8",
    "most": "24",
    "evaluation": "Test on day 2",
    "resources": "Two trainers",
    "integrity": "A case about gifts",
}
SESSION: Mapping[str, Any] = {
    "title": "Methods",
    "objectives": "Know them",
    "methods": ["lecture", "exercise"],
    "other_methods": "quiz; poll",
    "hours": "6",
}
LAW = {"legal_by": "Legal office", "legal_on": "2026-03-01", "legal_words": "Article 12"}


class Desk(School):
    """The school with outlines; `unit` writes, `director` decides, `sokha` and `dara` know."""

    def written(self, code: str = "VAL") -> int:
        """An outline with everything but its experts."""
        self.course(code)
        unit = self.acting("unit")
        made = writing.begin(unit, code).id
        writing.write(unit, made, PARTS)
        sessions.add(unit, made, SESSION)
        reviewing.check_law(unit, made, LAW)
        return made

    def reviewed(self, *experts: str, code: str = "VAL") -> int:
        """The same, to which these experts have agreed."""
        made, unit = self.written(code), self.acting("unit")
        for key in experts:
            reviewing.name(unit, made, self.person(key).staff_no)
        reviewing.send(unit, made)
        for key in experts:
            reviewing.answer(self.acting(key), made, Verdict.AGREED, "")
        return made

    def approved(self, code: str = "VAL") -> int:
        made = self.reviewed("sokha", code=code)
        deciding.submit(self.acting("unit"), made)
        deciding.approve(self.acting("director"), made)
        return made

    def card(self, made: int) -> OutlineCard:
        return cards.read(self.ctx, self.ctx.session.get_one(CourseOutline, made))

    def told(self, notice: str) -> list[int | None]:
        query = select(OutboxItem.person_id).where(OutboxItem.notice == notice)
        return list(self.ctx.session.exec(query.order_by(OutboxItem.id)))

    def branch(self, key: str, office: str) -> Ctx:
        """Somebody of the training unit for one office only."""
        unit = self.add_unit(office)
        self.add_person(key, unit_id=unit.id)
        self.grant(key, Role.UNIT, unit)
        return self.acting(key)
