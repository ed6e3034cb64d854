"""How somebody stands in a curriculum, as one mark: for tables of many people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _
from bot.training.qualifications.validity import Dated, Standing, standing


class Mark(StrEnum):
    """The standing of what is held, or that it is asked for and was never earned."""

    VALID = "valid"
    SOON = "soon"
    LATE = "late"
    GONE = "gone"
    OPEN = "open"


MARK_WORDS: Mapping[Mark, Text] = {
    Mark.VALID: _("valid"),
    Mark.SOON: _("due for renewal"),
    Mark.LATE: _("overdue"),
    Mark.GONE: _("lapsed"),
    Mark.OPEN: _("required, not earned yet"),
}
MARK_OF: Mapping[Standing, Mark] = {
    Standing.HOLDS: Mark.VALID,
    Standing.DUE: Mark.SOON,
    Standing.OVERDUE: Mark.LATE,
    Standing.LAPSED: Mark.GONE,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A mark with the day it is about: the last day of what is held, else the day it is due."""

    mark: Mark
    day: dt.date | None = None
    required: bool = False


def mark_of(held: Dated, today: dt.date, return_days: int) -> Mark:
    """The mark of a qualification that was not withdrawn."""
    return MARK_OF[standing(held, today, return_days)]
