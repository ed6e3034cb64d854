"""The type column: unknown types, types that are not asked in a chat, lists that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at, warning
from bot.forms.draft import OTHER, Draft, Item
from bot.forms.nearest import nearest
from bot.forms.type_names import Refused, closes_repeat, known_types, why_refused
from bot.i18n import Text, _

LIVE_SOURCE = re.compile(r"rollcall:([a-z][a-z_]*)\.csv")


def check(draft: Draft) -> Iterator[Fault]:
    untyped = tuple(_rows_without_type(draft))
    yield from untyped
    for item in draft.items:
        if closes_repeat(item.type):
            continue
        sentence = _refusal(item, draft)
        if sentence is not None:
            yield at(draft.survey, item.row, "type", *sentence)
    if not draft.items and not any(fault.code == "no_type" for fault in untyped):
        yield Fault(
            _("The survey has no questions. Add at least one row below the headings."),
            draft.survey.name,
            code="no_questions",
        )


def live_source(list_name: str) -> str:
    """The source that `rollcall:<source>.csv` names, "" for any other file."""
    match = LIVE_SOURCE.fullmatch(list_name)
    return match[1] if match else ""


def _rows_without_type(draft: Draft) -> Iterator[Fault]:
    for row in draft.survey.rows:
        if row.cell("type"):
            continue
        if row.cell("name") or row.has_words("label"):
            yield at(
                draft.survey,
                row,
                "type",
                "no_type",
                _("This row has no type. Write one, for example text or select_one."),
            )
        else:
            yield warning(
                draft.survey,
                row,
                "type",
                "comment_row",
                _("This row has no type, name or label and is taken for a comment."),
            )


def _refusal(item: Item, draft: Draft) -> tuple[str, Text] | None:
    words = item.type
    if words.refused is Refused.UNKNOWN:
        return "unknown_type", _unknown(words.written)
    if words.refused is not None:
        return str(words.refused), why_refused(words)
    if item.is_from_file:
        return _file(item)
    if item.has_choices:
        return _list(item, draft)
    return None


def _unknown(written: str) -> Text:
    near = nearest(written, known_types())
    if near:
        return _("There is no type {type}. Did you mean {near}?", type=written, near=near)
    return _("There is no type {type}. Use one of the XLSForm types.", type=written)


def _file(item: Item) -> tuple[str, Text] | None:
    if item.type.name.startswith("select_multiple"):
        return "type_comes_later", _(
            "Choosing several from live data comes later. Use {type}.",
            type="select_one_from_file",
        )
    if live_source(item.type.list_name):
        return _filter_of_live_data(item)
    return "foreign_file", _(
        "The choices of {file} are not in this workbook. Put them on the sheet choices, or "
        "choose from Rollcall's own data, as in {example}.",
        file=item.type.list_name or "?",
        example="rollcall:people.csv",
    )


def _filter_of_live_data(item: Item) -> tuple[str, Text] | None:
    if not item.row.cell("choice_filter"):
        return None
    return "filter_of_live_data", _(
        "choice_filter cannot be used with Rollcall's own data, which is within the reach of "
        "the person already. Remove it."
    )


def _list(item: Item, draft: Draft) -> tuple[str, Text] | None:
    name = item.type.list_name
    if not name:
        return "no_list_name", _(
            "The type {type} needs the name of a list, as in {example}.",
            type=item.type.written,
            example="select_one answers",
        )
    if "${" in name:
        return "list_from_repeat", _(
            "Choosing from the answers of a repeat cannot be asked in a chat."
        )
    if name not in draft.lists:
        return _missing_list(name, draft)
    if item.type.with_other and len(draft.languages) > 1:
        return "other_with_translations", _(
            "or_other cannot be used with translations. Add a choice for it and a text question."
        )
    if item.type.with_other and f"{item.name}_{OTHER}" in {other.name for other in draft.items}:
        return "doubled_name", _(
            "or_other adds a question named {name}, which this form has already. Rename that.",
            name=f"{item.name}_{OTHER}",
        )
    if item.type.with_other and item.row.cell("choice_filter"):
        return "other_with_filter", _(
            "or_other cannot be used with choice_filter. Add a choice for it and a text question."
        )
    return None


def _missing_list(name: str, draft: Draft) -> tuple[str, Text]:
    near = nearest(name, draft.lists)
    if near:
        return "missing_list", _(
            "The sheet choices has no list {name}. Did you mean {near}?", name=name, near=near
        )
    return "missing_list", _(
        "The sheet choices has no list {name}. Add its choices there.", name=name
    )
