"""What pages about messages ask of the database: an audience is counted once, and whether there is
anything to report without reporting it.
"""

from __future__ import annotations

from bot.campaigns.audiences import counting
from bot.campaigns.audiences.counting import Reached
from bot.campaigns.audiences.rule import Everybody
from bot.campaigns.broadcasts import cards, headcount, reporting
from bot.delivery.claim import Claimed
from bot.delivery.failures import Failure, SendResult
from bot.models.broadcasts import RecipientState
from bot.models.chats import Chat
from bot.reports import registry
from bot.reports.broadcast import BROADCAST
from bot.reports.reach import REACH
from handlers.unit.broadcast_screens import screen_of
from tests.integration.broadcasts.conftest import EXECUTIVE, OFFICERS, Desk
from tests.statements import asked

EVERYBODY = OFFICERS + EXECUTIVE


def test_draft__shown__counts_its_audience_once(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx:
        card = cards.card(ctx, about)
        with asked(desk.database.engine) as statements:
            screen_of(ctx, card)
    assert len([one for one in statements if "count(*)" in one and " person" in one]) == 1


def test_headcount__by_way_and_language__is_what_counting_each_says(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx:
        chat = ctx.session.get_one(Chat, 12)
        chat.blocked_at, chat.language = ctx.now(), "ur"
        ctx.session.flush()
        found = headcount.of(ctx, about)
        assert found is not None
        assert found.counted == counting.count(ctx, Everybody())
        assert found.counted.by[Reached.BLOCKED] == 1
        assert found.languages == {"en": 33, "km": 9, "ur": 1}
        assert sum(found.languages.values()) == EVERYBODY


def flaky(desk: Desk, message: Claimed) -> SendResult:
    if message.user_id % 4 == 0:
        return SendResult(failure=Failure.BLOCKED)
    return desk.arrive(message)


def test_report__asked_for__is_only_looked_at_and_made_in_two_counts(desk: Desk) -> None:
    about = desk.sent_off()
    desk.run_to_the_end(lambda message: flaky(desk, message))
    with desk.acting() as ctx:
        with asked(desk.database.engine) as statements:
            registry.check(ctx, BROADCAST.name, {"broadcast": about})
        assert not [one for one in statements if "count(" in one]
        with asked(desk.database.engine) as statements:
            found = reporting.report(ctx, about)
        assert len([one for one in statements if "count(" in one]) == 2
        assert found.tally == reporting.tally(ctx, about)
    assert found.tally.states == {RecipientState.SENT: 33, RecipientState.FAILED: 10}
    assert [one.tally.total for one in found.offices] == [22, 21]
    assert found.corrected == 33


def test_reach__asked_for__looks_no_further_than_one(desk: Desk) -> None:
    with desk.acting() as ctx, asked(desk.database.engine) as statements:
        registry.check(ctx, REACH.name, {"audience": 0})
    assert not [one for one in statements if "count(" in one]
