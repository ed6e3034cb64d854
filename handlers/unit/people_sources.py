"""Live choices about people and offices for forms: `rollcall:people.csv`, `rollcall:units.csv`.

Codes stay readable, since answers are kept as codes: staff numbers and names of offices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.forms.service import source
from bot.i18n import Words, _
from bot.people import access, directory
from bot.people.access_table import Action

Choices = list[tuple[str, Words]]


@source("people")
def people(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Choices:
    """Active people whom the actor may see, by any spelling of their name, once one is typed."""
    if not typed.strip():
        return []
    action = Action.EDIT_PEOPLE if access.may(ctx, Action.EDIT_PEOPLE) else Action.SEE_TEAM
    found = directory.find(ctx, typed, action)
    return [(card.staff_no, _("{name}, {unit}", name=card.name, unit=card.unit)) for card in found]


@source("units")
def units(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Choices:
    """Offices within the actor's reach."""
    found = directory.find_offices(ctx, typed, Action.EDIT_PEOPLE)
    return [(directory.office_code(ctx.session, card.id), card.path) for card in found]


@source("genders")
def genders(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Choices:
    """The genders of the roster that begin as typed, else what was typed: the list is open."""
    words = " ".join(typed.split())[: directory.LONGEST_CODE // 4]
    known = [
        one
        for one in directory.genders(ctx.session)
        if one.casefold().startswith(words.casefold())
    ]
    return [(one, one) for one in known or [words] if one]
