"""The guides as the tests read them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`|^ {4,}(\S.*)$", re.MULTILINE)


def name_of(page: Path) -> str:
    """The page as a failing test names it."""
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """Where the links and pictures of a page lead, those into the web left out."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return [target for target in found if "://" not in target]


def code(page: Path) -> list[str]:
    """What stands in backticks, and the lines of code blocks."""
    return [inline or line for inline, line in CODE.findall(page.read_text(encoding="utf-8"))]


def anchors(page: Path) -> set[str]:
    """What a link into a page can point at: its headings as GitHub turns them into anchors."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
