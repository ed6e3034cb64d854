"""What was sent is corrected or withdrawn: the message itself changes in every chat.

`counts["edit"]` is as far as the change has come through the list; it goes on while paused.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.campaigns.broadcasts import cards, drafting, keeping, sending
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.broadcasts import Broadcast


def correct(ctx: Ctx, broadcast_id: int, texts: Mapping[str, str]) -> BroadcastCard:
    """Other words, by language: for who has it by an edit, for who waits at once.

    Refuses words that change nothing, a blank text in the fallback, and one that is too long.
    """
    row = keeping.kept(ctx, broadcast_id, Act.CORRECT)
    after = dict(row.texts)
    for language, text in texts.items():
        after |= drafting.checked_text(row, language, text)
    after = {language: text for language, text in after.items() if text}
    if after == dict(row.texts):
        raise Refusal(_("These words are the same as before."))
    if row.fallback not in after:
        raise Refusal(_("The text in the language that all others fall back to cannot be blank."))
    row.texts = after
    keeping.step(ctx, row, Act.CORRECT)
    _begin(ctx, row)
    return cards.of_row(ctx, row)


def recall(ctx: Ctx, broadcast_id: int, reason: str) -> BroadcastCard:
    """Withdraw it: who has it reads instead that it was withdrawn, by whom and why; who waits
    does not get it.
    """
    row = keeping.kept(ctx, broadcast_id, Act.RECALL)
    row.reason = reason
    row.counts = {**row.counts, "recalled_by": ctx.actor.person_id}
    keeping.step(ctx, row, Act.RECALL, reason)
    sending.fetch_back(ctx, broadcast_id)
    _begin(ctx, row)
    return cards.of_row(ctx, row)


def _begin(ctx: Ctx, row: Broadcast) -> None:
    row.corrections += 1
    row.ended_at = None
    row.counts = {**row.counts, "edit": {"to": 0}, "changed_at": ctx.now().isoformat()}
    ctx.session.flush()
