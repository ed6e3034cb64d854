"""What is queued is put into words and sent, as the courier does it."""

from __future__ import annotations

from bot.context import Ctx
from bot.delivery import claim, outcome
from bot.delivery.failures import SendResult
from bot.delivery.notices.registry import load_all
from scripts.enrolling.acts import act
from scripts.enrolling.world import World

load_all()


@act(often=6, at_once=False)
def deliver(world: World, _who: int, _where: int, much: int) -> object:
    """A batch or several, all of which arrive."""

    def work(ctx: Ctx) -> int:
        messages = claim.claim(ctx)
        outcome.record(ctx, [(one, SendResult(message_id=one.message_id)) for one in messages])
        return len(messages)

    for _batch in range(1 + much % 4):
        world.act(None, work)
    return None
