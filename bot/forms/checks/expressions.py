"""Expressions: each is compiled, and what it names must exist and have been asked before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.compiled import calculation_order, infer_kinds, is_dynamic, references
from bot.forms.draft import Draft, Item, Row, probe
from bot.forms.expressions import ExpressionRefused, Kind, Kinds, compile_expression
from bot.forms.nearest import nearest
from bot.forms.type_names import BUILT_IN_CONSTRAINTS
from bot.forms.wording import names_in
from bot.i18n import Joined, Text, _

FIELDS = ("relevant", "constraint", "calculation", "required", "choice_filter", "default")
WITHOUT_ITSELF = ("relevant", "calculation", "choice_filter")
_PLAIN = frozenset(["yes", "no", "true", "false", "true()", "false()", "1", "0"])


def check(draft: Draft) -> Iterator[Fault]:
    kinds = infer_kinds(probe(item) for item in draft.questions())
    names = {item.name for item in draft.items if not item.is_end and not item.is_group}
    for item in draft.items:
        for field in FIELDS:
            if text := expression_in(item, field):
                yield from _expression(draft, item, field, text, kinds=kinds)
                yield from _unknown_names(draft, item, field, references(text), names)
        for field in ("label", "hint", "required_message", "constraint_message"):
            yield from _unknown_names(draft, item, field, mentioned(item.row, field), names)
    yield from _choice_labels(draft, names)
    yield from _circles(draft)


def _choice_labels(draft: Draft, names: set[str]) -> Iterator[Fault]:
    used = {item.type.list_name for item in draft.questions() if item.has_choices}
    for row in draft.choices.rows:
        for name in sorted(mentioned(row, "label") - names):
            if row.cell("list_name") in used:
                sentence = _unknown(name, names, set())
                yield at(draft.choices, row, "label", "unknown_name", sentence)


def expression_in(item: Item, field: str) -> str:
    """The expression in a cell, "" where the cell is empty or says a plain yes, no or answer."""
    text = item.row.cell(field)
    if field == "choice_filter" and not item.has_choices:
        return ""
    if field == "required" and text.strip().lower() in _PLAIN:
        return ""
    if field == "default" and not is_dynamic(text):
        return ""
    return text


def mentioned(row: Row, field: str) -> frozenset[str]:
    """The questions that the wordings of a field mention."""
    wordings = row.texts.get(field, {}).values()
    return frozenset(name for words in wordings for name in names_in(words))


def built_in_constraint(item: Item) -> str:
    """The constraint that an old type such as percentage brings along."""
    return BUILT_IN_CONSTRAINTS.get(item.type.written.lower().replace("_", " "), "")


def _expression(
    draft: Draft, item: Item, field: str, text: str, *, kinds: Mapping[str, Kind]
) -> Iterator[Fault]:
    own = Kinds(kinds, kinds.get(item.name, Kind.TEXT))
    columns = filter_columns(draft, item) if field == "choice_filter" else None
    try:
        ready = compile_expression(text, own, columns=columns)
    except ExpressionRefused as refused:
        for problem in refused.problems:
            yield at(draft.survey, item.row, field, problem.code, problem.sentence)
        return
    if ready.uses_itself and field in WITHOUT_ITSELF and "once" not in text:
        yield at(
            draft.survey,
            item.row,
            field,
            "itself_without_answer",
            _("The point . stands for an answer that is not given yet. Name the question."),
        )


def filter_columns(draft: Draft, item: Item) -> frozenset[str]:
    """The columns of the choices that a filter of this question may name."""
    rows = draft.lists.get(item.type.list_name, ())
    named = {heading for row in rows for heading in row.extra}
    every = {heading.written for heading in draft.choices.headings if not heading.field}
    return frozenset(named | every | {"name"})


def _unknown_names(
    draft: Draft, item: Item, field: str, used: frozenset[str], names: set[str]
) -> Iterator[Fault]:
    groups = {group.name for group in draft.items if group.is_group}
    for name in sorted(used - names):
        yield at(draft.survey, item.row, field, "unknown_name", _unknown(name, names, groups))


def _unknown(name: str, names: set[str], groups: set[str]) -> Text:
    if name in groups:
        return _("{name} is a group and has no answer. Name one of its questions.", name=name)
    near = nearest(name, names, 0.7)
    if near:
        return _("There is no question named {name}. Did you mean {near}?", name=name, near=near)
    return _("There is no question named {name}. Correct the name.", name=name)


def _circles(draft: Draft) -> Iterator[Fault]:
    depends = direct_dependencies(draft)
    items = {item.name: item for item in draft.items if not item.is_end}
    _order, circle = calculation_order(depends)
    while circle:
        item = items[circle[0]]
        field = next(
            (name for name in WITHOUT_ITSELF if references(item.row.cell(name))), "relevant"
        )
        yield at(
            draft.survey,
            item.row,
            field,
            "circular",
            _(
                "These questions depend on each other in a circle: {names}. Remove one condition.",
                names=Joined(tuple(circle)),
            ),
        )
        depends = {name: needs for name, needs in depends.items() if name != circle[0]}
        _order, circle = calculation_order(depends)


def direct_dependencies(draft: Draft) -> dict[str, frozenset[str]]:
    """For every question and group, what its relevance, calculation and filter name.

    A question depends on the groups around it, so that circles through a group show.
    """
    return {
        item.name: frozenset(item.groups).union(
            *(references(item.row.cell(field)) for field in WITHOUT_ITSELF)
        )
        for item in draft.items
        if not item.is_end
    }
