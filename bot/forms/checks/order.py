"""Forward references: a question may only use answers that were given before it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.errors import Fault
from bot.forms.checks.expressions import direct_dependencies, expression_in, mentioned
from bot.forms.checks.finding import at
from bot.forms.compiled import references
from bot.forms.draft import Draft, Item
from bot.i18n import _

_WORDINGS = ("label", "hint", "required_message", "constraint_message")
_UNASKED = frozenset({"calculate", "hidden", "start", "end", "today", "username", "deviceid"})


def check(draft: Draft) -> Iterator[Fault]:
    rows = {item.name: item.row.number for item in draft.questions() if _is_answered(item)}
    behind = _answers_behind(draft)
    for item in draft.items:
        if item.is_end or item.type.name in _UNASKED:
            continue
        for field, names in _used(item):
            for name in sorted(names):
                last = max((rows.get(seen, 0) for seen in behind.get(name, {name})), default=0)
                if last > item.row.number:
                    yield _fault(draft, item, field, name, last)


def used_by(draft: Draft, item: Item) -> Iterator[tuple[str, frozenset[str]]]:
    """The answers that each cell of a row needs, through calculations too."""
    if item.type.name in _UNASKED:
        return
    behind = _answers_behind(draft)
    for field, names in _used(item):
        yield field, frozenset().union(*(behind.get(name, frozenset({name})) for name in names))


def _is_answered(item: Item) -> bool:
    return item.type.name not in _UNASKED and item.type.name != "note"


def _used(item: Item) -> Iterator[tuple[str, frozenset[str]]]:
    for field in ("relevant", "constraint", "required", "choice_filter", "default"):
        yield field, references(expression_in(item, field))
    for field in _WORDINGS:
        yield field, mentioned(item.row, field)


def _answers_behind(draft: Draft) -> Mapping[str, frozenset[str]]:
    """For every calculation, the answers it comes down to; for the rest, itself."""
    calculations = {item.name for item in draft.questions() if item.type.name in _UNASKED}
    depends = direct_dependencies(draft)
    behind: dict[str, frozenset[str]] = {}
    for first in calculations:
        found: set[str] = set()
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [] if name not in calculations else depends.get(name, ())
        behind[first] = frozenset(found - calculations)
    return behind


def _fault(draft: Draft, item: Item, field: str, name: str, row: int) -> Fault:
    if name == item.name:
        return at(
            draft.survey,
            item.row,
            field,
            "names_itself",
            _("The question names itself. Write . for its own answer in a constraint."),
        )
    return at(
        draft.survey,
        item.row,
        field,
        "forward_reference",
        _(
            "{name} is asked later, in row {row}. Move this row below it.",
            name=name,
            row=row,
        ),
    )
