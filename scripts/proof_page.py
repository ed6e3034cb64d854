"""docs/proof.md: a line for each part, and for which code it counts."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

CLEAN, CHANGED = "clean", "changed"
COLUMNS = 5
RULE = "| --- | --- | --- | --- | --- |"
HEAD = f"""# Proofs

| part | figures | commit | tree | seed |
{RULE}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What one part found, for which commit, and with which seed."""

    part: str
    figures: str
    commit: str
    is_clean: bool
    seed: int

    def __str__(self) -> str:
        tree = CLEAN if self.is_clean else CHANGED
        cells = (self.part, self.figures.replace("|", "/"), self.commit, tree, str(self.seed))
        return f"| {' | '.join(cells)} |"

    @classmethod
    def read(cls, written: str) -> Line | None:
        """The line as it was written; None for a row of another kind."""
        cells = [cell.strip() for cell in written.strip().strip("|").split("|")]
        if len(cells) != COLUMNS or not cells[-1].isdecimal():
            return None
        part, figures, commit, tree, seed = cells
        return cls(part, figures, commit, tree == CLEAN, int(seed))


@dataclass(frozen=True, slots=True)
class Tree:
    """The code as it stands: `code` is the same for commits that differ only under docs/."""

    root: Path
    commit: str
    code: str
    is_clean: bool

    @classmethod
    def of(cls, root: Path) -> Tree:
        """The work tree at `root`; the page itself does not make it unclean."""
        commit = _git(root, "rev-parse", "--short", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", ".", ":!docs/proof.md")
        return cls(root, commit, _code(root, "HEAD"), not changed)

    def counts(self, line: Line, seed: int) -> bool:
        """Whether what a line says holds for this code and seed, too."""
        if not (self.is_clean and line.is_clean and line.seed == seed):
            return False
        try:
            return _code(self.root, line.commit) == self.code
        except subprocess.CalledProcessError:
            return False  # a commit that this repository does not have


def read(page: Path) -> dict[str, Line]:
    """The lines of the page, by part."""
    rows = page.read_text("utf-8").splitlines() if page.exists() else []
    lines = [line for line in map(Line.read, rows) if line is not None]
    return {line.part: line for line in lines}


def keep(page: Path, line: Line) -> None:
    """Write a part's line, in place of an earlier one; what else the page says stays."""
    text = page.read_text("utf-8") if page.exists() else HEAD
    lines = {**read(page), line.part: line}
    other = [row for row in text.splitlines() if Line.read(row) is None]
    after = other.index(RULE) + 1
    rows = [str(lines[part]) for part in sorted(lines)]
    page.write_text("\n".join([*other[:after], *rows, *other[after:]]) + "\n", "utf-8")


def _code(root: Path, commit: str) -> str:
    listed = _git(root, "ls-tree", "-r", "--full-tree", commit).splitlines()
    counted = [entry for entry in listed if not entry.partition("\t")[2].startswith("docs/")]
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()[:12]


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
