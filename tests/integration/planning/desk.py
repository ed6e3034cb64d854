"""A desk at which plans are begun, files about them are taken, and their workbook is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

import bot.planning.imports.annual_plan  # noqa: F401  (importing it registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.imports import Applied, Report, Verdict
from bot.models.planning import AnnualPlan, PlanCost, PlanLine
from bot.planning import writing
from bot.reports import plan_sheets
from tests.conftest import START

YEAR = dt.date(2027, 1, 1)


class Desk:
    """Each step is a transaction of its own, as in the worker."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings, self.clock = database, settings, FixedClock(START)

    def ctx(self, session: Any) -> Ctx:
        return Ctx(session, self.clock, SYSTEM, self.settings)

    def check(self, content: bytes, name: str = "plan.xlsx") -> Report:
        return imports.check(
            self.database, self.clock, self.settings, "annual_plan", name, content
        )

    def take(self, content: bytes, name: str = "plan.xlsx") -> Applied:
        report = self.check(content, name)
        assert report.verdict is not Verdict.REFUSED, report.faults
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=True
        )

    def undo(self, run_id: int) -> Applied:
        with self.database.transaction() as session:
            return imports.undo(self.ctx(session), run_id)

    def export(self) -> bytes:
        with self.database.transaction(readonly=True) as session:
            return imports.export(session, "annual_plan", "plan.xlsx")

    def book(self, year: dt.date = YEAR, language: str = "en") -> bytes:
        """The workbook of a year's plan."""
        with self.database.transaction(readonly=True) as session:
            plan = session.scalars(select(AnnualPlan).where(AnnualPlan.plan_year == year)).one()
            assert plan.id is not None
            data = writing.read(self.ctx(session), plan.id)
        return plan_sheets.write(data, language)

    def lines(self) -> dict[str, PlanLine]:
        """Every line by its code."""
        with self.database.transaction(readonly=True) as session:
            rows = session.scalars(select(PlanLine).order_by(PlanLine.number)).all()
            session.expunge_all()
        return {row.code: row for row in rows}

    def everything(self) -> list[dict[str, Any]]:
        """Plans, lines and costs as they are stored."""
        with self.database.transaction(readonly=True) as session:
            return [
                row.model_dump()
                for model in (AnnualPlan, PlanLine, PlanCost)
                for row in session.scalars(select(model).order_by(model.id))
            ]
