"""To the training unit: a list of names is in, or was closed by its deadline."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.models.nominations import NominationQuota
from bot.screens import Button, Screen, Style
from bot.training import catalogue, round_cards
from bot.training.round_cards import QuotaCard

MOST = 6


def still_there(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose list is still in, and not open again."""
    found = []
    for item in items:
        quota = ctx.session.get(NominationQuota, item.params["quota"])
        if quota is not None and quota.sent_at is not None:
            found.append(item)
    return found


@notice("nomination_in", holds=still_there)
def nomination_in(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Whose list, how many names and reserves, and what came back unused."""
    quotas = [
        round_cards.quota_card(ctx, ctx.session.get_one(NominationQuota, item.params["quota"]))
        for item in items
    ]
    body: list[Words] = []
    for quota in quotas[:MOST]:
        body += [*([""] if body else []), *_lines(ctx, quota)]
    body += and_more(len(quotas) - MOST)
    return Screen(
        title=_n("A list of names is in", "{count} lists of names are in", len(quotas)),
        body=tuple(body),
        rows=tuple((_button(quota),) for quota in quotas[:MOST]),
    )


def _lines(ctx: Ctx, quota: QuotaCard) -> list[Words]:
    held = catalogue.card(ctx, quota.class_id)
    lines: list[Words] = [
        _(
            "{office}: {course}, class {code}",
            office=quota.unit,
            course=held.title,
            code=held.code,
        ),
        _n("{count} name", "{count} names", quota.named),
    ]
    if quota.reserves:
        lines.append(_n("{count} reserve", "{count} reserves", quota.reserves))
    if quota.returned:
        lines.append(
            _n("{count} seat came back unused", "{count} seats came back unused", quota.returned)
        )
    return lines


def _button(quota: QuotaCard) -> Button:
    label = _("Decide: {office}", office=quota.unit)
    return Button(label, f"roundq:{quota.id}", style=Style.PRIMARY)
