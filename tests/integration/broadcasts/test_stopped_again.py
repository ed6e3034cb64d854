"""Another round that is paused or stopped before its readers were looked up."""

from __future__ import annotations

from bot.campaigns.broadcasts import again, cards, running, sending
from bot.campaigns.broadcasts.progress import EVERY
from bot.campaigns.broadcasts.states import Act
from bot.delivery.claim import Claimed
from bot.delivery.failures import Failure, SendResult
from bot.models.broadcasts import RecipientState
from tests.integration.broadcasts.conftest import Desk


def refused(_message: Claimed) -> SendResult:
    return SendResult(failure=Failure.REFUSED)


def begun_again(desk: Desk) -> int:
    """A message that nobody got, sent off once more a moment ago."""
    about = desk.sent_off()
    desk.run_to_the_end(refused)
    with desk.acting() as ctx:
        again.send(ctx, about, with_unknown=False)
    return about


def test_again__stopped_at_once__rests_and_can_be_sent_again(desk: Desk) -> None:
    about = begun_again(desk)
    with desk.acting() as ctx:
        sending.stop(ctx, about, "not yet")
    desk.run_to_the_end()
    assert desk.row(about).ended_at is not None
    assert desk.officer_texts() == []
    with desk.acting() as ctx:
        assert cards.card(ctx, about).can(Act.AGAIN)
        again.send(ctx, about, with_unknown=False)
    desk.run_to_the_end()
    assert set(desk.states(about)) <= {RecipientState.SENT, RecipientState.DROPPED}
    assert len(desk.officer_texts()) == desk.states(about)[RecipientState.SENT] - 3


def test_again__paused_at_once__there_is_nothing_to_do_until_it_goes_on(desk: Desk) -> None:
    about = begun_again(desk)
    with desk.acting() as ctx:
        sending.pause(ctx, about)
    desk.run_to_the_end()
    now = desk.clock.now()
    with desk.acting(None) as ctx:
        assert running.next_due(ctx, now) != now + EVERY
    with desk.acting() as ctx:
        sending.resume(ctx, about)
    desk.run_to_the_end()
    assert RecipientState.FAILED not in desk.states(about)
