"""One message for everything that somebody is asked about a class, and about each officer."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.notices import registry
from bot.delivery.notices.registry import NOTICES, Item, Reader
from bot.delivery.rendering import rendered
from bot.i18n import render
from bot.models.evaluation import AssignmentState
from bot.screens import Screen
from tests.integration.evaluation.followed import Followed


@pytest.fixture
def followed(school) -> Followed:
    registry.load_all()
    return Followed(school)


@pytest.fixture
def boss(followed):
    return followed.school.person("Boss")


def asked_about(followed, boss, count: int) -> None:
    officers = [followed.officer(boss) for _each in range(count)]
    for number, officer in enumerate(officers, start=1):
        officer.full_name = f"Officer {number}"
    followed.held("2026-03-04", *officers)
    followed.at("2026-04-04T02:00")


def rows_of(followed, boss, *notices: str):
    told = [row for name in notices for row in followed.school.told(name)]
    return [row for row in told if row.person_id == boss.id]


def read_by(boss) -> Reader:
    return Reader(1, boss.id, "en", "UTC", dt.datetime(2026, 4, 4, 3, tzinfo=dt.UTC))


def told(followed, boss, *notices: str) -> Screen:
    rows = rows_of(followed, boss, *(notices or ("follow_up_due",)))
    _told, screen = rendered(followed.school.ctx, rows, read_by(boss))
    assert isinstance(screen, Screen)
    return screen


def lines(screen: Screen) -> list[str]:
    return [render(line, "en") for line in (screen.title, *screen.body)]


def buttons(screen: Screen) -> list[str]:
    return [button.action for row in screen.rows for button in row]


def test_one__officer__is_named_with_a_button(followed, boss):
    asked_about(followed, boss, 1)
    screen = told(followed, boss)
    assert "Officer 1" in "\n".join(lines(screen))
    (row,) = followed.open("follow_up_supervisor")
    assert buttons(screen) == [f"t:{row.id}"]


def test_twelve__officers__are_one_message_answered_in_a_row(followed, boss):
    asked_about(followed, boss, 12)
    screen = told(followed, boss)
    words = lines(screen)
    assert words[0] == "12 questionnaires are open for you"
    assert sum("Officer" in line for line in words) == 12
    assert len([line for line in words if line.startswith("Follow-up")]) == 1
    first = followed.open("follow_up_supervisor")[0]
    assert buttons(screen) == [f"t:{first.id}", "tasks"]


def test_very_many__officers__are_counted_behind_the_first(followed, boss):
    asked_about(followed, boss, 25)
    assert "… and 5 more." in lines(told(followed, boss))


def test_some__answered_by_then__are_left_out(followed, boss):
    asked_about(followed, boss, 3)
    followed.open("follow_up_supervisor")[0].state = AssignmentState.ANSWERED
    followed.school.session.flush()
    assert lines(told(followed, boss))[0] == "2 questionnaires are open for you"


def test_all__answered_by_then__are_not_told(followed, boss):
    asked_about(followed, boss, 1)
    followed.open("follow_up_supervisor")[0].state = AssignmentState.ANSWERED
    followed.school.session.flush()
    items = [
        Item(row.id, row.params, row.due_at) for row in rows_of(followed, boss, "follow_up_due")
    ]
    assert NOTICES["follow_up_due"].holds(followed.school.ctx, items) == []


def test_kinds__of_one_morning__are_one_message_with_a_line_each(followed, boss):
    school = followed.school
    held = school.training_class(trainees=4, ends_on=dt.date(2026, 4, 3))
    school.enrol(held, boss)
    followed.held("2026-03-03", followed.officer(boss))
    school.at("2026-04-03T10:00").tick()
    followed.at("2026-04-03T10:00")
    rows = rows_of(followed, boss, "reaction_due", "follow_up_due")
    assert {row.merge for row in rows} == {"tasks"}
    screen = told(followed, boss, "reaction_due", "follow_up_due")
    assert len(screen.body) == 2
    assert buttons(screen) == ["tasks"]
