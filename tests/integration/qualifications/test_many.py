"""Where many are concerned: what is asked of the database does not grow with them, and what takes
long comes as a message.
"""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.campaigns import team_lapses
from bot.errors import Refusal
from bot.events import Event, EventKind
from bot.i18n import render
from bot.models.qualifications import Curriculum, Qualification, Requirement
from bot.models.work import WorkItem
from bot.people.access import OutOfReach
from bot.reports import registry
from bot.reports.qualification_figures import FIGURES
from bot.training.qualifications import curriculum_cards, figures, requiring
from bot.training.qualifications.marks import Mark
from handlers.unit import qualifications
from tests.integration.qualifications.conftest import Academy
from tests.statements import asked

TEAM = ("dara", "bopha", "rith", "maly", "bilal", "ayesha")


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Four have it, two of them until a day that is over."""
    row = academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")
    for key, day in zip(TEAM, ("2024-02-01", "2024-02-02", "2025-06-01", "2025-06-02"),
                        strict=False):  # fmt: skip
        academy.complete(key, "VAL", day)
    return row


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than three are many."""
    monkeypatch.setattr(figures, "MANY", 3)
    monkeypatch.setattr(curriculum_cards, "MANY", 3)


def engine_of(academy: Academy) -> Engine:
    bind = academy.ctx.session.get_bind()
    assert isinstance(bind, Engine)
    return bind


def test_figures__of_many__are_made_as_a_report_and_not_listed(
    academy: Academy, valuer: Curriculum, few: None
) -> None:
    unit, about = academy.acting("unit"), valuer.id or 0
    assert figures.is_many(unit, about)
    for show in (qualifications.show_figures, qualifications.show_offices):
        reply = show(unit, Event(1, EventKind.PRESS, 1, text=f"pressed:{about}:0"))
        assert reply.screen is not None
        assert render(reply.screen.body[0], "en").startswith("More than 3 people hold it")
    (work,) = academy.ctx.session.exec(select(WorkItem).where(WorkItem.kind == "report"))
    assert work.params == {"report": FIGURES.name, "params": {"curriculum": about}}
    with pytest.raises(Refusal, match="too many to list"):
        figures.people(unit, about, Mark.VALID, 0)
    assert curriculum_cards.card(unit, about).holders == 4


def test_report_of_figures__by_office__says_what_the_page_would(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, params = academy.acting("unit"), {"curriculum": valuer.id}
    data = FIGURES.read(unit, params)
    (screen,) = FIGURES.screens(data)
    assert [render(line, "en") for line in screen.body] == ["valid: 2", "lapsed: 2"]
    (book,) = FIGURES.files(data, "en")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-1][:7] == ("Poipet", "Mekong/Poipet", 2, 0, 0, 2, 0)
    registry.check(unit, FIGURES.name, params)
    with pytest.raises(OutOfReach):
        registry.check(academy.acting("dara"), FIGURES.name, params)
    with pytest.raises(Refusal, match="not there any more"):
        registry.check(unit, FIGURES.name, {"curriculum": 99})


def test_lapses__of_many_teams__are_told_with_as_many_statements(
    academy: Academy, valuer: Curriculum
) -> None:
    for number, key in enumerate(TEAM):
        academy.add_person(f"head{number}")
        academy.person(key).supervisor_id = academy.ids[f"head{number}"]
    academy.ctx.session.flush()
    day, rows = dt.date(2026, 3, 1), academy.ctx.session.exec(select(Qualification)).all()
    counts = []
    for size in (1, 4):
        lapsed = [(row.id or 0, row.person_id, day) for row in rows[:size]]
        academy.ctx.session.expire_all()
        with asked(engine_of(academy)) as statements:
            team_lapses.tell_of_lapses(academy.ctx, lapsed)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_requirements__of_many_curricula__are_read_with_as_many_statements(
    academy: Academy, valuer: Curriculum
) -> None:
    counts = []
    for number in range(2):
        row = academy.curriculum(f"MORE{number}", "VAL")
        academy.add(Requirement(position="Officer", curriculum_id=row.id))
        academy.ctx.session.flush()
        academy.ctx.session.expire_all()
        with asked(engine_of(academy)) as statements:
            assert len(requiring.everything(academy.acting("unit"))) == number + 1
        counts.append(len(statements))
    assert counts[0] == counts[1]
