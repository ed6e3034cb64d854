"""A course outline as a document to be read, signed and kept."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.i18n import Lines, Words, _, _n, render
from bot.people.access_table import Action
from bot.planning.outlines import cards, said
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.words import methods_said
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen

COLUMNS = (_("No."), _("Session"), _("What is to be learned"), _("Methods"), _("Hours"))
SIGNERS = (_("Written by"), _("Reviewed by"), _("Approved by"))
SIGN = _("Name, date and signature")


@dataclass(frozen=True, slots=True)
class OutlineData:
    """An outline, and the zone its times are shown in."""

    card: OutlineCard
    zone: str


def read(ctx: Ctx, params: Params) -> OutlineData:
    """The outline; refuses everybody whom it does not concern."""
    return OutlineData(cards.card(ctx, int(params["outline"])), ctx.actor.zone)


def screens(data: OutlineData) -> tuple[Screen, ...]:
    """Stage and length; the document follows."""
    count = len(data.card.sessions)
    lines = said.facts(data.card, data.zone)
    body = (*lines, _n("{count} session", "{count} sessions", count))
    return (Screen(title=said.heading(data.card), body=body),)


def files(data: OutlineData, language: str) -> tuple[MadeFile, ...]:
    """The outline as PDF in the reader's language."""
    from bot.reports.typesetting import typeset

    card = data.card
    content = {
        "facts": _all(said.facts(card, data.zone), language),
        "parts": [[render(label, language), words] for label, words in said.parts(card)],
        "columns": _all(COLUMNS, language),
        "rows": [_row(one, language) for one in card.sessions],
        "total": [render(_("In all"), language), render(card.hours, language)],
        "experts_heading": render(_("Experts"), language),
        "experts": [_all(said.review(one), language) for one in card.reviews],
        "pilot": _all(said.pilot(card)[1:], language),
        "signers": _all(SIGNERS, language),
        "sign": render(SIGN, language),
    }
    heading = _("Course outline: {outline}", outline=said.heading(card))
    made = typeset("course_outline", heading, content, language)
    return (MadeFile(f"outline-{card.code}-{card.version}.pdf", "application/pdf", made),)


def _row(one: cards.SessionCard, language: str) -> list[str]:
    cells: tuple[Words | float, ...] = (
        one.place,
        one.title,
        Lines(tuple(one.objectives.splitlines())),
        methods_said(one.methods),
        one.hours,
    )
    return [render(cell, language) for cell in cells]


def _all(lines: tuple[Words, ...] | list[Words], language: str) -> list[str]:
    return [render(line, language) for line in lines]


COURSE_OUTLINE = register(
    Report("course_outline", _("Course outline"), Action.USE_DESK, read, screens, files)
)
