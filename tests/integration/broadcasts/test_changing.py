"""What was sent is corrected or withdrawn: in place, whatever happens meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.campaigns.broadcasts import acknowledging, correcting, drafting, feeding, sending
from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import Failure, SendResult
from bot.delivery.outcome import record
from bot.errors import Refusal
from bot.i18n import _, render
from bot.models.broadcasts import BroadcastState, RecipientState
from tests.integration.broadcasts.conftest import EXECUTIVE, OFFICERS, TEXT, Desk

R, S = RecipientState, BroadcastState
OFFICERS_ONLY = 'position "Officer"'
BETTER = "Bring your badge and a pen."
CORRECTED = f"This message has been corrected.\n\n{BETTER}"


def correct(desk: Desk, about: int, text: str = BETTER) -> None:
    desk.clock.set(desk.clock.now() + dt.timedelta(seconds=30))
    with desk.acting() as ctx:
        correcting.correct(ctx, about, {"en": text})


def shown(desk: Desk) -> dict[str, int]:
    """How many officers' messages say what, the Khmer ones apart."""
    found: dict[str, int] = {}
    for text in desk.officer_texts():
        if TEXT["km"] not in text:
            found[text] = found.get(text, 0) + 1
    return found


@pytest.mark.parametrize("most", [1, 7, 300])
def test_correct__all_sent__every_message_changes_in_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    monkeypatch.setattr(feeding, "MOST_QUEUED", most)
    correct(desk, about)
    assert desk.row(about).ended_at is None
    desk.run_to_the_end()
    assert shown(desk) == {CORRECTED: OFFICERS - OFFICERS // 4}
    assert {one.told_correction for one in desk.recipients(about)} == {1}
    assert (desk.row(about).state, desk.row(about).ended_at is None) == (S.DONE, False)


def test_correct__while_paused_midway__who_has_it_is_corrected_who_waits_gets_it_new(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 14)
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=3)
    with desk.acting() as ctx:
        sending.pause(ctx, about)
    desk.tick()
    had = sum(shown(desk).values())
    correct(desk, about)
    desk.run_to_the_end()
    assert shown(desk) == {CORRECTED: had}
    with desk.acting() as ctx:
        sending.resume(ctx, about)
    desk.run_to_the_end()
    assert shown(desk) == {CORRECTED: had, BETTER: OFFICERS - OFFICERS // 4 - had}
    assert desk.states(about) == {R.SENT: OFFICERS}


def test_correct__in_the_couriers_hands__is_corrected_once_it_arrived(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    with desk.acting(None) as ctx:
        in_hand = claim(ctx)
    correct(desk, about)
    desk.tick()
    with desk.acting(None) as ctx:
        record(ctx, [(one, desk.arrive(one)) for one in in_hand])
    desk.run_to_the_end()
    assert TEXT["en"] not in shown(desk)
    assert {one.told_correction for one in desk.recipients(about)} == {1}


def test_correct__twice_quickly__all_end_with_the_last_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    monkeypatch.setattr(feeding, "MOST_QUEUED", 9)
    correct(desk, about, "Bring nothing.")
    desk.tick()
    desk.deliver(rounds=1)
    correct(desk, about)
    desk.run_to_the_end()
    assert shown(desk) == {CORRECTED: OFFICERS - OFFICERS // 4}
    assert {one.told_correction for one in desk.recipients(about)} == {2}


def unlucky(desk: Desk, message: Claimed) -> SendResult:
    """One chat blocks the bot, in one the message is gone; the others take the edit."""
    if message.user_id == EXECUTIVE + 2:
        return SendResult(failure=Failure.BLOCKED)
    if message.user_id == EXECUTIVE + 3 and message.edits is not None:
        return SendResult(failure=Failure.NOT_EDITABLE)
    return desk.arrive(message)


def test_correct__cannot_be_edited__is_sent_anew_and_failures_are_known(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    correct(desk, about)
    desk.run_to_the_end(lambda message: unlucky(desk, message))
    by_person = {one.person_id: one for one in desk.recipients(about)}
    blocked, anew = by_person[EXECUTIVE + 2], by_person[EXECUTIVE + 3]
    assert (blocked.state, blocked.reason) == (R.SENT, "not corrected: blocked")
    assert blocked.told_correction == 0
    assert (anew.state, anew.told_correction) == (R.SENT, 1)
    assert list(desk.arrived[EXECUTIVE + 3].values()) == [TEXT["en"], CORRECTED]
    assert desk.row(about).ended_at is not None


def test_correct__not_known_whether_it_arrived__gets_the_new_words(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    lost = SendResult(failure=Failure.UNKNOWN)
    desk.run_to_the_end(lambda one: lost if one.user_id == EXECUTIVE + 2 else desk.arrive(one))
    assert desk.states(about)[R.UNKNOWN] == 1
    correct(desk, about)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS}
    assert list(desk.arrived[EXECUTIVE + 2].values()) == [CORRECTED]


@pytest.mark.parametrize("text", [TEXT["en"], "", "x" * 4000])
def test_correct__same_blank_or_too_long__is_refused(desk: Desk, text: str) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    with desk.acting() as ctx, pytest.raises(Refusal):
        correcting.correct(ctx, about, {"en": text})


def test_recall__midway__who_has_it_reads_why_and_who_waits_gets_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_QUEUED", 10)
    about = desk.sent_off(OFFICERS_ONLY)
    desk.tick()
    desk.tick()
    desk.deliver(rounds=1)
    with desk.acting() as ctx:
        correcting.recall(ctx, about, "Wrong week")
    desk.run_to_the_end()
    texts = desk.officer_texts()
    assert 0 < len(texts) < OFFICERS
    titles = {render(_("A message to you was withdrawn"), language) for language in TEXT}
    assert {text.splitlines()[0] for text in texts} <= titles
    assert all("Wrong week" in text for text in texts)
    assert desk.states(about) == {R.SENT: len(texts), R.DROPPED: OFFICERS - len(texts)}
    assert (desk.row(about).state, desk.row(about).ended_at is None) == (S.RECALLED, False)
    reader = next(one.person_id for one in desk.recipients(about) if one.state is R.SENT)
    with desk.acting(reader) as ctx, pytest.raises(Refusal):
        acknowledging.acknowledge(ctx, about)


def test_discard__a_draft__is_gone_and_what_was_sent_stays(desk: Desk) -> None:
    about = desk.draft()
    sent = desk.sent_off(OFFICERS_ONLY)
    with desk.acting() as ctx:
        drafting.discard(ctx, about)
        with pytest.raises(Refusal):
            drafting.discard(ctx, sent)
    with desk.acting() as ctx, pytest.raises(Refusal) as refused:
        drafting.discard(ctx, about)
    assert str(refused.value) == "This message is not there any more."
