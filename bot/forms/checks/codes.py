"""Codes in expressions: `${attended} = 'Yess'` compares with a choice that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.expressions import FIELDS, expression_in, filter_columns
from bot.forms.checks.finding import at
from bot.forms.compiled import infer_kinds
from bot.forms.draft import OTHER, Draft, Item, probe
from bot.forms.expression_syntax import Itself, Node, Reference
from bot.forms.expressions import ExpressionRefused, Kinds, compile_expression
from bot.forms.nearest import nearest
from bot.i18n import Text, _


def check(draft: Draft) -> Iterator[Fault]:
    kinds = infer_kinds(probe(item) for item in draft.questions())
    items = {item.name: item for item in draft.questions()}
    for item in draft.items:
        for field in FIELDS:
            text = expression_in(item, field)
            if not text:
                continue
            columns = filter_columns(draft, item) if field == "choice_filter" else None
            try:
                ready = compile_expression(text, Kinds(kinds), columns=columns)
            except ExpressionRefused:
                continue
            for compared, literal in dict.fromkeys(ready.comparisons):
                chosen = _question(compared, item, items)
                if chosen is not None and literal:
                    yield from _unknown_code(draft, item, field, chosen, literal)


def _question(compared: Node, item: Item, items: dict[str, Item]) -> Item | None:
    if isinstance(compared, Itself):
        chosen: Item | None = item
    else:
        chosen = items.get(compared.name) if isinstance(compared, Reference) else None
    return chosen if chosen is not None and chosen.has_choices else None


def _unknown_code(
    draft: Draft, item: Item, field: str, chosen: Item, literal: str
) -> Iterator[Fault]:
    rows = draft.lists.get(chosen.type.list_name)
    if rows is None:
        return
    codes = [row.cell("name") for row in rows] + ([OTHER] if chosen.type.with_other else [])
    several = chosen.type.name == "select_multiple"
    if literal in codes or (several and set(literal.split()) <= set(codes)):
        return
    yield at(draft.survey, item.row, field, "unknown_code", _sentence(literal, chosen, codes))


def _sentence(literal: str, chosen: Item, codes: list[str]) -> Text:
    near = nearest(literal, codes, 0.6)
    if near:
        return _(
            "{name} has no choice with the code {code}. Did you mean {near}?",
            name=chosen.name,
            code=literal,
            near=near,
        )
    return _(
        "{name} has no choice with the code {code}. Use a code of the list {list}.",
        name=chosen.name,
        code=literal,
        list=chosen.type.list_name,
    )
