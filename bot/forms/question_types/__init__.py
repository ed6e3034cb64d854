"""The types of questions Rollcall asks; importing this package declares all of them."""

from bot.forms.question_types import (
    acknowledge,
    date,
    decimal,
    integer,
    note,
    range,
    select_multiple,
    select_one,
    sent,
    text,
    unasked,
)

__all__ = [
    "acknowledge", "date", "decimal", "integer", "note", "range", "select_multiple",
    "select_one", "sent", "text", "unasked",
]  # fmt: skip
