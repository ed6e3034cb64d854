"""More time to renew: asked for, given or not, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import SQLModel

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import render
from bot.models.delivery import ItemState, OutboxItem
from bot.models.qualifications import Curriculum, Qualification
from bot.people import editing
from bot.people.access import OutOfReach
from bot.scheduler.jobs import qualifications
from bot.training.qualifications import extensions
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import play, settle, titles
from tests.statements import asked

ASKED = "An officer asks for more time to renew"
GIVEN, NOT_GIVEN = "You have more time to renew", "No more time is given to renew"
LAPSED = "A qualification of yours has lapsed"


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Dara has it until the 20th of March; his supervisor is Sokha."""
    policy.change(academy.ctx, "go_live", "2026-01-01")
    row = academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")
    academy.complete("dara", "VAL", "2024-03-20")
    settle(academy)
    return row


def row_of(academy: Academy, valuer: Curriculum) -> Qualification:
    row = academy.held("dara", valuer)
    assert row is not None
    return row


def test_request__comes_to_the_supervisor_with_its_reason(
    academy: Academy, valuer: Curriculum
) -> None:
    row = row_of(academy, valuer)
    extensions.ask(academy.acting("dara"), row.id, "I am on mission.")
    (read,) = settle(academy)
    assert (read.who, read.title) == ("sokha", ASKED)
    assert read.letter.buttons == (f"qext:{row.id}",)
    for words in ("Sok Dara: Valuer, valid until Mar 20, 2026", "Reason: I am on mission."):
        assert words in read.letter.text


def test_request__that_waits__is_found_by_what_it_is_about(
    academy: Academy, valuer: Curriculum
) -> None:
    session, about = academy.ctx.session, row_of(academy, valuer).id
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    with asked(bind) as statements:
        assert extensions.open_request(academy.ctx, about) is None
    (statement,) = statements
    plan = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")
    )
    assert any("ix_audit_entry_object" in row[-1] for row in plan)


def test_request__asked_twice__is_refused(academy: Academy, valuer: Curriculum) -> None:
    row = row_of(academy, valuer)
    extensions.ask(academy.acting("dara"), row.id, "I am on mission.")
    with pytest.raises(Refusal, match="asked for already"):
        extensions.ask(academy.acting("dara"), row.id, "Please.")


def test_request__about_what_is_not_ones_own__is_refused(
    academy: Academy, valuer: Curriculum
) -> None:
    with pytest.raises(OutOfReach):
        extensions.ask(academy.acting("rith"), row_of(academy, valuer).id, "Please.")


def test_request__before_the_window__says_from_when(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2026-02-01")
    settle(academy)
    with pytest.raises(Refusal) as refused:
        extensions.ask(academy.acting("dara"), row_of(academy, valuer).id, "Please.")
    assert render(refused.value.sentence, "en").endswith("has begun: on Nov 3, 2027.")


def test_request__without_a_supervisor__comes_to_the_unit(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.person("dara").supervisor_id = None
    extensions.ask(academy.acting("dara"), row_of(academy, valuer).id, "Please.")
    assert [one.who for one in settle(academy)] == ["unit"]


def test_request__decided_before_it_goes__is_dropped(academy: Academy, valuer: Curriculum) -> None:
    row = row_of(academy, valuer)
    extensions.ask(academy.acting("dara"), row.id, "Please.")
    extensions.refuse(academy.acting("sokha"), row.id, "We need you certified.")
    assert [(one.who, one.title) for one in settle(academy)] == [("dara", NOT_GIVEN)]


def test_extension__tells_reminds_before_its_end_and_lapses_after_it(
    academy: Academy, valuer: Curriculum
) -> None:
    extensions.extend(
        academy.acting("sokha"), row_of(academy, valuer).id, dt.date(2026, 5, 31), "On mission."
    )
    read = play(academy, "2026-12-31")
    assert titles(read, "dara") == [
        ("2026-03-02", GIVEN),
        ("2026-03-13", "A qualification of yours ends in 7 days"),
        ("2026-03-20", "A qualification of yours ends today"),
        ("2026-05-24", "A qualification of yours has ended and can still be renewed"),
        ("2026-06-01", LAPSED),
    ]
    first = next(one.letter.text for one in read if one.who == "dara")
    assert "Valuer: you may renew it until May 31, 2026." in first
    assert "Reason: On mission." in first
    row = row_of(academy, valuer)
    assert (row.extended_by, row.extended_why) == (academy.ids["sokha"], "On mission.")


def test_extension__after_the_lapse__brings_it_back_and_a_second_lapse_is_told(
    academy: Academy, valuer: Curriculum
) -> None:
    assert titles(play(academy, "2026-04-01"), "dara")[-1] == ("2026-03-21", LAPSED)
    extensions.extend(
        academy.acting("sokha"), row_of(academy, valuer).id, dt.date(2026, 4, 20), "Once more."
    )
    assert titles(play(academy, "2026-12-31"), "dara") == [
        ("2026-04-01", GIVEN),
        ("2026-04-13", "A qualification of yours has ended and can still be renewed"),
        ("2026-04-21", LAPSED),
    ]


def test_lapse__still_queued_when_a_second_one_comes__is_dropped(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.clock.set(dt.datetime(2026, 3, 25, 3, 0, tzinfo=dt.UTC))
    qualifications.run(academy.ctx)
    extensions.extend(
        academy.acting("sokha"), row_of(academy, valuer).id, dt.date(2026, 4, 20), "Once more."
    )
    academy.clock.set(dt.datetime(2026, 4, 21, 3, 0, tzinfo=dt.UTC))
    qualifications.run(academy.ctx)
    assert titles(settle(academy), "dara") == [("2026-04-21", LAPSED)]
    told = select(OutboxItem.state).where(OutboxItem.notice == "qualification_lapsed")
    found = academy.ctx.session.scalars(told.order_by(OutboxItem.id)).all()
    assert found == [ItemState.DROPPED, ItemState.SENT]


def test_extension__renewed_meanwhile__reminds_of_nothing(
    academy: Academy, valuer: Curriculum
) -> None:
    extensions.extend(
        academy.acting("sokha"), row_of(academy, valuer).id, dt.date(2026, 5, 31), "On mission."
    )
    play(academy, "2026-04-10")
    academy.complete("dara", "VAL", "2026-04-10")
    assert titles(play(academy, "2026-12-31"), "dara") == [
        ("2026-04-10", "A qualification of yours")
    ]


def test_extension__that_gives_no_time__is_refused(academy: Academy, valuer: Curriculum) -> None:
    row = row_of(academy, valuer)
    with pytest.raises(Refusal):
        extensions.extend(academy.acting("sokha"), row.id, dt.date(2026, 3, 20), "Why not.")


@pytest.mark.parametrize("until", [dt.date(2028, 3, 21), dt.date.max])
def test_extension__more_than_two_years_long__is_refused_and_says_until_when(
    academy: Academy, valuer: Curriculum, until: dt.date
) -> None:
    row = row_of(academy, valuer)
    with pytest.raises(Refusal) as refused:
        extensions.extend(academy.acting("sokha"), row.id, until, "On mission.")
    assert render(refused.value.sentence, "en").endswith("until Mar 20, 2028 at the latest.")
    assert row.extended_until is None
    extensions.extend(academy.acting("sokha"), row.id, dt.date(2028, 3, 20), "On mission.")


@pytest.mark.parametrize("who", ["dara", "rith", "trainer"])
def test_extension__by_who_does_not_decide__is_refused(
    academy: Academy, valuer: Curriculum, who: str
) -> None:
    with pytest.raises(OutOfReach):
        extensions.extend(
            academy.acting(who), row_of(academy, valuer).id, dt.date(2026, 5, 31), "Why not."
        )


def test_extension__while_the_supervisor_is_away__is_for_the_next_in_line(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.person("sokha").away_until = dt.date(2026, 4, 30)
    row = row_of(academy, valuer)
    extensions.ask(academy.acting("dara"), row.id, "Please.")
    assert [one.who for one in settle(academy)] == ["director"]
    extensions.extend(academy.acting("director"), row.id, dt.date(2026, 5, 31), "On mission.")


def test_refusal__that_nobody_asked_for__is_refused(academy: Academy, valuer: Curriculum) -> None:
    with pytest.raises(Refusal, match="Nobody waits"):
        extensions.refuse(academy.acting("sokha"), row_of(academy, valuer).id, "No.")


def test_request__from_who_moves_to_another_team__is_no_longer_the_old_supervisors(
    academy: Academy, valuer: Curriculum
) -> None:
    row = row_of(academy, valuer)
    extensions.ask(academy.acting("dara"), row.id, "Please.")
    editing.edit(academy.acting("unit"), academy.ids["dara"], {"supervisor": "1001"})
    assert [one.who for one in settle(academy) if one.title == ASKED] == []


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("dara", lambda ctx, number: extensions.ask(ctx, number, "Please.")),
        (
            "sokha",
            lambda ctx, number: extensions.extend(ctx, number, dt.date(2026, 5, 31), "Yes."),
        ),
        ("sokha", lambda ctx, number: extensions.refuse(ctx, number, "No.")),
    ],
)
def test_acts__on_what_another_has_renewed_since_it_was_read__are_refused(
    academy: Academy, valuer: Curriculum, who: str, act: Callable[[Ctx, int], object]
) -> None:
    row = row_of(academy, valuer)
    if who == "sokha":
        extensions.ask(academy.acting("dara"), row.id, "Please.")
    academy.ctx.session.flush()
    table = SQLModel.metadata.tables["qualification"]
    academy.ctx.session.execute(update(table).where(table.c.id == row.id).values(current=False))
    assert row.current
    with pytest.raises(Refusal, match="newer one has taken its place"):
        act(academy.acting(who), row.id)
