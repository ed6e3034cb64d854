"""A roster that is taken or taken back: accounts follow in the same transaction."""

from __future__ import annotations

from bot.imports import hooks
from bot.imports.hooks import Applied
from bot.people import after_import, leavers
from bot.people.directory import card
from tests.integration.people.conftest import House


def _tell(house: House, *, undone: bool = False, **ids: tuple[int, ...]) -> None:
    hooks.tell(house.ctx, Applied(1, "people", {}, undone=undone, **ids))


def _is_linked(house: House, key: str) -> bool:
    house.ctx.session.flush()
    return card(house.ctx.session, house.ids[key]).linked


def test_taken__leavers__lose_access_at_once(house: House) -> None:
    _tell(house, left=(house.ids["sokha"],))
    assert not _is_linked(house, "sokha")
    assert _is_linked(house, "unit")


def test_taken_back__leavers__have_their_accounts_again(house: House) -> None:
    _tell(house, left=(house.ids["sokha"],))
    _tell(house, undone=True, left=(house.ids["sokha"],))
    assert _is_linked(house, "sokha")


def test_taken_back__who_had_returned__leaves_again(house: House) -> None:
    _tell(house, undone=True, returned=(house.ids["sokha"],))
    assert not _is_linked(house, "sokha")


def test_taken__movers__reach_those_who_registered(house: House) -> None:
    seen: list[int] = []
    leavers.MOVING["test"] = lambda _ctx, ids: seen.extend(ids)
    try:
        _tell(house, moved=(house.ids["dara"],))
    finally:
        del leavers.MOVING["test"]
    assert seen == [house.ids["dara"]]


def test_follow__of_another_kind__is_not_asked() -> None:
    listening = [kind for kind, follow in hooks.HOOKS.items() if after_import.follow in follow]
    assert listening == ["people"]
