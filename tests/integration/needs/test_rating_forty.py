"""Forty people at twelve competencies on a phone: screens that fit, presses that cost little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.encoder import encode
from bot.events import Event, EventKind
from bot.models.needs import CompetencyLevel, CompetencyRating
from bot.models.people import Person
from bot.needs.competencies import MOST_LEVELS
from bot.screens import Screen
from handlers.supervisor import ratings
from tests.integration.needs.house import House
from tests.statements import asked

TEAM, COMPETENCIES = 40, 12
KHMER = "ចាត់ថ្នាក់\u200bទំនិញ\u200bតាម\u200bវិធាន\u200bទូទៅ "
LONGEST = 300


@pytest.fixture
def crowd(database: Database, clock: FixedClock, settings: Settings) -> Iterator[House]:
    """A team of forty whose post requires twelve competencies, each described at length."""
    with database.transaction() as session:
        house = House(Ctx(session, clock, SYSTEM, settings))
        sokha = session.get_one(Person, house.ids["sokha"])
        for number in range(TEAM - 6):
            house.add(
                Person(
                    staff_no=f"9{number:03}",
                    full_name=f"{KHMER}{number}",
                    unit_id=sokha.unit_id,
                    position="Officer",
                    supervisor_id=sokha.id,
                )
            )
        for number in range(COMPETENCIES - 2):
            house.require(house.competency(f"C{number}", MOST_LEVELS), 3)
        for level in session.exec(select(CompetencyLevel)):
            level.behaviour = (KHMER * 20)[:LONGEST]
        session.flush()
        yield house


def pressed(ctx: Ctx, handler, data: str) -> Screen:
    reply = handler(ctx, Event(1, EventKind.PRESS, 1, text=data))
    assert reply.screen is not None
    return reply.screen


def whole(screen: Screen) -> None:
    """Nothing of it is cut: every line and every button arrives."""
    sent = encode(screen, "km", 1_000)
    shown = [button for row in screen.rows for button in row]
    assert sent.reply_markup is not None
    kept = [button for row in sent.reply_markup["inline_keyboard"] for button in row]
    assert len(kept) == len(shown)
    assert all(len(button["callback_data"].encode()) <= 64 for button in kept)
    assert all(str(line) in sent.text for line in screen.body if isinstance(line, str))
    assert "…" not in sent.text
    assert all("…" not in button["text"] for button in kept)


def test_screens__of_forty_people__fit_into_a_message(crowd: House) -> None:
    ctx = crowd.as_("sokha")
    whole(pressed(ctx, ratings.show_start, "rate"))
    for page in range(2):
        whole(pressed(ctx, ratings.show_competencies, f"ratecs:{page}"))
        whole(pressed(ctx, ratings.show_person, f"ratep:{crowd.ids['dara']}:{page}"))
    for page in range(5):
        whole(pressed(ctx, ratings.show_people, f"rateps:{page}"))
    for page in range(7):
        whole(pressed(ctx, ratings.show_competency, f"ratec:{crowd.hs + 5}:{page}"))


def test_taps__one_a_person__rate_a_competency_of_all_forty(crowd: House) -> None:
    ctx = crowd.as_("sokha")
    screen = pressed(ctx, ratings.show_competency, f"ratec:{crowd.hs}:0")
    taps = pages = 0
    while True:
        for row in screen.rows:
            level = [button for button in row if button.action.startswith("rtc:")]
            if level:
                screen = pressed(ctx, ratings.rate_among_people, level[4].action)
                taps += 1
        following = [b.action for row in screen.rows for b in row if str(b.label) == "›"]
        if not following:
            break
        screen = pressed(ctx, ratings.show_competency, following[0])
        pages += 1
    rows = crowd.session.exec(select(CompetencyRating)).all()
    assert (taps, pages, len(rows)) == (40, 6, 40)
    assert {row.level for row in rows} == {4}


def test_tap__whatever_the_size_of_the_team__asks_the_database_as_often(
    crowd: House, database: Database
) -> None:
    ctx = crowd.as_("sokha")
    counts = []
    data = f"rtc:{crowd.round}:{crowd.ids['dara']}:{crowd.hs}:3:0"
    pressed(ctx, ratings.rate_among_people, data)
    for leaving in (True, False):
        with asked(database.engine) as statements:
            pressed(ctx, ratings.rate_among_people, data)
        counts.append(len(statements))
        if leaving:
            for person in crowd.session.exec(select(Person).where(Person.staff_no > "9")):
                person.active = False
            crowd.session.flush()
    assert counts[0] == counts[1]
