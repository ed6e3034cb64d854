"""Every check, in the order in which its findings are shown for one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.errors import Fault
from bot.forms.checks import (
    anonymity,
    choices,
    codes,
    columns,
    expressions,
    groups,
    labels,
    meaning,
    names,
    order,
    rules,
    scales_and_defaults,
    scoring,
    settings,
    shuffling,
    types,
)
from bot.forms.draft import Draft
from bot.i18n import _

CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    columns.check,
    settings.check,
    rules.check,
    types.check,
    names.check,
    groups.check,
    anonymity.check,
    labels.check,
    choices.check,
    meaning.check,
    scales_and_defaults.check,
    scoring.check,
    shuffling.check,
    expressions.check,
    order.check,
    codes.check,
)
MOST_ROWS = 500
_SHEETS = {"settings": 0, "survey": 1, "choices": 2}


def run_checks(draft: Draft) -> tuple[Fault, ...]:
    """All findings about a draft, by sheet and row; only its length if it is far too long."""
    if len(draft.items) > MOST_ROWS:
        return (_too_long(draft),)
    found = [fault for check in CHECKS for fault in check(draft)]
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _too_long(draft: Draft) -> Fault:
    return Fault(
        _(
            "The form has {count} rows. Nobody answers more than {limit} in a chat: part it "
            "into several forms.",
            count=len(draft.items),
            limit=MOST_ROWS,
        ),
        draft.survey.name,
        draft.items[MOST_ROWS].row.number,
        code="too_many_questions",
    )


def _place(fault: Fault) -> tuple[int, int]:
    return _SHEETS.get((fault.sheet or "").lower(), 1), fault.row or 0
