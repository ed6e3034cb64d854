"""The command menu: by role, in the reader's language, within what Telegram takes."""

from __future__ import annotations

import re

import pytest

from bot import app
from bot.i18n import LANGUAGES, _
from bot.models.people import Role
from bot.people.access import allows
from bot.people.access_table import Action
from handlers.common import menu, routes, waiting

app.register_speaking()


def _names(*roles: Role, language: str = "en") -> list[str]:
    return [name for name, _line in menu.command_menu(roles, language)]


def test_command_menu__stranger__knows_only_how_to_begin() -> None:
    assert _names(Role.STRANGER) == ["verify", "language", "cancel", "help", "start"]


def test_command_menu__officer__begins_with_tasks() -> None:
    names = _names(Role.OFFICER)
    assert names[:3] == ["tasks", "menu", "ask"]
    assert names[-4:] == ["language", "cancel", "help", "start"]


@pytest.mark.parametrize("role", list(Role))
def test_command_menu__any_role__holds_no_command_the_role_may_not_use(role: Role) -> None:
    for name in _names(role):
        route = routes.find(routes.RouteKind.COMMAND, name)
        assert route is not None
        assert route.action is None or allows([role], route.action)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_command_menu__every_line__is_one_that_telegram_takes(language: str) -> None:
    lines = menu.command_menu(list(Role), language)
    assert len({name for name, _line in lines}) == len(lines) <= 100
    for name, line in lines:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(line) <= 256


def test_menu_entries__whoever_sees_a_button__may_press_it() -> None:
    for entry in menu.ENTRIES.values():
        route = routes.find(routes.RouteKind.PRESS, entry.action.partition(":")[0])
        assert route is not None, entry.name
        seen_by = [role for role in Role if allows([role], entry.needs)]
        assert seen_by, entry.name
        for role in seen_by:
            assert route.action is None or allows([role], route.action), (entry.name, role)


def test_registries__a_second_entry_of_a_name__is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        menu.menu_entry("ask", _("Ask the training unit"), "ask", Action.ASK_UNIT, 80)
    with pytest.raises(ValueError, match="twice"):
        waiting.waiting_counter("links", Action.CONFIRM_LINK, 30)(lambda _ctx: None)
