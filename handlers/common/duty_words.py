"""What is to be passed on, in words, for the officer and for who confirms it."""

from __future__ import annotations

from bot.evaluation.cascade_cards import STANDING_WORDS, DutyCard
from bot.i18n import Words, _, _n


def duty_lines(card: DutyCard) -> list[Words]:
    """Class, last day, standing, and what was reported."""
    lines: list[Words] = [
        _("Class {code}", code=card.class_code),
        _("To be passed on by {day}", day=card.due_on),
        _("State: {state}", state=STANDING_WORDS[card.standing]),
    ]
    if card.held_on is not None:
        lines.append(
            _n(
                "Held on {day} with {count} colleague",
                "Held on {day} with {count} colleagues",
                card.attended or 0,
                day=card.held_on,
            )
        )
    if card.report:
        lines.append(_("Report: {words}", words=card.report))
    if card.doubt:
        lines.append(_("Not confirmed: {words}", words=card.doubt))
    return lines
