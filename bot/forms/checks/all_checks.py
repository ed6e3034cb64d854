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
    scales_and_defaults,
    settings,
    types,
)
from bot.forms.draft import Draft

CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    columns.check,
    settings.check,
    types.check,
    names.check,
    groups.check,
    anonymity.check,
    labels.check,
    choices.check,
    meaning.check,
    scales_and_defaults.check,
    expressions.check,
    order.check,
    codes.check,
)
_SHEETS = {"settings": 0, "survey": 1, "choices": 2}


def run_checks(draft: Draft) -> tuple[Fault, ...]:
    """All findings about a draft, by sheet and row."""
    found = [fault for check in CHECKS for fault in check(draft)]
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _place(fault: Fault) -> tuple[int, int]:
    return _SHEETS.get((fault.sheet or "").lower(), 1), fault.row or 0
