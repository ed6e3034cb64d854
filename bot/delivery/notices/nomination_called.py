"""To who names people: a round is open, and a reminder two days before its deadline."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style
from bot.training import calls
from bot.training.round_cards import QuotaCard, RoundCard

MOST_LISTS = 5
MOST_ROUNDS = 8


def still_asked(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose round still takes names from the reader."""
    going_on = {card.id for card in _rounds(ctx, items)}
    return [item for item in items if item.params["round"] in going_on]


def to_remind(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those of them whose deadline has not been moved since."""
    deadlines = {card.id: card.deadline.isoformat() for card in _rounds(ctx, items)}
    return [
        item for item in items if deadlines.get(item.params["round"]) == item.params["deadline"]
    ]


@notice("nomination_called", holds=still_asked)
def nomination_called(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """For which classes, how many seats, by when."""
    cards = _rounds(ctx, items)
    title = _n(
        "Names are asked for: {class_name}", "Names are asked for: {count} classes", len(cards),
        class_name=cards[0].title,
    )  # fmt: skip
    return _screen(title, cards)


@notice("nomination_reminder", holds=to_remind)
def nomination_reminder(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """The same, for lists that are not in yet."""
    cards = _rounds(ctx, items)
    title = _n(
        "A reminder: a list of names is not in yet",
        "A reminder: lists of names for {count} classes are not in yet",
        len(cards),
    )
    return _screen(title, cards)


def _screen(title: Text, cards: Sequence[RoundCard]) -> Screen:
    body: list[Words] = []
    for card in cards[:MOST_ROUNDS]:
        body += [*([""] if body else []), *_lines(card)]
    body += and_more(len(cards) - MOST_ROUNDS)
    body += ["", _("Seats for which nobody is named go back to the training unit.")]
    quotas = [quota for card in cards for quota in card.quotas]
    return Screen(title=title, body=tuple(body), rows=_rows(quotas))


def _lines(card: RoundCard) -> list[Words]:
    lines: list[Words] = [card.about]
    lines += [_quota(quota) for quota in card.quotas[:MOST_LISTS]]
    lines += and_more(len(card.quotas) - MOST_LISTS)
    lines.append(_("Hand the list in by {day}.", day=card.deadline))
    if card.order_no:
        lines.append(_("By order {order}.", order=card.order_no))
    return lines


def _quota(quota: QuotaCard) -> Text:
    return _n("{office}: {count} seat", "{office}: {count} seats", quota.seats, office=quota.unit)


def _rows(quotas: Sequence[QuotaCard]) -> tuple[tuple[Button, ...], ...]:
    if len(quotas) > MOST_LISTS:
        return ((Button(_("Show the lists"), "noms", style=Style.PRIMARY),),)
    if len(quotas) == 1:
        return ((Button(_("Name people"), f"nom:{quotas[0].id}", style=Style.PRIMARY),),)
    return tuple(
        (Button(_("Name people: {office}", office=quota.unit), f"nom:{quota.id}"),)
        for quota in quotas
    )


def _rounds(ctx: Ctx, items: Sequence[Item]) -> list[RoundCard]:
    return calls.waiting_for(ctx, {item.params["round"] for item in items})
