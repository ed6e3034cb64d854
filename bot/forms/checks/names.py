"""Names of questions and groups: missing, malformed, doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at, warning
from bot.forms.draft import Draft, Item
from bot.forms.type_names import closes_repeat
from bot.i18n import _

LONGEST = 64
NAME = re.compile(r"[^\W\d][\w.\-]*")
_RESERVED = frozenset({"meta", "instanceID", "instanceName"})


def check(draft: Draft) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    folded: dict[str, int] = {}
    for item in draft.items:
        if item.is_end or closes_repeat(item.type):
            continue
        malformed = _malformed(item, draft)
        if malformed is not None:
            yield malformed
            continue
        if item.name in seen:
            yield at(
                draft.survey,
                item.row,
                "name",
                "doubled_name",
                _(
                    "The name {name} is already used in row {row}. Give this row another one.",
                    name=item.name,
                    row=seen[item.name],
                ),
            )
        elif item.name.casefold() in folded:
            yield warning(
                draft.survey,
                item.row,
                "name",
                "similar_name",
                _(
                    "The name {name} differs from row {row} in capital letters only.",
                    name=item.name,
                    row=folded[item.name.casefold()],
                ),
            )
        seen.setdefault(item.name, item.row.number)
        folded.setdefault(item.name.casefold(), item.row.number)


def _malformed(item: Item, draft: Draft) -> Fault | None:
    if not item.name:
        return at(
            draft.survey,
            item.row,
            "name",
            "no_name",
            _("This row has no name. Write one word, for example {example}.", example="rating"),
        )
    if not NAME.fullmatch(item.name):
        return at(
            draft.survey,
            item.row,
            "name",
            "bad_name",
            _(
                "The name {name} cannot be used. Names begin with a letter and hold letters, "
                "digits, - and _ only, without spaces.",
                name=item.name,
            ),
        )
    if len(item.name) > LONGEST or item.name in _RESERVED:
        return at(
            draft.survey,
            item.row,
            "name",
            "bad_name",
            _("The name {name} is reserved or too long. Choose a shorter one.", name=item.name),
        )
    return None
