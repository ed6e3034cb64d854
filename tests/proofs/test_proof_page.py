"""Which lines of docs/proof.md count: those for the same code, a clean tree and this seed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts import proof_page
from scripts.proof_page import Line, Tree

SEED = 7


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one commit of code."""
    _git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "docs").mkdir()
    _commit(tmp_path, "code.py", "first")
    return tmp_path


def test_line__kept_and_read__is_the_same(tmp_path: Path) -> None:
    page = tmp_path / "proof.md"
    lines = [Line("b", "9 of 9", "abc1234", True, 7), Line("a", "1 lost", "abc1234", False, 8)]
    for line in (*lines, Line("b", "10 of 10", "abc1234", True, 7)):
        proof_page.keep(page, line)
    found = proof_page.read(page)
    assert found == {"a": lines[1], "b": Line("b", "10 of 10", "abc1234", True, 7)}
    assert page.read_text("utf-8").count("| b |") == 1


def test_line__written_again__leaves_the_words_around_the_table(tmp_path: Path) -> None:
    page = tmp_path / "proof.md"
    proof_page.keep(page, Line("a", "old", "abc1234", True, 7))
    page.write_text(page.read_text("utf-8") + "\nHow it is done.\n", "utf-8")
    proof_page.keep(page, Line("a", "new", "abc1234", True, 7))
    text = page.read_text("utf-8")
    assert text.startswith(proof_page.HEAD)
    assert text.endswith("| a | new | abc1234 | clean | 7 |\n\nHow it is done.\n")


def test_line__only_documents_changed_since__counts(project: Path) -> None:
    line = _line(project)
    _commit(project, "docs/page.md", "more")
    assert Tree.of(project).counts(line, SEED)


def test_line__its_own_page_is_changed__counts(project: Path) -> None:
    line = _line(project)
    proof_page.keep(project / "docs" / "proof.md", line)
    assert Tree.of(project).counts(line, SEED)


@pytest.mark.parametrize("path", ["code.py", "docs.py"])
def test_line__code_changed_since__does_not_count(project: Path, path: str) -> None:
    line = _line(project)
    _commit(project, path, "second")
    assert not Tree.of(project).counts(line, SEED)


def test_line__tree_is_not_clean__does_not_count(project: Path) -> None:
    line = _line(project)
    (project / "code.py").write_text("changed", "utf-8")
    assert not Tree.of(project).counts(line, SEED)


def test_line__another_seed_or_an_unclean_tree_then__does_not_count(project: Path) -> None:
    tree = Tree.of(project)
    assert not tree.counts(_line(project), SEED + 1)
    assert not tree.counts(Line("a", "", tree.commit, False, SEED), SEED)


def test_line__commit_is_not_there__does_not_count(project: Path) -> None:
    assert not Tree.of(project).counts(Line("a", "", "0" * 7, True, SEED), SEED)


def _line(project: Path) -> Line:
    return Line("a", "all held", Tree.of(project).commit, True, SEED)


def _commit(project: Path, path: str, content: str) -> None:
    (project / path).write_text(content, "utf-8")
    _git(project, "add", path)
    _git(project, "commit", "-q", "-m", content)


def _git(project: Path, *arguments: str) -> None:
    author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", *author, *arguments], cwd=project, check=True)
