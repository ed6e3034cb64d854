"""A message to many on its way: fed, paused, stopped, put off, approved, sent again."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, update

from bot.calendar import local_date
from bot.campaigns.broadcasts import drafting, feeding, running, sending
from bot.campaigns.broadcasts.states import Act
from bot.campaigns.broadcasts.wording import EMERGENCY
from bot.context import Ctx
from bot.delivery.claim import BATCH
from bot.errors import Refusal
from bot.i18n import render
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState, RecipientState
from bot.models.people import Grant, Person
from tests.integration.broadcasts.conftest import EXECUTIVE, MAKER, OFFICERS, SECOND, TEXT, Desk
from tests.statements import asked

R, S = RecipientState, BroadcastState
OFFICERS_ONLY = 'position "Officer"'


def test_sent_off__everybody__each_gets_it_once_in_their_language(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}
    texts = desk.officer_texts()
    assert len(texts) == OFFICERS
    assert texts.count(TEXT["km"]) == OFFICERS // 4
    assert desk.row(about).state is S.DONE


def test_batch__all_of_one_message__reads_it_once(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=1)  # the maker's message that says how far it is
    before = len(desk.officer_texts())
    with asked(desk.database.engine) as statements:
        desk.deliver(rounds=1)
    assert len(desk.officer_texts()) == before + BATCH
    assert sum("FROM broadcast WHERE" in one for one in statements) == 1
    assert desk.row(about).state is S.SENDING


def test_language__without_a_text__gets_the_fallback(desk: Desk) -> None:
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        drafting.set_text(ctx, about, "km", "")
        sending.send(ctx, about)
    desk.run_to_the_end()
    assert desk.officer_texts() == [TEXT["en"]] * OFFICERS


def test_pause__at_once__nothing_more_is_claimed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 20)
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=1)
    with desk.acting() as ctx:
        sending.pause(ctx, about)
    had = len(desk.officer_texts())
    desk.run_to_the_end()
    assert 0 < had <= BATCH
    assert len(desk.officer_texts()) == had
    assert desk.states(about) == {R.SENT: had, R.WAITING: OFFICERS - had}
    with desk.acting() as ctx:
        sending.resume(ctx, about)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}
    assert len(desk.officer_texts()) == OFFICERS


def test_queued__never_more_than_a_few(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 10)
    about = desk.sent_off(OFFICERS_ONLY)
    for _round in range(5):
        desk.tick()
    assert desk.states(about) == {R.QUEUED: 10, R.WAITING: OFFICERS - 10}


def test_stop__midway__who_waits_is_dropped_with_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 10)
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=2)
    with desk.acting() as ctx:
        sending.stop(ctx, about, "Wrong week")
    had = len(desk.officer_texts())
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: had, R.DROPPED: OFFICERS - had}
    assert {one.reason for one in desk.recipients(about)} == {"", "stopped"}
    assert desk.row(about).ended_at is not None


def test_daily_limit__reached__waits_in_the_list_for_tomorrow(desk: Desk) -> None:
    desk.set_policy("daily_messages", "1")
    first = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    second = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    assert desk.states(first) == {R.SENT: OFFICERS}
    assert desk.states(second) == {R.WAITING: OFFICERS}
    desk.clock.set(desk.clock.now() + dt.timedelta(days=1))
    desk.run_to_the_end()
    assert desk.states(second) == {R.SENT: OFFICERS}


def test_emergency__at_night_over_the_limit__goes_at_once(desk: Desk) -> None:
    desk.set_policy("daily_messages", "1")
    desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    desk.clock.set(dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC))
    about = desk.sent_off(OFFICERS_ONLY, BroadcastKind.EMERGENCY)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}
    marks = {render(EMERGENCY, language) for language in TEXT}
    last = [chat[max(chat)] for user, chat in desk.arrived.items() if user > EXECUTIVE]
    assert {text.splitlines()[0] for text in last} == marks


def test_night__begins_midway__who_waits_gets_it_in_the_morning(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 10)
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=2)
    desk.clock.set(dt.datetime(2026, 3, 2, 14, 0, tzinfo=dt.UTC))
    desk.run_to_the_end()
    waiting = [one for one in desk.recipients(about) if one.state is R.WAITING]
    assert waiting
    assert {one.due_at for one in waiting} == {dt.datetime(2026, 3, 3, 0, 0, tzinfo=dt.UTC)}


def test_readers_own_hour__two_zones__each_at_their_own(desk: Desk) -> None:
    with desk.acting(None) as ctx:
        far = update(Person).where(Person.id > 20)
        ctx.session.execute(far.values(timezone="Pacific/Fiji"))
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        day = local_date(ctx.now(), "UTC") + dt.timedelta(days=1)
        drafting.send_on(ctx, about, day, dt.time(9), by_reader=True)
        sending.send(ctx, about)
    desk.run_to_the_end()
    assert desk.states(about) == {}
    fiji = dt.datetime(2026, 3, 2, 21, 0, tzinfo=dt.UTC)
    desk.clock.set(fiji + dt.timedelta(seconds=1))
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: 23, R.WAITING: 17}
    desk.clock.set(dt.datetime(2026, 3, 3, 2, 0, 1, tzinfo=dt.UTC))
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}


def test_taken_back__and_sent_off_for_later__the_old_work_gathers_nobody(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    with desk.acting() as ctx:
        sending.take_back(ctx, about)
        drafting.send_on(ctx, about, dt.date(2026, 3, 9), dt.time(9), by_reader=False)
        sending.send(ctx, about)
    desk.run_to_the_end()
    assert desk.states(about) == {}
    assert desk.row(about).state is S.GATHERING


def test_too_many__a_second_person_approves__neither_maker_nor_sender(desk: Desk) -> None:
    desk.set_policy("broadcast_second_eyes", "39")
    about = desk.sent_off(OFFICERS_ONLY)
    assert desk.row(about).state is S.ASKED
    with desk.acting(MAKER) as ctx, pytest.raises(Refusal):
        sending.approve(ctx, about)
    with desk.acting(EXECUTIVE + 1) as ctx, pytest.raises(Refusal):
        sending.approve(ctx, about)
    row = desk.row(about)
    with desk.acting(None) as ctx:
        assert sending.approvers(ctx, row) == [SECOND, EXECUTIVE]
    with desk.acting(EXECUTIVE) as ctx:
        sending.approve(ctx, about)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}


def test_too_many__given_back__is_a_draft_with_the_reason(desk: Desk) -> None:
    desk.set_policy("broadcast_second_eyes", "39")
    about = desk.sent_off(OFFICERS_ONLY)
    with desk.acting(SECOND) as ctx:
        card = sending.decline(ctx, about, "Say which badge")
    assert (card.state, card.reason) == (S.DRAFT, "Say which badge")
    with desk.acting(SECOND) as ctx, pytest.raises(Refusal):
        sending.approve(ctx, about)


def test_audience__grew_past_the_limit_before_its_time__is_asked_about(desk: Desk) -> None:
    desk.set_policy("broadcast_second_eyes", "40")
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        drafting.send_on(ctx, about, dt.date(2026, 3, 2), dt.time(9), by_reader=False)
        sending.send(ctx, about)
    desk.set_policy("broadcast_second_eyes", "39")
    desk.clock.set(dt.datetime(2026, 3, 2, 9, 0, 1, tzinfo=dt.UTC))
    desk.run_to_the_end()
    assert desk.row(about).state is S.ASKED
    assert desk.states(about) == {}


def test_audience__grown_and_nobody_may_approve__its_maker_reads_why_it_stopped(
    desk: Desk,
) -> None:
    desk.set_policy("broadcast_second_eyes", "40")
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        drafting.send_on(ctx, about, dt.date(2026, 3, 2), dt.time(9), by_reader=False)
        sending.send(ctx, about)
    desk.set_policy("broadcast_second_eyes", "39")
    with desk.acting(None) as ctx:
        ctx.session.execute(delete(Grant).where(Grant.person_id != MAKER))
    desk.clock.set(dt.datetime(2026, 3, 2, 9, 0, 1, tzinfo=dt.UTC))
    desk.run_to_the_end()
    row = desk.row(about)
    assert row.state is S.STOPPED
    assert row.reason
    told = list(desk.arrived[MAKER].values())[-1]
    assert told.startswith("Stopped")
    assert f"Reason: {row.reason}" in told


def test_many_under_way__two_take_a_step_at_a_time__and_each_has_its_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    abouts = [desk.sent_off() for _one in range(5)]
    stepped: list[int | None] = []
    step = running.step

    def noted(ctx: Ctx, row: Broadcast) -> None:
        stepped.append(row.id)
        step(ctx, row)

    monkeypatch.setattr(running, "step", noted)
    desk.tick()
    for _round in range(3):
        before = len(stepped)
        desk.tick()
        assert len(stepped) - before == running.AT_ONCE
    assert set(stepped) == set(abouts)
    desk.set_policy("daily_messages", "20")
    desk.run_to_the_end()
    assert {desk.row(about).state for about in abouts} == {S.DONE}


def test_draft__of_another_part__is_out_of_reach(desk: Desk) -> None:
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting(EXECUTIVE + 1) as ctx, pytest.raises(Refusal):
        drafting.set_text(ctx, about, "en", "Mine now")
    with desk.acting(EXECUTIVE) as ctx, pytest.raises(Refusal):
        drafting.set_text(ctx, about, "en", "Mine now")


def test_sent__is_no_draft_any_more(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    with desk.acting() as ctx, pytest.raises(Refusal) as refused:
        drafting.set_text(ctx, about, "en", "Too late")
    assert str(refused.value) == "This message has been sent."
    with desk.acting() as ctx:
        assert Act.AGAIN in drafting.cards.card(ctx, about).acts
