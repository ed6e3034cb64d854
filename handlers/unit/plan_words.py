"""What a plan costs, in words for the training unit."""

from __future__ import annotations

from bot.i18n import Words, _, _n
from bot.planning.costs import KIND_WORDS, Totals, share_words


def amount(value: float, money: str) -> Words:
    """An amount with its money, without cents that nobody planned."""
    shown = round(value, 2)
    return _("{amount} {money}", amount=shown, money=money) if money else _("{n}", n=shown)


def cost_lines(found: Totals, money: str) -> list[Words]:
    """What a plan costs, by kind, beside its budget."""
    if not found.total:
        return [_("No line has a cost yet.")]
    said: list[Words] = [_("It costs {total}.", total=amount(found.total, money))]
    said += [
        _("• {kind}: {cost}", kind=KIND_WORDS[kind], cost=amount(cost, money))
        for kind, cost in found.by_kind.items()
    ]
    if found.left is not None:
        left = amount(abs(found.left), money)
        said.append(
            _("Of the budget, {left} is left.", left=left)
            if found.left >= 0
            else _("That is {over} more than the budget.", over=left)
        )
    if found.share is not None:
        said.append(
            _(
                "That is {share} of the administration's budget.",
                share=share_words(found.share),
            )
        )
    if found.without:
        said.append(
            _n("{count} line has no cost yet.", "{count} lines have no cost yet.", found.without)
        )
    return said
