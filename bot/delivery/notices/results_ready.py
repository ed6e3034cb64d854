"""The questionnaire about a class has closed: its figures, and the way to the report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.evaluation import class_results, closing, reaction_level, reviewing, scopes
from bot.evaluation.levels import Scope, ScopeKind
from bot.evaluation.published import Published
from bot.i18n import Percent, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style
from bot.training import catalogue

MOST_SHOWN = 8
OVERALL = "overall"


def closed(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose questionnaire has not been opened again."""
    return [item for item in items if closing.results_are_open(ctx.session, item.params["class"])]


@notice("results_ready", holds=closed)
def results_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say how many answered and what they thought; several classes make one message."""
    class_ids = [item.params["class"] for item in items if _may_read(ctx, item.params["class"])]
    if not class_ids:
        return Drop("somebody else keeps the class by now")
    return _one(ctx, class_ids[0]) if len(class_ids) == 1 else _several(ctx, class_ids)


def _may_read(ctx: Ctx, class_id: int) -> bool:
    try:
        scopes.opened(ctx, ScopeKind.CLASS, class_id)
    except Refusal:
        return False
    return True


def _one(ctx: Ctx, class_id: int) -> Screen:
    return Screen(
        title=_("The questionnaire has closed"),
        body=(_name(ctx, class_id), _answered(ctx, class_id), *_thought(ctx, class_id)),
        rows=(
            (Button(_("Make the report"), f"rep:{class_id}", style=Style.PRIMARY),),
            (Button(_("All levels, to be signed"), f"outcome:class:{class_id}"),),
            *_to_review(ctx, class_id),
        ),
    )


def _to_review(ctx: Ctx, class_id: int) -> tuple[tuple[Button, ...], ...]:
    """For the unit: the way to comments that the trainer is to read after it."""
    try:
        waiting = reviewing.stack(ctx, class_id).waiting
    except Refusal:
        return ()
    label = _n("Read {count} comment", "Read {count} comments", waiting)
    return ((Button(label, f"cmts:{class_id}"),),) if waiting else ()


def _thought(ctx: Ctx, class_id: int) -> tuple[Words, ...]:
    """The class overall, beside earlier ones, then what was rated best and what lowest."""
    scope = scopes.opened(ctx, ScopeKind.CLASS, class_id)
    found = reaction_level.ratings(ctx, scope)
    rated = [
        (one.label or one.name, one.whole.mean)
        for one in found.ratings
        if one.whole.mean is not None and one.name != OVERALL
    ]
    if not rated:
        return ()
    (best, high), (lowest, low) = (
        max(rated, key=lambda pair: pair[1]),
        min(rated, key=lambda pair: pair[1]),
    )
    overall = _overall(ctx, scope, found)
    if high == low:
        return overall
    return (
        *overall,
        _("Rated best: {question}, {mean}", question=best, mean=round(high, 1)),
        _("Rated lowest: {question}, {mean}", question=lowest, mean=round(low, 1)),
    )


def _overall(ctx: Ctx, scope: Scope, found: Published) -> tuple[Words, ...]:
    now = found.rating(OVERALL)
    if now is None or now.whole.mean is None:
        return ()
    label, mean = now.label or now.name, round(now.whole.mean, 1)
    earlier = scopes.before(ctx, scope)
    past = reaction_level.ratings(ctx, earlier).rating(OVERALL) if earlier is not None else None
    if past is None or past.whole.mean is None:
        return (_("{question}: {mean} on average", question=label, mean=mean),)
    return (
        _(
            "{question}: {mean} on average, earlier classes {before}",
            question=label,
            mean=mean,
            before=round(past.whole.mean, 1),
        ),
    )


def _several(ctx: Ctx, class_ids: Sequence[int]) -> Screen:
    lines: list[Words] = []
    for class_id in class_ids[:MOST_SHOWN]:
        lines += [_name(ctx, class_id), _answered(ctx, class_id)]
    lines += and_more(len(class_ids) - MOST_SHOWN)
    buttons = [
        (Button(_("Report on {code}", code=catalogue.card(ctx, one).code), f"rep:{one}"),)
        for one in class_ids[:MOST_SHOWN]
    ]
    title = _n(
        "{count} questionnaire has closed", "{count} questionnaires have closed", len(class_ids)
    )
    return Screen(title=title, body=tuple(lines), rows=tuple(buttons))


def _name(ctx: Ctx, class_id: int) -> Words:
    held = catalogue.card(ctx, class_id)
    return _("{course}, class {code}", course=held.title, code=held.code)


def _answered(ctx: Ctx, class_id: int) -> Words:
    rate = class_results.rate(ctx, class_id)
    return _(
        "Answered: {answered} of {asked} ({share}).",
        answered=rate.answered,
        asked=rate.asked,
        share=Percent(rate.share),
    )
