"""The choices sheet: codes missing, doubled or with spaces, labels missing, lists too long."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at, warning
from bot.forms.draft import Draft, Item, Row, is_yes
from bot.forms.question_types.choosing import LONGEST_LIST, SEARCH_APPEARANCES
from bot.forms.question_types.select_one import MAX_CODE
from bot.i18n import _

MOST_CHOICES = 2_000


def check(draft: Draft) -> Iterator[Fault]:
    yield from _without_list(draft)
    several = {
        item.type.list_name for item in draft.questions() if item.type.name == "select_multiple"
    }
    used = {item.type.list_name for item in draft.questions() if item.has_choices}
    for name, rows in draft.lists.items():
        if name in used:
            yield from _codes(draft, rows, name in several)
    for item in draft.questions():
        if item.has_choices:
            yield from _length(draft, item)


def _without_list(draft: Draft) -> Iterator[Fault]:
    for row in draft.choices.rows:
        if not row.cell("list_name") and (row.cell("name") or row.has_words("label")):
            yield at(
                draft.choices,
                row,
                "list_name",
                "no_list_name",
                _("This choice belongs to no list. Write the name of its list."),
            )


def _codes(draft: Draft, rows: tuple[Row, ...], several: bool) -> Iterator[Fault]:
    may_double = is_yes(draft.setting.cell("allow_choice_duplicates"))
    seen: dict[str, int] = {}
    for row in rows:
        code = row.cell("name")
        if not code:
            yield at(
                draft.choices,
                row,
                "name",
                "no_code",
                _("This choice has no code. Write a short one in the column name."),
            )
            continue
        yield from _one_code(draft, row, code, several)
        if code in seen and not may_double:
            yield at(
                draft.choices,
                row,
                "name",
                "doubled_code",
                _(
                    "The code {code} is already used in row {row} of this list. Give this "
                    "choice another one.",
                    code=code,
                    row=seen[code],
                ),
            )
        seen.setdefault(code, row.number)


def _one_code(draft: Draft, row: Row, code: str, several: bool) -> Iterator[Fault]:
    if several and any(sign.isspace() for sign in code):
        yield at(
            draft.choices,
            row,
            "name",
            "code_with_space",
            _(
                "The code {code} holds a space, which parts several answers. Write _ instead.",
                code=code,
            ),
        )
    if len(code) > MAX_CODE:
        yield at(
            draft.choices,
            row,
            "name",
            "code_too_long",
            _("The code is longer than {limit} characters. Shorten it.", limit=MAX_CODE),
        )
    if not row.has_words("label"):
        yield warning(
            draft.choices,
            row,
            "label",
            "choice_without_label",
            _("This choice has no label. Its code {code} is shown.", code=code),
        )


def _length(draft: Draft, item: Item) -> Iterator[Fault]:
    count = len(draft.lists.get(item.type.list_name, ()))
    if count > MOST_CHOICES:
        yield at(
            draft.survey,
            item.row,
            "type",
            "list_too_long",
            _(
                "The list {name} has {count} choices. At most {limit} can be offered.",
                name=item.type.list_name,
                count=count,
                limit=MOST_CHOICES,
            ),
        )
    elif count > LONGEST_LIST and item.type.name == "select_multiple":
        yield at(
            draft.survey,
            item.row,
            "type",
            "list_too_long",
            _(
                "Choosing several of {count} choices does not fit into a chat message. Use at "
                "most {limit}, or part them into two questions.",
                count=count,
                limit=LONGEST_LIST,
            ),
        )
    elif count > LONGEST_LIST and not _is_searched(item):
        yield warning(
            draft.survey,
            item.row,
            "type",
            "long_list",
            _(
                "{count} choices do not fit below one message and will be searched by typing. "
                "Write autocomplete in the column appearance to confirm this.",
                count=count,
            ),
        )


def _is_searched(item: Item) -> bool:
    return any(word in item.row.cell("appearance") for word in SEARCH_APPEARANCES)
