"""Sent again to those who did not get it; who confirmed that they read it is left alone."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.campaigns.broadcasts import acknowledging, again
from bot.delivery.claim import Claimed
from bot.delivery.failures import Failure, SendResult
from bot.errors import Refusal
from bot.models.broadcasts import RecipientState
from bot.models.chats import Chat
from tests.integration.broadcasts.conftest import OFFICERS, SECOND, Desk

R = RecipientState
OFFICERS_ONLY = 'position "Officer"'


def flaky(desk: Desk, message: Claimed) -> SendResult:
    """Every fourth blocks the bot, every fifth is lost on the way, to the rest it comes."""
    if message.user_id % 4 == 0:
        return SendResult(failure=Failure.BLOCKED)
    if message.user_id % 5 == 0:
        return SendResult(failure=Failure.UNKNOWN)
    return desk.arrive(message)


def test_again__to_who_did_not_get_it__nobody_twice(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end(lambda message: flaky(desk, message))
    first = desk.states(about)
    assert set(first) == {R.SENT, R.FAILED, R.UNKNOWN}
    had = len(desk.officer_texts())
    with desk.acting(None) as ctx:
        ctx.session.execute(update(Chat).values(blocked_at=None))
    with desk.acting() as ctx:
        assert again.missed(ctx, about, with_unknown=False) == first[R.FAILED]
        again.send(ctx, about, with_unknown=False)
    desk.run_to_the_end()
    assert desk.states(about) == {R.SENT: OFFICERS - first[R.UNKNOWN], R.UNKNOWN: first[R.UNKNOWN]}
    assert len(desk.officer_texts()) == had + first[R.FAILED]
    with desk.acting() as ctx, pytest.raises(Refusal):
        again.send(ctx, about, with_unknown=False)


def test_again__unknown_chosen__not_to_who_confirmed_it(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end(lambda message: flaky(desk, message))
    unknown = [one for one in desk.recipients(about) if one.state is R.UNKNOWN]
    with desk.acting(unknown[0].person_id) as ctx:
        assert acknowledging.acknowledge(ctx, about)
        assert not acknowledging.acknowledge(ctx, about)
    with desk.acting() as ctx:
        failed = again.missed(ctx, about, with_unknown=False)
        assert again.missed(ctx, about, with_unknown=True) == failed + len(unknown) - 1


def test_acknowledge__not_a_recipient__is_refused(desk: Desk) -> None:
    about = desk.sent_off(OFFICERS_ONLY)
    desk.run_to_the_end()
    with desk.acting(SECOND) as ctx, pytest.raises(Refusal):
        acknowledging.acknowledge(ctx, about)
