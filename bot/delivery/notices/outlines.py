"""Course outlines: a review is asked for, all are in, handed in, decided, a year is over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.planning import CourseOutline, OutlineReview, OutlineState, Verdict
from bot.planning.outlines import cards, said, states
from bot.planning.outlines.cards import OutlineCard
from bot.screens import Button, Screen, Style


@notice("outline_review_asked")
def outline_review_asked(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """To an expert: which course, by whom, and the way to it."""
    card = _card(ctx, items)
    review = _review(ctx, items, reader)
    if card is None or card.state is not OutlineState.IN_REVIEW or review is None:
        return Drop("not reviewed any more")
    if review.verdict is not Verdict.ASKED:
        return Drop("answered already")
    body: tuple[Words, ...] = (
        said.heading(card),
        _("Written by {name}.", name=card.maker),
        _("You know the subject: please read the outline, and say whether the course can be "
          "built by it."),
    )  # fmt: skip
    return _screen(_("A course outline for your review"), body, f"outlrv:{card.id}")


@notice("outline_reviewed")
def outline_reviewed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To its writer: what the experts found."""
    card = _card(ctx, items)
    if card is None or card.state is not OutlineState.IN_REVIEW:
        return Drop("not reviewed any more")
    if any(one.verdict is Verdict.ASKED for one in card.reviews):
        return Drop("somebody else was asked since")
    lines: list[Words] = [said.heading(card), ""]
    for one in card.reviews:
        lines += said.review(one)
    return _screen(_("All experts have answered"), tuple(lines), f"outl:{card.id}")


@notice("outline_submitted")
def outline_submitted(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To executives: an outline waits for their decision."""
    card = _card(ctx, items)
    if card is None or card.state is not OutlineState.SUBMITTED:
        return Drop("decided, or taken back")
    body: list[Words] = [said.heading(card), _("Written by {name}.", name=card.maker)]
    if count := said.objections(card):
        body.append(_("Experts who object: {count}", count=count))
    title = _("A course outline waits for your approval")
    return _screen(title, tuple(body), f"outldec:{card.id}")


@notice("outline_decided")
def outline_decided(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """To its writer: approved, or returned with what is to be changed."""
    card = _card(ctx, items)
    if card is None or card.state != items[0].params["state"]:
        return Drop("it has gone on since")
    approved = card.state is OutlineState.APPROVED
    title = _("An outline is approved") if approved else _("An outline is returned")
    body: tuple[Words, ...] = (said.heading(card), *said.facts(card, reader.zone))
    return _screen(title, body, f"outl:{card.id}")


@notice("outline_look_again")
def outline_look_again(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To the unit: a year is over."""
    card = _card(ctx, items)
    if card is None or card.state not in states.IN_FORCE or card.review_on is None:
        return Drop("not in force any more")
    if card.review_on.isoformat() != items[0].params["day"]:
        return Drop("looked at since")
    body: tuple[Words, ...] = (
        said.heading(card),
        _("Is it still right? Look at the law, at the work, and at what participants said."),
        _("Note that it stays, or begin a new version."),
    )
    return _screen(_("An outline is to be looked at again"), body, f"outl:{card.id}")


def _card(ctx: Ctx, items: Sequence[Item]) -> OutlineCard | None:
    row = ctx.session.get(CourseOutline, items[0].params["outline"])
    return cards.read(ctx, row) if row is not None else None


def _review(ctx: Ctx, items: Sequence[Item], reader: Reader) -> OutlineReview | None:
    return ctx.session.get(OutlineReview, (items[0].params["outline"], reader.person_id))


def _screen(title: Words, body: tuple[Words, ...], action: str) -> Screen:
    row = (Button(_("Open it"), action, style=Style.PRIMARY),)
    return Screen(title=title, body=body, rows=(row,))
