"""Files of topics: taken, exported, sent again, taken back until something depends on them."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.imports import Report, Verdict, exporting
from bot.models.needs import Channel, Competency, Need, Topic
from bot.models.training import Course
from bot.needs.topics_import import TOPICS

HEAD = "name,name::Khmer (km),competency,course,active"
ROWS = ("Rules of origin,វិធានដើមកំណើត,ORIGIN,,", "Customs valuation,,VAL,CV,yes", "Old,,,,no")


class Desk:
    """Sends files, as a clerk does."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    def check(self, *rows: str) -> Report:
        content = "\n".join([HEAD, *rows]).encode()
        return self.check_file(content)

    def check_file(self, content: bytes) -> Report:
        name = "topics.csv"
        return imports.check(self.database, self.clock, self.settings, TOPICS.name, name, content)

    def take(self, *rows: str) -> Report:
        report = self.check(*rows)
        assert report.run_id is not None, report.faults
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report

    def undo(self, report: Report) -> None:
        with self.database.transaction() as session:
            imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), report.run_id)

    def topics(self) -> list[tuple[object, ...]]:
        with self.database.transaction(readonly=True) as session:
            rows = session.exec(select(Topic).order_by(Topic.name))
            return [
                (row.name, row.names, row.competency_id, row.course_id, row.active) for row in rows
            ]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    with database.transaction() as session:
        session.add_all(
            [
                Competency(id=1, code="ORIGIN", name="Origin"),
                Competency(id=2, code="VAL", name="Valuation"),
                Course(id=1, code="CV", title="Customs valuation"),
            ]
        )
    return Desk(database, clock, settings)


def test_topics__new__are_as_they_stand_in_the_file(desk: Desk) -> None:
    assert desk.take(*ROWS).counts.new == 3
    assert desk.topics() == [
        ("Customs valuation", {}, 2, 1, True),
        ("Old", {}, None, None, False),
        ("Rules of origin", {"km": "វិធានដើមកំណើត"}, 1, None, True),
    ]


def test_topics__their_own_export__changes_nothing(desk: Desk) -> None:
    desk.take(*ROWS)
    assert TOPICS.export is not None
    with desk.database.transaction(readonly=True) as session:
        content = exporting.as_csv(TOPICS.export(session))
    report = desk.check_file(content)
    assert (report.counts.unchanged, report.counts.new, report.counts.changed) == (3, 0, 0)
    assert not report.faults


def test_topics__of_strange_codes__come_without_them(desk: Desk) -> None:
    report = desk.check("Rules,,ORIGINS,NONE,maybe")
    assert {fault.column for fault in report.faults} == {"competency", "course", "active"}


def test_topics__without_or_with_the_same_name__are_refused(desk: Desk) -> None:
    report = desk.check(",,VAL,,", "Rules,,,,", "Rules,,VAL,,")
    assert report.verdict is Verdict.REFUSED
    assert {fault.row for fault in report.faults} >= {2, 4}


def test_topics__taken_back__unless_a_wish_was_put_there(desk: Desk) -> None:
    desk.undo(desk.take(ROWS[1]))
    assert desk.topics() == []
    report = desk.take(ROWS[1])
    with desk.database.transaction() as session:
        topic_id = session.exec(select(Topic.id)).one()
        session.add(
            Need(channel=Channel.OFFICER, told_at=desk.clock.now(), words="x", topic_id=topic_id)
        )
    with pytest.raises(Refusal):
        desk.undo(report)
