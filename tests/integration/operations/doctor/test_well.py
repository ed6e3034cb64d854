"""A well installation passes every check, and every check has been seen to find its mistake."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

import pytest

from bot.operations import doctor
from bot.operations.checks import registry
from bot.operations.checks.registry import CHECKS, Finding, Verdict
from bot.operations.doctor import Line
from tests.integration.operations.doctor.clinic import OK, UNKNOWN, WARNING, WRONG, Clinic


def mistakes_made() -> set[str]:
    """The checks whose sentence a test of this folder has waited for."""
    calls = [
        node
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "says"
        and isinstance(call.args[0], ast.Constant)
        and ast.unparse(call.args[1]) in {"WARNING", "WRONG"}
    }


async def test_checks__of_a_well_installation__are_fine(clinic: Clinic) -> None:
    lines = await asyncio.to_thread(lambda: list(doctor.examine(clinic.patient())))
    assert [str(line) for line in lines if line.finding != registry.FINE] == []
    assert [line.check for line in lines] == list(CHECKS)


def test_checks__each_with_a_test_that_makes_its_mistake() -> None:
    assert set(CHECKS) - mistakes_made() == set()


def test_checks__more_than_the_twenty_commonest_mistakes() -> None:
    assert len(CHECKS) >= 20


def test_check__registered_twice__is_refused() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        registry.check("disk")(lambda _patient: registry.FINE)


async def test_check__that_has_a_bug__hurts_no_other(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHECKS, "disk", lambda _patient: 1 / 0)
    await clinic.says("disk", UNKNOWN, "The check itself failed")
    await clinic.is_fine("database")


def test_lines__only_what_is_wrong__makes_it_unwell() -> None:
    well = [Line("disk", Finding(verdict)) for verdict in (OK, WARNING, UNKNOWN)]
    assert doctor.is_well(well)
    assert not doctor.is_well([*well, Line("clock", Finding(WRONG))])


@pytest.mark.parametrize("verdict", Verdict)
def test_line__says_verdict_check_and_sentence(verdict: Verdict) -> None:
    line = str(Line("disk", Finding(verdict, "It is full.")))
    assert line.split(maxsplit=1)[0] == verdict.split()[0]
    assert line.endswith("disk: It is full.")
