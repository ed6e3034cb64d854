"""One press after the other through the update's whole unit of work, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

from bench import questionnaire
from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import Actor, Ctx
from bot.db import Database
from bot.events import Event, EventKind
from bot.forms import service, versions
from bot.models.chats import Chat
from bot.models.forms import Draft
from bot.models.people import Person, Unit
from bot.people import privacy
from handlers.edge import middleware
from handlers.edge.middleware import Desk, Outgoing

root.register_speaking()
ACCOUNT = 7_000_001
ZONE = "Asia/Phnom_Penh"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rollcall.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def desk(clock: FixedClock, address: str) -> Desk:
    return Desk(424242, clock, Settings(_env_file=None, database_url=address, timezone=ZONE))


def begin(session: Session, desk: Desk) -> int:
    """A linked officer in front of the first question; the draft's id."""
    session.add(Unit(id=1, name="Port", path="Coast/Port"))
    session.flush()
    session.add(Person(id=1, staff_no="P-1", full_name="Sok Dara", unit_id=1))
    session.flush()
    session.add(Chat(user_id=ACCOUNT, person_id=1, message_id=1, privacy_version=privacy.VERSION))
    session.flush()
    ctx = Ctx(session, desk.clock, Actor(1, ACCOUNT, "en", ZONE), desk.settings)
    versions.publish(ctx, questionnaire.NAME, questionnaire.form())
    return service.begin(ctx, questionnaire.NAME)


def press(session: Session, desk: Desk, update: int, data: str, revision: str = "") -> Outgoing:
    event = Event(
        update,
        EventKind.PRESS,
        ACCOUNT,
        text=data,
        revision=revision,
        message_id=1,
        press_id=str(update),
    )
    return middleware.handle(session, desk, event)


def answers(session: Session) -> dict[str, str]:
    return dict(session.exec(select(Draft.state)).one()["answers"])


@pytest.mark.filterwarnings("ignore::platformdirs.api.RuntimeDirWarning")
def test_presses__answered_repeated_stale_and_refused__as_they_should(
    database: Database, desk: Desk
) -> None:
    with database.transaction() as session:
        draft = begin(session, desk)
    with database.transaction() as session:
        shown = press(session, desk, 1, f"q:{draft}:0:i3")
        assert (shown.edit, shown.revision, shown.has_told) == (1, 1, False)
        assert "Question 2 of 40" in shown.encoded.text if shown.encoded else False
        assert answers(session) == {"a0": "4"}
    with database.transaction() as session:
        again = press(session, desk, 1, f"q:{draft}:0:i1")
        assert again.encoded == shown.encoded, "not shown yet, so it is shown again"
        late = press(session, desk, 2, f"f:{draft}:back", revision="9")
        assert late.toast
        refused = press(session, desk, 3, f"f:{draft}:submit", revision="1")
        assert refused.revision == 2
        assert answers(session) == {"a0": "4"}
        assert session.exec(select(Chat.draft_id)).one() == draft
