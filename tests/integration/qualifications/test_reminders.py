"""Holders are told before what they hold ends: when, of what, once, and when not."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import policy
from bot.models.people import Person
from bot.models.qualifications import Curriculum, Qualification
from bot.models.records import TrainingRecord
from bot.people import leavers
from bot.scheduler.jobs import qualifications
from bot.training.qualifications import absence, earning
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import play, settle, titles

LAPSED = "A qualification of yours has lapsed"
TODAY = "A qualification of yours ends today"


def ends_in(days: int) -> str:
    unit = "day" if days == 1 else "days"
    return f"A qualification of yours ends in {days} {unit}"


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Two years, earned by valuation alone. Dara has it until the 28th of June."""
    row = academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")
    policy.change(academy.ctx, "go_live", "2026-01-01")
    academy.complete("dara", "VAL", "2024-06-28")
    return row


def row_of(academy: Academy, valuer: Curriculum, who: str = "dara") -> Qualification:
    row = academy.held(who, valuer)
    assert row is not None
    return row


def test_reminders__until_it_lapses__come_at_every_stage(
    academy: Academy, valuer: Curriculum
) -> None:
    read = play(academy, "2026-12-31")
    assert titles(read, "dara") == [
        ("2026-03-30", ends_in(90)),
        ("2026-05-29", ends_in(30)),
        ("2026-06-21", ends_in(7)),
        ("2026-06-28", TODAY),
        ("2026-06-29", LAPSED),
    ]


def test_reminder__with_a_class_to_come__shows_it(academy: Academy, valuer: Curriculum) -> None:
    held = academy.hold(begins_in=60)
    (letter,) = (one.letter for one in play(academy, "2026-04-01"))
    row = row_of(academy, valuer)
    assert letter.buttons == (f"c:{held.id}", f"myq1:{valuer.id}", f"qmore:{row.id}")
    for words in ("Valuer: valid until Jun 28, 2026.", "• Course VAL: class VAL-1 on May 1, 2026"):
        assert words in letter.text


def test_reminders__renewed_in_the_window__stop_and_begin_anew(
    academy: Academy, valuer: Curriculum
) -> None:
    play(academy, "2026-04-10")
    academy.complete("dara", "VAL", "2026-04-10")
    assert titles(play(academy, "2026-08-01"), "dara") == [
        ("2026-04-10", "A qualification of yours")
    ]


def test_reminder__queued_and_renewed_before_it_goes__is_dropped(
    academy: Academy, valuer: Curriculum
) -> None:
    play(academy, "2026-05-28")
    academy.clock.set(dt.datetime(2026, 5, 29, 2, 1, tzinfo=dt.UTC))
    qualifications.run(academy.ctx)
    academy.complete("dara", "VAL", "2026-05-29")
    assert titles(settle(academy), "dara") == [("2026-05-29", "A qualification of yours")]


def test_reminder__after_a_long_outage__is_the_latest_one(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.clock.set(dt.datetime(2026, 6, 25, 3, 0, tzinfo=dt.UTC))
    assert titles(play(academy, "2026-06-27"), "dara") == [("2026-06-25", ends_in(3))]


def test_lapse__during_an_outage__is_told_alone(academy: Academy, valuer: Curriculum) -> None:
    academy.clock.set(dt.datetime(2026, 7, 25, 3, 0, tzinfo=dt.UTC))
    assert titles(play(academy, "2026-08-27"), "dara") == [("2026-07-25", LAPSED)]


def test_reminders__of_what_had_lapsed_when_it_was_noted__never_come(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("rith", "VAL", "2020-01-10")
    assert titles(play(academy, "2026-03-20"), "rith") == []


def test_reminder__noted_within_its_window__is_the_latest_stage_once(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("rith", "VAL", "2024-03-22")
    assert titles(play(academy, "2026-03-10"), "rith") == [("2026-03-02", ends_in(20))]


def test_reminders__of_an_end_before_the_first_date_that_counts__never_come(
    academy: Academy, valuer: Curriculum
) -> None:
    policy.change(academy.ctx, "go_live", "2026-07-01")
    assert titles(play(academy, "2026-12-01"), "dara") == []


def test_reminders__with_grace__lapse_after_it(academy: Academy) -> None:
    policy.change(academy.ctx, "go_live", "2026-01-01")
    academy.curriculum("RKC", "LAW", valid_months=24, grace_days=20)
    academy.complete("rith", "LAW", "2024-03-22")
    read = play(academy, "2026-12-31")
    assert titles(read, "rith") == [
        ("2026-03-02", ends_in(20)),
        ("2026-03-15", ends_in(7)),
        ("2026-03-22", TODAY),
        ("2026-04-12", LAPSED),
    ]
    assert "It can be renewed until Apr 11, 2026; after that it has lapsed." in read[0].letter.text


def test_reminders__of_several_that_end_together__are_one_letter(academy: Academy) -> None:
    policy.change(academy.ctx, "go_live", "2026-01-01")
    for number in range(12):
        academy.curriculum(f"C{number}", "LAW", valid_months=24)
    academy.complete("rith", "LAW", "2024-03-22")
    (first, *_rest) = play(academy, "2026-03-03")
    assert first.title == "12 qualifications of yours end"
    assert "… and 4 more." in first.letter.text
    assert len(first.letter.text) < 4096


def test_reminders__to_readers_elsewhere__come_on_their_own_morning(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.person("dara").timezone = "Pacific/Apia"
    academy.clock.set(dt.datetime(2026, 3, 29, 19, 59, tzinfo=dt.UTC))
    assert settle(academy) == []
    academy.clock.set(dt.datetime(2026, 3, 29, 20, 0, tzinfo=dt.UTC))
    assert [one.title for one in settle(academy)] == [ends_in(90)]


def test_reminders__while_away__wait_and_time_is_left_after_the_return(
    academy: Academy, valuer: Curriculum
) -> None:
    person = academy.person("dara")
    person.away_until = dt.date(2026, 7, 15)
    absence.follow(academy.ctx, [academy.ids["dara"]])
    read = play(academy, "2026-12-31")
    assert titles(read, "dara") == [
        ("2026-07-16", "A qualification of yours has ended and can still be renewed"),
        ("2026-08-15", LAPSED),
    ]


def test_reminders__of_who_has_left__never_come_and_are_not_looked_at_again(
    academy: Academy, valuer: Curriculum
) -> None:
    person: Person = academy.person("dara")
    person.active = False
    leavers.left(academy.ctx, [academy.ids["dara"]])
    assert titles(play(academy, "2026-12-31"), "dara") == []
    assert row_of(academy, valuer).told_stage == -1


def test_reminders__withdrawn__stop(academy: Academy, valuer: Curriculum) -> None:
    play(academy, "2026-04-10")
    query = select(TrainingRecord).where(TrainingRecord.person_id == academy.ids["dara"])
    for record in academy.ctx.session.exec(query).all():
        academy.ctx.session.delete(record)
    academy.ctx.session.flush()
    earning.settle(academy.ctx, [academy.ids["dara"]])
    assert titles(play(academy, "2026-12-31"), "dara") == []


def test_earned__on_a_day_that_counts__is_told_once_with_its_last_day(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("rith", "VAL", "2026-03-02")
    (read,) = play(academy, "2026-03-10")
    assert (read.who, read.title) == ("rith", "A qualification of yours")
    assert "You have earned Valuer. It is valid until Mar 2, 2028." in read.letter.text


def test_earned__for_a_few_weeks__is_not_reminded_of_at_once(academy: Academy) -> None:
    academy.curriculum("SHORT", "LAW", valid_months=1)
    academy.complete("rith", "LAW", "2026-03-02")
    assert titles(play(academy, "2026-03-31"), "rith") == [
        ("2026-03-02", "A qualification of yours"),
        ("2026-03-26", ends_in(7)),
    ]


def test_days__changed_by_the_unit__count_from_then_on(
    academy: Academy, valuer: Curriculum
) -> None:
    play(academy, "2026-04-10")
    policy.change(academy.ctx, "qualification_days", "60, 14")
    assert titles(play(academy, "2026-06-20"), "dara") == [
        ("2026-04-29", ends_in(60)),
        ("2026-06-14", ends_in(14)),
    ]
