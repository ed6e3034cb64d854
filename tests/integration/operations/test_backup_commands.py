"""The operator's commands about backups: sentences and exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import cli
from bot.errors import Refusal
from bot.i18n import render


class Machine:
    """A folder in which an operator types."""

    def __init__(
        self, set_env: pytest.MonkeyPatch, heard: pytest.CaptureFixture[str], recipient: str
    ) -> None:
        self._set_env, self._heard = set_env, heard
        self._recipient = recipient

    def types(
        self, *words: str, database: str = "rollcall.db", **settings: str
    ) -> tuple[int, str]:
        """Exit code and what was said."""
        given = {"database_url": f"sqlite:///{database}", "backup_recipient": self._recipient}
        with self._set_env.context() as env:
            for name, value in (given | settings).items():
                env.setenv(f"ROLLCALL_{name.upper()}", value)
            code, refused = _outcome(list(words))
        return code, " ".join((self._heard.readouterr().out + refused).split())


def _outcome(words: list[str]) -> tuple[int, str]:
    try:
        cli.app(words, standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0), ""
    except Refusal as refusal:
        return 1, render(refusal.sentence, "en")
    return 0, ""


@pytest.fixture
def machine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    recipient: str,
) -> Machine:
    monkeypatch.chdir(tmp_path)
    return Machine(monkeypatch, capsys, recipient)


def test_backup_to_release__as_the_page_says(machine: Machine, key_file: Path) -> None:
    code, said = machine.types("backup", "b.age")
    assert (code, "sealed" in said) == (0, True)
    code, said = machine.types("restore", "b.age", database="new.db")
    assert (code, "--key FILE" in said) == (1, True)
    code, said = machine.types("restore", "b.age", "--key", str(key_file), database="new.db")
    assert (code, "is held" in said) == (0, True)
    code, said = machine.types("run", database="new.db", token="1:a")
    assert (code, "write: rollcall release" in said) == (1, True)
    code, said = machine.types("release", database="new.db")
    assert (code, "rollcall release --yes" in said) == (2, True)
    code, said = machine.types("release", "--yes", database="new.db")
    assert (code, "Released" in said) == (0, True)
    code, said = machine.types("release", database="new.db")
    assert (code, said) == (0, "This database is not held.")
    code, said = machine.types("restore", "b.age", "--key", str(key_file), database="new.db")
    assert (code, "not empty" in said) == (1, True)


def test_backup__without_a_recipient__says_why_and_how(machine: Machine) -> None:
    code, said = machine.types("backup", "b.age", backup_recipient="")
    assert (code, "docs/backup.md" in said) == (1, True)
    code, said = machine.types("backup", "b", "--plain", backup_recipient="")
    assert (code, "NOT sealed" in said) == (0, True)


def test_recipient__that_is_no_key__is_said_before_anything_starts(machine: Machine) -> None:
    code, said = machine.types("run", token="1:a", backup_recipient="age1x")
    assert (code, "is no public key" in said) == (1, True)


def test_erase__of_nobody__is_refused(machine: Machine) -> None:
    code, said = machine.types("erase", "4711")
    assert (code, "Nobody has the staff number 4711" in said) == (1, True)
