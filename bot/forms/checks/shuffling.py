"""What may come in any order: never the steps of a scale, nor questions that need each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.assembly import parameters_of
from bot.forms.checks.finding import at
from bot.forms.checks.order import used_by
from bot.forms.draft import Draft, Item
from bot.forms.nearest import nearest
from bot.forms.question_types.reading import plain_digits
from bot.forms.rules import names
from bot.i18n import Text, _

_SEED = re.compile(r"-?\d{1,9}")


def check(draft: Draft) -> Iterator[Fault]:
    grids = {item.name for item in draft.items if item.is_grid}
    for item in draft.questions():
        if item.has_choices:
            yield from _choices(draft, item, grids)
    yield from _groups(draft)


def _at(draft: Draft, item: Item, field: str, code: str, sentence: Text) -> Fault:
    return at(draft.survey, item.row, field, code, sentence)


def _choices(draft: Draft, item: Item, grids: set[str]) -> Iterator[Fault]:
    parameters = parameters_of(item.row)
    said, seed = parameters.get("randomize", ""), parameters.get("seed", "")
    if said not in ("", "true", "false"):
        sentence = _("randomize is true or false, not {value}.", value=said)
        yield _at(draft, item, "parameters", "bad_randomize", sentence)
    if seed and not _SEED.fullmatch(seed):
        sentence = _(
            "The seed {value} is no whole number. Without a seed each answer has an order of its "
            "own, which stays.",
            value=seed,
        )
        yield _at(draft, item, "parameters", "bad_seed", sentence)
    if said == "true" and _is_scale(draft, item, grids):
        sentence = _("The steps of a scale stay in their order. Remove randomize.")
        yield _at(draft, item, "parameters", "shuffled_scale", sentence)


def _is_scale(draft: Draft, item: Item, grids: set[str]) -> bool:
    """Ratings: in a row, in a grid, or with numbers for codes."""
    codes = [row.cell("name") for row in draft.lists.get(item.type.list_name, ())]
    numbered = bool(codes) and all(plain_digits(code).isdecimal() for code in codes)
    in_grid = bool(item.groups) and item.groups[-1] in grids
    return "likert" in item.row.cell("appearance") or in_grid or numbered


def _groups(draft: Draft) -> Iterator[Fault]:
    known = [item.name for item in draft.items if item.is_group]
    for name in names(draft.setting.cell("shuffle_questions")):
        if name in known:
            yield from _members(draft, name)
            continue
        near = nearest(name, known, 0.6)
        sentence = (
            _("There is no group {name}. Did you mean {near}?", name=name, near=near)
            if near
            else _("There is no group {name} whose questions could be shuffled.", name=name)
        )
        yield at(draft.settings, draft.setting, "shuffle_questions", "no_such_group", sentence)


def _members(draft: Draft, group: str) -> Iterator[Fault]:
    inside = [item for item in draft.questions() if item.groups[-1:] == (group,)]
    members = {item.name for item in inside}
    for item in inside:
        if item.type.with_other:
            sentence = _("or_other cannot be used in a group that is shuffled. Add a choice.")
            yield _at(draft, item, "type", "other_in_shuffled_group", sentence)
        for field, needed in used_by(draft, item):
            for name in sorted(needed & members - {item.name}):
                sentence = _(
                    "{name} may come later, since the questions of {group} are shuffled. Move one "
                    "of the two out of the group.",
                    name=name,
                    group=group,
                )
                yield _at(draft, item, field, "shuffled_dependency", sentence)
