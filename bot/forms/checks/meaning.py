"""Cells that say something their row cannot do: constraints on notes, lost calculations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at, warning
from bot.forms.compiled import is_dynamic
from bot.forms.draft import Draft, Item, is_yes
from bot.i18n import Text, _

_SILENT = frozenset({"note", "calculate", "hidden"})
_PARAMETERS = re.compile(r"[^\s=,;]+=[^\s=,;]+(?:[\s,;]+[^\s=,;]+=[^\s=,;]+)*")


def check(draft: Draft) -> Iterator[Fault]:
    for item in draft.items:
        if item.is_group:
            yield from _group(draft, item)
        elif item.is_question:
            yield from _silent(draft, item)
            yield from _calculation(draft, item)
            yield from _parameters(draft, item)
        if item.row.cell("trigger"):
            yield _at(
                draft,
                item,
                "trigger",
                "trigger",
                _("A trigger cannot be used in a chat. Calculate the value instead."),
            )


def _at(draft: Draft, item: Item, field: str, code: str, sentence: Text) -> Fault:
    return at(draft.survey, item.row, field, code, sentence)


def _group(draft: Draft, item: Item) -> Iterator[Fault]:
    for field in ("constraint", "calculation", "choice_filter"):
        if item.row.cell(field):
            yield _at(
                draft,
                item,
                field,
                "group_with_answer",
                _("A group has no answer of its own. Move this to one of its questions."),
            )


def _silent(draft: Draft, item: Item) -> Iterator[Fault]:
    if item.type.name not in _SILENT:
        return
    if item.row.cell("constraint"):
        yield _at(
            draft,
            item,
            "constraint",
            "constraint_without_answer",
            _("This row takes no answer, so a constraint cannot hold. Remove it."),
        )
    if is_yes(item.row.cell("required")):
        yield warning(
            draft.survey,
            item.row,
            "required",
            "required_without_answer",
            _("This row takes no answer; required has no effect."),
        )


def _calculation(draft: Draft, item: Item) -> Iterator[Fault]:
    calculation = item.row.cell("calculation")
    if item.type.name == "calculate":
        if not calculation and not is_dynamic(item.row.cell("default")):
            yield _at(
                draft,
                item,
                "calculation",
                "no_calculation",
                _("This row calculates nothing. Write an expression in the column calculation."),
            )
        return
    if calculation and item.type.name != "hidden" and not is_yes(item.row.cell("read_only")):
        yield _at(
            draft,
            item,
            "calculation",
            "calculation_of_answer",
            _(
                "A question that is asked cannot be calculated as well. Use a row of type "
                "calculate, or set read_only to yes."
            ),
        )


def _parameters(draft: Draft, item: Item) -> Iterator[Fault]:
    text = item.row.cell("parameters").strip()
    if text and not _PARAMETERS.fullmatch(text):
        yield _at(
            draft,
            item,
            "parameters",
            "bad_parameters",
            _("Parameters are written as in {example}.", example="start=1 end=5 step=1"),
        )
